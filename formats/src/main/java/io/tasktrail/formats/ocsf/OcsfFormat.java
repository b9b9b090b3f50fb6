package io.tasktrail.formats.ocsf;

import io.tasktrail.event.Action;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.formats.facts.Entry;
import io.tasktrail.formats.facts.Errno;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.formats.json.JsonLine;
import java.util.List;
import java.util.Locale;

/// OCSF 1.8.0: process activity (1007), kernel extension activity (1002), event log activity (1008)
/// for the agent, and the base event for what has no class. One JSON object.
///
/// What OCSF has no attributes for is in `unmapped`. Bytes of names, paths and arguments that are
/// not UTF-8 are written as text, `\xNN`; the attributes in which that happened are listed in
/// `unmapped.non_utf8`.
public final class OcsfFormat {

  private static final String VERSION = "1.8.0";
  private static final List<String> PROFILES = List.of("container", "host", "linux/linux_users");
  private static final int INFORMATIONAL = 1;
  private static final int MEDIUM = 3;
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;

  private OcsfFormat() {}

  /// The event as one document, on one line.
  public static byte[] format(AuditEvent audit) {
    JsonLine json = new JsonLine();
    json.object(() -> document(json, audit));
    return json.toBytes();
  }

  private static void document(JsonLine json, AuditEvent audit) {
    Header header = audit.event().header();
    WallTime time = WallTime.of(header);
    OcsfClass type = OcsfClass.of(audit);
    json.number("time", time.millis(header.bootNanos()));
    classification(json, audit, type);
    json.object("metadata", () -> metadata(json, audit));
    json.object("device", () -> device(json, header));
    OcsfTask task = new OcsfTask(json, header, time);
    new OcsfActor(json, task).write(audit, type);
    if (type.uid() == OcsfClass.LAUNCH.uid()) {
      new OcsfProcess(json, task, time).write(audit);
    }
    if (type.uid() == OcsfClass.LOAD.uid()) {
      json.object("driver", () -> OcsfDriver.write(json, audit.event().fact()));
    }
    json.object("unmapped", () -> new OcsfUnmapped(json, task, time).write(audit));
  }

  private static void classification(JsonLine json, AuditEvent audit, OcsfClass type) {
    json.number("class_uid", type.uid());
    json.number("category_uid", type.category());
    json.number("activity_id", type.activity());
    json.text("activity_name", Action.of(audit));
    json.number("type_uid", type.uid() * 100L + type.activity());
    boolean isLoss = audit.notice().isEmpty() && audit.event().fact() instanceof Fact.EventsLost;
    json.number("severity_id", isLoss ? MEDIUM : INFORMATIONAL);
    if (type == OcsfClass.LOG_START || type == OcsfClass.LOG_STOP) {
      json.text("log_provider", "tasktrail");
    }
    if (audit.notice().isEmpty()) {
      status(json, audit.event().fact());
    }
  }

  private static void status(JsonLine json, Fact fact) {
    switch (fact) {
      case Fact.ExecFailed failed -> failure(json, failed.errno());
      case Fact.ModuleLoadFailed failed -> failure(json, failed.errno());
      case Fact.Exited exited ->
          exited
              .signal()
              .ifPresent(signal -> json.text("status_detail", "ended by signal " + signal));
      case Fact.AgentStopping stopping -> json.text("status_detail", stopping.reason());
      case Fact.EventsLost lost -> {
        json.number("count", Math.clamp(lost.count(), 0, Integer.MAX_VALUE));
        json.text("status_detail", lost.cause().name());
      }
      case Fact.AuditRecord record when record.outcome() != Fact.AuditOutcome.UNKNOWN -> {
        boolean done = record.outcome() == Fact.AuditOutcome.SUCCESS;
        json.number("status_id", done ? SUCCESS : FAILURE);
        json.text("status", record.outcome().name().toLowerCase(Locale.ROOT));
      }
      default -> {}
    }
  }

  private static void failure(JsonLine json, int errno) {
    json.number("status_id", FAILURE);
    json.text("status_code", Errno.name(errno));
  }

  private static void metadata(JsonLine json, AuditEvent audit) {
    Header header = audit.event().header();
    json.text("version", VERSION);
    json.object("product", () -> product(json, audit));
    json.texts("profiles", PROFILES);
    json.text("uid", audit.id().toString());
    json.text("event_code", Action.of(audit));
    if (header.sequence() <= Integer.MAX_VALUE) {
      json.number("sequence", header.sequence());
    }
    audit
        .task()
        .flatMap(Entry::of)
        .map(entry -> header.taskId(entry.leader().task()).uuid().toString())
        .ifPresent(leader -> json.text("correlation_uid", leader));
    json.bool("is_truncated", isTruncated(audit));
  }

  private static boolean isTruncated(AuditEvent audit) {
    boolean omits =
        audit
            .task()
            .map(AuditedTask::history)
            .map(History::omitted)
            .filter(omitted -> omitted.count() > 0)
            .isPresent();
    return omits || (audit.notice().isEmpty() && isTruncated(audit.event().fact()));
  }

  private static boolean isTruncated(Fact fact) {
    return switch (fact) {
      case Fact.Executed executed -> executed.arguments().truncated();
      case Fact.AuditRecord record -> record.textTruncated();
      default -> false;
    };
  }

  private static void product(JsonLine json, AuditEvent audit) {
    json.text("name", "tasktrail");
    json.text("vendor_name", "tasktrail");
    if (audit.notice().isEmpty() && audit.event().fact() instanceof Fact.AgentStarted started) {
      json.text("version", started.version());
    }
  }

  /// Whether it is a server or anything else nobody says.
  private static void device(JsonLine json, Header header) {
    json.number("type_id", 0);
    json.text("hostname", header.hostName());
    json.text("uid", header.host().toString());
    json.text("boot_uid", header.boot().toString());
    json.object(
        "os",
        () -> {
          json.text("name", "Linux");
          json.number("type_id", 200);
        });
  }
}
