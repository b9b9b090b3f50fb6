package io.tasktrail.formats;

import io.tasktrail.event.Fact;
import io.tasktrail.event.LoadedModule;
import java.util.Optional;

/// `tasktrail.module.*`.
record EcsModule(JsonLine json, WallTime time, EcsTask task) {

  void loaded(Fact.ModuleLoaded fact) {
    json.text("name", fact.name());
    json.number("taints", fact.taints());
  }

  void seen(Fact.ModuleSeen fact) {
    json.text("name", fact.name());
    json.number("taints", fact.taints());
  }

  void failed(Fact.ModuleLoadFailed fact) {
    json.text("name", fact.name());
    json.number("errno", fact.errno());
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
