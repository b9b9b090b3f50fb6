package io.tasktrail.sink;

import io.tasktrail.formats.Format;
import io.tasktrail.formats.Formats;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.bulk.BulkSettings;
import io.tasktrail.sink.console.ConsoleDestination;
import io.tasktrail.sink.file.FileDestination;
import io.tasktrail.sink.file.FileSettings;
import io.tasktrail.sink.kafka.KafkaDestination;
import io.tasktrail.sink.kafka.KafkaSettings;
import io.tasktrail.sink.splunk.HecSettings;
import io.tasktrail.sink.syslog.SyslogDestination;
import io.tasktrail.sink.syslog.SyslogSettings;
import java.util.List;

/// All destinations by the names that users give them.
public final class Destinations {

  /// Formats whose lines are JSON objects.
  private static final List<String> JSON = List.of("ecs", "ecs-ancestry", "ocsf");

  /// Those with one writer: a file is locked, a transactional id is of one producer.
  private static final List<String> EXCLUSIVE = List.of("file", "kafka", "console");

  private Destinations() {}

  static List<String> names() {
    return List.of("file", "bulk", "splunk", "syslog", "kafka", "console");
  }

  /// Whether several tasks may deliver there side by side with the same settings.
  public static boolean isShared(String name) {
    return !EXCLUSIVE.contains(name);
  }

  /// The destination that the settings name, untouched before [Destination#resume].
  ///
  /// @throws Failure if the settings contradict each other
  public static Destination of(Settings settings) {
    Format format = Formats.named(settings.get(SinkSettings.FORMAT)).orElseThrow();
    return switch (settings.get(SinkSettings.DESTINATION)) {
      case "file" -> new FileDestination(FileSettings.plan(settings), format);
      case "bulk" -> BulkSettings.destination(settings, json(format));
      case "syslog" -> new SyslogDestination(SyslogSettings.plan(settings), format);
      case "splunk" -> HecSettings.destination(settings);
      case "kafka" -> new KafkaDestination(KafkaSettings.plan(settings), format);
      case "console" -> new ConsoleDestination(System.out, format);
      default -> throw new IllegalStateException("a name without a destination");
    };
  }

  private static Format json(Format format) {
    if (!JSON.contains(format.name())) {
      throw new Failure(
          "documents of a store are JSON, and " + format.name() + " is not",
          SinkSettings.FORMAT.key(),
          "set it to one of " + String.join(", ", JSON));
    }
    return format;
  }
}
