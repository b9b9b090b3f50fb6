package io.tasktrail.formats;

import io.tasktrail.event.Action;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import java.util.List;

/// Elastic Common Schema 9.4, and `tasktrail.*` for what it has no fields for. One JSON object.
///
/// Bytes of names, paths and arguments that are not UTF-8 are written as text, `\xNN`; the fields
/// in which that happened are listed in `tasktrail.non_utf8`, so that no other field can pretend
/// it.
final class EcsFormat implements Format {

  private static final String VERSION = "9.4.0";

  @Override
  public String name() {
    return "ecs";
  }

  @Override
  public byte[] format(AuditEvent audit) {
    JsonLine json = new JsonLine();
    json.object(() -> document(json, audit));
    return json.toBytes();
  }

  private static void document(JsonLine json, AuditEvent audit) {
    TaskEvent event = audit.event();
    Header header = event.header();
    WallTime time = WallTime.of(header);
    json.text("@timestamp", time.show(header.bootNanos()));
    json.object("ecs", () -> json.text("version", VERSION));
    json.object("event", () -> event(json, audit));
    json.object("host", () -> host(json, event));
    json.object("agent", () -> agent(json, event));
    if (event.fact() instanceof Fact.OfTask fact) {
      new EcsProcess(json, header, audit.task(), time).write(fact);
    }
    if (event.fact() instanceof Fact.EventsLost lost) {
      json.object("error", () -> json.text("message", message(lost)));
    }
    json.object("tasktrail", () -> new EcsTasktrail(json, time).write(audit));
  }

  private static void event(JsonLine json, AuditEvent audit) {
    TaskEvent event = audit.event();
    EcsClass ecsClass = EcsClass.of(event.fact());
    json.text("id", audit.id().toString());
    json.text("kind", ecsClass.kind());
    json.texts("category", ecsClass.category());
    json.texts("type", List.of(ecsClass.type()));
    json.text("action", Action.of(event.fact()));
    json.text("module", "tasktrail");
    json.text("dataset", "tasktrail.audit");
    json.text("provider", event.header().cpu() == Header.AGENT_CPU ? "tasktrail" : "kernel");
    json.number("sequence", event.header().sequence());
    switch (event.fact()) {
      case Fact.Exited exited ->
          json.number("duration", event.header().bootNanos() - exited.actor().task().startNanos());
      case Fact.AgentStopping stopping -> json.text("reason", stopping.reason());
      default -> {}
    }
  }

  private static void host(JsonLine json, TaskEvent event) {
    Header header = event.header();
    json.text("id", header.host().toString());
    json.text("name", header.hostName());
    json.text("hostname", header.hostName());
    json.object("boot", () -> json.text("id", header.boot().toString()));
    json.object("os", () -> json.text("type", "linux"));
    if (event.fact() instanceof Fact.Executed executed) {
      json.text("pid_ns_ino", Long.toString(executed.place().namespaces().pid()));
    }
  }

  private static void agent(JsonLine json, TaskEvent event) {
    json.text("type", "tasktrail");
    json.text("id", event.header().host().toString());
    json.text("ephemeral_id", event.header().capture().toString());
    if (event.fact() instanceof Fact.AgentStarted started) {
      json.text("version", started.version());
    }
  }

  private static String message(Fact.EventsLost lost) {
    return lost.count()
        + " events of cpu "
        + lost.cpu()
        + " were lost, numbers "
        + lost.first()
        + " to "
        + lost.last()
        + ": "
        + lost.cause();
  }
}
