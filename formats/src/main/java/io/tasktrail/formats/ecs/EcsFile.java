package io.tasktrail.formats.ecs;

import io.tasktrail.event.Fact;
import io.tasktrail.event.ModuleOrigin;
import io.tasktrail.formats.json.JsonLine;
import java.util.HexFormat;

/// `file.*`: the file that a module was to be loaded from.
final class EcsFile {

  private EcsFile() {}

  static void write(JsonLine json, Fact fact) {
    switch (fact) {
      case Fact.ModuleLoaded loaded -> file(json, loaded.origin());
      case Fact.ModuleLoadFailed failed -> file(json, failed.origin());
      default -> {}
    }
  }

  private static void file(JsonLine json, ModuleOrigin origin) {
    if (!origin.path().isEmpty()) {
      json.object("file", () -> known(json, origin));
    }
  }

  private static void known(JsonLine json, ModuleOrigin origin) {
    json.text("path", origin.path());
    json.text("inode", Long.toUnsignedString(origin.inode()));
    if (!origin.sha256().isEmpty()) {
      json.object(
          "hash", () -> json.text("sha256", HexFormat.of().formatHex(origin.sha256().toBytes())));
    }
  }
}
