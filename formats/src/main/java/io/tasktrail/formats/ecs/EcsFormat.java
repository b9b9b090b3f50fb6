package io.tasktrail.formats.ecs;

import io.tasktrail.event.Action;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.Notice;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.formats.json.JsonLine;
import java.util.List;
import java.util.Locale;

/// Elastic Common Schema 9.4, and `tasktrail.*` for what it has no fields for. One JSON object.
///
/// Bytes of names, paths and arguments that are not UTF-8 are written as text, `\xNN`; the fields
/// in which that happened are listed in `tasktrail.non_utf8`, so that no other field can pretend
/// it.
///
/// @param ancestry whether `process.Ext.ancestry` is written, which is no field of ECS: Elastic's
///     own agent writes it, and Kibana's analyzer walks along it
public record EcsFormat(boolean ancestry) {

  private static final String VERSION = "9.4.0";

  /// The event as one document, on one line.
  public byte[] format(AuditEvent audit) {
    JsonLine json = new JsonLine();
    json.object(() -> document(json, audit));
    return json.toBytes();
  }

  private void document(JsonLine json, AuditEvent audit) {
    TaskEvent event = audit.event();
    Header header = event.header();
    WallTime time = WallTime.of(header);
    json.text("@timestamp", time.show(header.bootNanos()));
    json.object("ecs", () -> json.text("version", VERSION));
    json.object("event", () -> event(json, audit));
    json.object("host", () -> host(json, audit));
    json.object("agent", () -> agent(json, audit));
    EcsProcess process = EcsProcess.of(json, audit, time, ancestry);
    if (audit.notice().isPresent()) {
      process.writeNotice();
    } else if (event.fact() instanceof Fact.OfTask fact) {
      process.write(fact);
    }
    if (audit.notice().isEmpty()) {
      EcsContainer.write(json, event.fact());
      EcsFile.write(json, event.fact());
      EcsError.write(json, event.fact());
    }
    json.object("tasktrail", () -> EcsTasktrail.of(json, header, time).write(audit));
  }

  private static void event(JsonLine json, AuditEvent audit) {
    EcsClass ecsClass = EcsClass.of(audit);
    json.text("id", audit.id().toString());
    json.text("kind", ecsClass.kind());
    json.texts("category", ecsClass.category());
    json.texts("type", List.of(ecsClass.type()));
    json.text("action", Action.of(audit));
    json.text("module", "tasktrail");
    json.text("dataset", "tasktrail.audit");
    audit.notice().ifPresentOrElse(notice -> told(json, notice), () -> captured(json, audit));
  }

  private static void told(JsonLine json, Notice notice) {
    json.text("provider", "tasktrail");
    json.text(
        "reason",
        switch (notice.kind()) {
          case HISTORY_CORRECTED -> "a fact came late and corrected the history of the task";
          case TASK_VANISHED -> "the task was known and a snapshot did not find it";
          case BOOT_ENDED -> "the host was booted anew: all tasks of the earlier boot are over";
          case HOST_ID_SHARED -> "two boots live at the same time: a machine id was cloned";
        });
  }

  private static void captured(JsonLine json, AuditEvent audit) {
    Header header = audit.event().header();
    json.text("provider", provider(header));
    json.number("sequence", header.sequence());
    switch (audit.event().fact()) {
      case Fact.Exited exited ->
          json.number("duration", header.bootNanos() - exited.actor().task().startNanos());
      case Fact.AgentStopping stopping -> json.text("reason", stopping.reason());
      case Fact.ExecFailed _, Fact.ModuleLoadFailed _ -> json.text("outcome", "failure");
      case Fact.AuditRecord record when record.outcome() != Fact.AuditOutcome.UNKNOWN ->
          json.text("outcome", record.outcome().name().toLowerCase(Locale.ROOT));
      default -> {}
    }
  }

  private static String provider(Header header) {
    return switch (header.cpu()) {
      case Header.AGENT_CPU -> "tasktrail";
      case Header.AUDIT_CPU -> "audit";
      default -> "kernel";
    };
  }

  private static void host(JsonLine json, AuditEvent audit) {
    Header header = audit.event().header();
    json.text("id", header.host().toString());
    json.text("name", header.hostName());
    json.text("hostname", header.hostName());
    json.object("boot", () -> json.text("id", header.boot().toString()));
    json.object("os", () -> json.text("type", "linux"));
    if (audit.notice().isEmpty() && audit.event().fact() instanceof Fact.Executed executed) {
      json.text("pid_ns_ino", Long.toString(executed.place().namespaces().pid()));
    }
  }

  private static void agent(JsonLine json, AuditEvent audit) {
    Header header = audit.event().header();
    json.text("type", "tasktrail");
    json.text("id", header.host().toString());
    json.text("ephemeral_id", header.capture().toString());
    if (audit.notice().isEmpty() && audit.event().fact() instanceof Fact.AgentStarted started) {
      json.text("version", started.version());
    }
  }
}
