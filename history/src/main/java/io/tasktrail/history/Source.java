package io.tasktrail.history;

import io.tasktrail.event.CaptureId;

/// What numbers events: a cpu, or pseudo-cpu, of a capture.
public record Source(CaptureId capture, int cpu) {}
