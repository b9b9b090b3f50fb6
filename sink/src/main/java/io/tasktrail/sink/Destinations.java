package io.tasktrail.sink;

import io.tasktrail.formats.Format;
import io.tasktrail.formats.Formats;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.console.ConsoleDestination;
import io.tasktrail.sink.file.FileDestination;
import java.util.List;

/// All destinations by the names that users give them.
final class Destinations {

  private Destinations() {}

  static List<String> names() {
    return List.of("file", "console");
  }

  static Destination of(Settings settings) {
    Format format = Formats.named(settings.get(SinkSettings.FORMAT)).orElseThrow();
    return switch (settings.get(SinkSettings.DESTINATION)) {
      case "file" -> new FileDestination(settings.get(SinkSettings.FILE), format);
      case "console" -> new ConsoleDestination(System.out, format);
      default -> throw new IllegalStateException("a name without a destination");
    };
  }
}
