package io.tasktrail.formats.facts;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import java.util.Optional;

/// The keys under which audit rules file what tells of modules, such as `-k mod-load`: searches
/// written for them go on to find it.
public final class AuditKey {

  private AuditKey() {}

  /// The key of what a fact tells; empty where it has none.
  public static Optional<String> of(Fact.OfTask fact) {
    return switch (fact) {
      case Fact.ModuleLoaded _, Fact.ModuleLoadFailed _ -> Optional.of("mod-load");
      case Fact.ModuleUnloaded _ -> Optional.of("mod-unload");
      case Fact.AuditRecord record -> record.keys().stream().findFirst().map(ByteText::toString);
      case Fact.ModuleRequested _,
          Fact.Forked _,
          Fact.Executed _,
          Fact.ExecFailed _,
          Fact.Exited _,
          Fact.Signalled _,
          Fact.TaskSeen _ ->
          Optional.empty();
    };
  }
}
