package io.tasktrail.history;

import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.LoadedModule;
import java.util.Optional;
import java.util.OptionalLong;

/// What is loaded, by whom, since when: a load is remembered until its unload.
final class Modules {

  private final FoldLimits limits;

  Modules(FoldLimits limits) {
    this.limits = limits;
  }

  void loaded(Scene scene, Fact.ModuleLoaded fact, AuditedTask loader) {
    Header header = scene.header();
    keep(
        scene.state(),
        new LoadedModule(
            header.host(),
            header.boot(),
            fact.name(),
            fact.taints(),
            OptionalLong.of(header.bootNanos()),
            Optional.of(loader)));
  }

  /// What was loaded under this name.
  Optional<LoadedModule> unloaded(BootState state, ByteText name) {
    Optional<LoadedModule> module = state.module(name);
    module.ifPresent(_ -> state.forgetModule(name));
    return module;
  }

  /// A snapshot found it; whoever loaded it may be known.
  void seen(BootState state, Header header, Fact.ModuleSeen fact) {
    if (state.module(fact.name()).isEmpty()) {
      keep(
          state,
          new LoadedModule(
              header.host(),
              header.boot(),
              fact.name(),
              fact.taints(),
              OptionalLong.empty(),
              Optional.empty()));
    }
  }

  private void keep(BootState state, LoadedModule module) {
    if (state.module(module.name()).isEmpty() && state.modules() >= limits.get(Bound.MODULES)) {
      state.put(state.ledger().bitten(Bound.MODULES));
      return;
    }
    state.put(module);
  }
}
