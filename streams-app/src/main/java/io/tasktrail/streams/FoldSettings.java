package io.tasktrail.streams;

import static java.util.stream.Collectors.toMap;

import io.tasktrail.history.Bound;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.role.Parser;
import io.tasktrail.role.Setting;
import io.tasktrail.role.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// A setting for each [Bound] of the fold, such as `fold.ended.tasks`.
final class FoldSettings {

  /// How all of their keys begin.
  static final String PREFIX = "fold.";

  private static final Duration LONGEST = Duration.ofDays(365);
  private static final int MOST = Integer.MAX_VALUE;
  private static final String COUNTED = " It is counted.";

  private static final Map<Bound, Setting<?>> SETTINGS =
      Arrays.stream(Bound.values())
          .collect(
              toMap(
                  Function.identity(),
                  FoldSettings::setting,
                  (one, _) -> one,
                  () -> new EnumMap<>(Bound.class)));

  private FoldSettings() {}

  static Collection<Setting<?>> all() {
    return SETTINGS.values();
  }

  static FoldLimits limits(Settings settings) {
    FoldLimits limits = FoldLimits.DEFAULT;
    for (Map.Entry<Bound, Setting<?>> bound : SETTINGS.entrySet()) {
      limits = limits.with(bound.getKey(), value(settings.get(bound.getValue())));
    }
    return limits;
  }

  private static long value(Object given) {
    return given instanceof Duration duration ? duration.toNanos() : ((Number) given).longValue();
  }

  private static Setting<?> setting(Bound bound) {
    String key = PREFIX + bound.name().toLowerCase(Locale.ROOT).replace('_', '.');
    return switch (bound.unit()) {
      case NANOS ->
          Setting.of(
              key,
              Duration.ofNanos(bound.preset()).toSeconds() + "s",
              bound.meaning(),
              bound.consequence(),
              Parser.duration(Duration.ofNanos(bound.least()), LONGEST));
      case BYTES ->
          Setting.of(
              key,
              Long.toString(bound.preset()),
              bound.meaning(),
              bound.consequence(),
              Parser.bytes(bound.least(), MOST));
      case COUNT ->
          Setting.of(
              key,
              Long.toString(bound.preset()),
              bound.meaning(),
              bound.consequence() + COUNTED,
              Parser.integer(Math.toIntExact(bound.least()), MOST));
    };
  }
}
