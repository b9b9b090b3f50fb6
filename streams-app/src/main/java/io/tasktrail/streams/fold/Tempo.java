package io.tasktrail.streams.fold;

import java.time.Duration;

/// When things are done that no event brings about.
///
/// @param telling how often the table of tasks is told what changed
/// @param silence after how much time, by the broker's clock, a host of which nothing is heard is
///     forgotten
public record Tempo(Duration telling, Duration silence) {}
