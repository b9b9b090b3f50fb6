package io.tasktrail.formats.ecs;

import io.tasktrail.event.Fact;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.ModuleOrigin;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.formats.json.JsonLine;
import java.util.Locale;
import java.util.Optional;

/// `tasktrail.module.*`.
record EcsModule(JsonLine json, WallTime time, EcsTask task) {

  void loaded(Fact.ModuleLoaded fact) {
    json.text("name", fact.name());
    json.number("taints", fact.taints());
    origin(fact.origin());
  }

  void seen(Fact.ModuleSeen fact) {
    json.text("name", fact.name());
    json.number("taints", fact.taints());
    if (!fact.missingFrom().isEmpty()) {
      json.texts("missing_from", fact.missingFrom().stream().map(EcsModule::word).toList());
    }
  }

  void failed(Fact.ModuleLoadFailed fact) {
    json.textIfAny("name", fact.name());
    json.number("errno", fact.errno());
    origin(fact.origin());
  }

  void requested(Fact.ModuleRequested fact) {
    json.text("requested", fact.name());
  }

  private void origin(ModuleOrigin origin) {
    json.textIfAny("parameters", origin.parameters());
    if (origin.parametersTruncated()) {
      json.bool("parameters_truncated", true);
    }
  }

  private static String word(Fact.ModuleView view) {
    return view.name().toLowerCase(Locale.ROOT);
  }

  /// @param load empty where nobody saw that it was there
  void unloaded(Fact.ModuleUnloaded fact, Optional<LoadedModule> load) {
    json.text("name", fact.name());
    load.ifPresent(this::load);
  }

  private void load(LoadedModule module) {
    json.number("taints", module.taints());
    module.loadedNanos().ifPresent(nanos -> json.text("loaded_at", time.show(nanos)));
    module.loader().ifPresent(by -> json.object("loaded_by", () -> task.beside(by)));
  }
}
