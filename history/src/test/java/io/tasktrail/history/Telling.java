package io.tasktrail.history;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Doubt;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.Notice;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Writes what the fold emits as the lines of a `histories` file.
final class Telling {

  private final Map<UUID, String> names = new HashMap<>();

  Telling(List<TaskEvent> events) {
    events.forEach(event -> names.put(event.header().eventId().uuid(), source(event.header())));
  }

  String of(AuditEvent emitted) {
    return (emitted.revision() == 0 ? "" : "r" + emitted.revision() + " ")
        + emitted.notice().map(this::of).orElseGet(() -> kind(emitted.event().fact()))
        + emitted.task().map(this::of).orElse("")
        + emitted.firstSeenOnHost().filter(first -> !first).map(_ -> " again").orElse("")
        + emitted.module().map(this::of).orElse("")
        + emitted.other().map(task -> " <>" + of(task)).orElse("")
        + emitted.signalOrigin().map(origin -> " by " + origin).orElse("");
  }

  private String of(Notice notice) {
    return notice.kind() + notice.boot().map(boot -> " of " + letter(boot)).orElse("");
  }

  private static char letter(BootId boot) {
    return (char) ('A' + boot.value().getLeastSignificantBits() - 2);
  }

  private String of(LoadedModule module) {
    return " [%s%s]"
        .formatted(
            module.loadedNanos().isPresent()
                ? "since " + seconds(module.loadedNanos().getAsLong())
                : "found",
            module.loader().map(this::of).orElse(""));
  }

  /// What is remembered of the host in the end, boot by boot.
  List<String> of(InMemoryHostState host) {
    return host.boots().known().stream().map(boot -> of(boot.id(), host.boot(boot.id()))).toList();
  }

  private String of(BootId boot, InMemoryBootState state) {
    String tasks =
        state.tasks().stream()
            .map(TaskHistory::key)
            .map(Telling::task)
            .sorted()
            .collect(Collectors.joining(" "));
    Map<Bound, Long> bites = state.ledger().bites().counts();
    return "remembered"
        + (letter(boot) == 'A' ? "" : " of " + letter(boot))
        + ": "
        + tasks
        + (bites.isEmpty() ? "" : " " + bites);
  }

  private String of(AuditedTask task) {
    return " %s%s of %s%s %s %s n=%d missing=%d%s |%s"
        .formatted(
            task(task.id().task()),
            commandLine(task.commandLine()),
            of(task.parent()),
            task.reaper().map(reaper -> " now " + of(reaper)).orElse(""),
            task.origin(),
            task.history().completeness(),
            task.history().execCount(),
            task.history().missingLinks(),
            doubts(task.history()),
            links(task.history()));
  }

  private static String of(AuditedTask.Parent parent) {
    return "%s(%s%s%s)"
        .formatted(
            parent.task().pid(),
            printable(parent.comm()),
            parent.executable().isEmpty() ? "" : " " + printable(parent.executable()),
            commandLine(parent.commandLine()));
  }

  private static String commandLine(ByteText joined) {
    return joined.isEmpty() ? "" : ": " + printable(joined);
  }

  private String doubts(History history) {
    return history.doubts().stream().map(this::doubt).collect(Collectors.joining());
  }

  private String doubt(Doubt doubt) {
    return " %d-%d:%s%s"
        .formatted(
            doubt.first(),
            doubt.last(),
            doubt.reason(),
            doubt.loss().map(id -> ":" + names.get(id)).orElse(""));
  }

  private static String links(History history) {
    StringBuilder text = new StringBuilder();
    int omittedBefore = history.omittedBefore().orElse(-1);
    for (int i = 1; i <= history.links().size(); i++) {
      text.append(i == omittedBefore ? " (" + history.omitted().count() + " left out)" : "");
      text.append(i < history.links().size() ? link(history.links().get(i)) : "");
    }
    return text.toString();
  }

  private static String link(Link link) {
    String mark =
        switch (link.source()) {
          case ROOT -> "^";
          case EXECUTED -> "=";
          case SEEN -> "~";
          case PRESUMED -> "?";
        };
    return " " + link.ordinal() + mark + printable(link.comm());
  }

  /// Bytes that are not printable ASCII as `\xNN`.
  private static String printable(ByteText name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      int octet = name.at(i);
      text.append(octet > ' ' && octet <= '~' ? "" + (char) octet : "\\x%02x".formatted(octet));
    }
    return text.toString();
  }

  private static String task(TaskKey key) {
    return key.pid() + "@" + seconds(key.startNanos());
  }

  private static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
  }

  private static String source(Header header) {
    String cpu =
        switch (header.cpu()) {
          case Header.AGENT_CPU -> "agent";
          case Header.SNAPSHOT_CPU -> "snapshot";
          default -> "cpu" + header.cpu();
        };
    return cpu + "#" + header.sequence();
  }

  private static String kind(Fact fact) {
    return switch (fact) {
      case Fact.Forked _ -> "fork";
      case Fact.Executed _ -> "exec";
      case Fact.Exited _ -> "exit";
      case Fact.TaskSeen _ -> "seen";
      case Fact.ExecFailed _ -> "exec_failed";
      case Fact.Signalled _ -> "signal";
      case Fact.ModuleLoadFailed _ -> "module_load_failed";
      case Fact.ModuleRequested _ -> "module_request";
      case Fact.AuditRecord _ -> "audit_record";
      case Fact.ModuleSeen _ -> "module_seen";
      case Fact.ModuleLoaded _ -> "module_load";
      case Fact.ModuleUnloaded _ -> "module_unload";
      case Fact.SnapshotStarted _ -> "snapshot_started";
      case Fact.SnapshotFinished _ -> "snapshot_finished";
      case Fact.EventsLost _ -> "lost";
      case Fact.AgentStarted _ -> "agent_started";
      case Fact.AgentStopping _ -> "agent_stopping";
      case Fact.Heartbeat _ -> "heartbeat";
      case Fact.Unrecognized _ -> "unrecognized";
    };
  }
}
