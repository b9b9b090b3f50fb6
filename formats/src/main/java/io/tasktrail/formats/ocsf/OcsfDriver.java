package io.tasktrail.formats.ocsf;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.ModuleOrigin;
import io.tasktrail.formats.json.JsonLine;

/// `driver`: a kernel module. OCSF knows it by its file; where none is known, by its name.
final class OcsfDriver {

  private OcsfDriver() {}

  static void write(JsonLine json, Fact fact) {
    json.object(
        "file",
        () -> {
          switch (fact) {
            case Fact.ModuleLoaded loaded -> file(json, loaded.name(), loaded.origin());
            case Fact.ModuleLoadFailed failed -> file(json, failed.name(), failed.origin());
            case Fact.ModuleUnloaded unloaded -> file(json, unloaded.name(), ModuleOrigin.UNKNOWN);
            case Fact.ModuleRequested asked -> file(json, asked.name(), ModuleOrigin.UNKNOWN);
            case Fact.ModuleSeen seen -> file(json, seen.name(), ModuleOrigin.UNKNOWN);
            default -> throw new IllegalStateException("no fact of a module");
          }
        });
  }

  /// It must have a name, also where the kernel tells none of what it refused.
  private static void file(JsonLine json, ByteText name, ModuleOrigin origin) {
    ByteText known = name.isEmpty() ? origin.path().baseName() : name;
    ByteText shown = known.isEmpty() ? ByteText.of("unknown") : known;
    OcsfTask.file(json, origin.path(), shown, origin.sha256());
  }
}
