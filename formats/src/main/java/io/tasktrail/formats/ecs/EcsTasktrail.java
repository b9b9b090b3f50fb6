package io.tasktrail.formats.ecs;

import io.tasktrail.event.Action;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.Image;
import io.tasktrail.event.Notice;
import io.tasktrail.event.Place;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.formats.facts.ArgumentsDigest;
import io.tasktrail.formats.facts.AuditKey;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.formats.json.JsonLine;
import java.util.Locale;
import java.util.Optional;

/// `tasktrail.*`: what ECS has no fields for.
record EcsTasktrail(JsonLine json, Header header, WallTime time, EcsTask task) {

  static EcsTasktrail of(JsonLine json, Header header, WallTime time) {
    return new EcsTasktrail(json, header, time, new EcsTask(json, header, time));
  }

  void write(AuditEvent audit) {
    json.number("revision", audit.revision());
    json.number("boot_nanos", header.bootNanos());
    audit.task().ifPresent(this::about);
    audit.firstSeenOnHost().ifPresent(first -> json.bool("first_seen_on_host", first));
    audit
        .notice()
        .ifPresentOrElse(
            notice -> json.object("notice", () -> notice(notice, audit.event())),
            () -> event(audit));
    if (!json.escaped().isEmpty()) {
      json.texts("non_utf8", json.escaped());
    }
  }

  private void about(AuditedTask subject) {
    new EcsHistory(json, header, time).write(subject);
    subject.reaper().ifPresent(task::reaper);
  }

  /// Of the event that gave rise to it only its name: all else is told in its own document.
  private void notice(Notice notice, TaskEvent occasion) {
    notice.boot().ifPresent(boot -> json.text("boot", boot.toString()));
    json.object(
        "event",
        () -> {
          json.text("id", header.eventId().uuid().toString());
          json.text("action", Action.of(occasion.fact()));
        });
  }

  private void event(AuditEvent audit) {
    json.object("sequence", this::sequence);
    switch (audit.event().fact()) {
      case Fact.OfTask fact -> ofTask(fact, audit);
      case Fact.OfCapture fact -> new EcsCapture(json, time, task).write(fact);
    }
  }

  private void sequence() {
    json.text("capture", header.capture().toString());
    json.number("cpu", header.cpu());
    json.number("number", header.sequence());
  }

  private void ofTask(Fact.OfTask fact, AuditEvent audit) {
    login(
        fact.actor().credentials(),
        fact instanceof Fact.Executed executed ? executed.names().login() : "");
    AuditKey.of(fact).ifPresent(key -> json.text("key", key));
    EcsModule module = new EcsModule(json, time, task);
    switch (fact) {
      case Fact.Forked forked -> json.object("fork", () -> forked(forked));
      case Fact.Executed executed -> executed(executed);
      case Fact.ExecFailed failed -> json.object("exec", () -> failed(failed));
      case Fact.Exited exited -> json.object("exit", () -> exited(exited, audit));
      case Fact.Signalled sent -> json.object("signal", () -> signalled(sent, audit.other()));
      case Fact.TaskSeen seen -> seen(seen);
      case Fact.ModuleLoaded loaded -> json.object("module", () -> module.loaded(loaded));
      case Fact.ModuleUnloaded unloaded ->
          json.object("module", () -> module.unloaded(unloaded, audit.module()));
      case Fact.ModuleLoadFailed failed -> json.object("module", () -> module.failed(failed));
      case Fact.ModuleRequested request -> json.object("module", () -> module.requested(request));
      case Fact.AuditRecord record ->
          json.object("audit", () -> new EcsAuditRecord(json).write(record));
    }
  }

  /// Who logged in, whatever became of the user id since; not of what no login started.
  private void login(Credentials credentials, String name) {
    if (credentials.auid() == Credentials.UNSET) {
      return;
    }
    json.object(
        "login",
        () -> {
          json.object("user", () -> user(credentials.auid(), name));
          json.text("session", Long.toString(credentials.session()));
        });
  }

  private void user(long id, String name) {
    json.text("id", Long.toString(id));
    if (!name.isEmpty()) {
      json.text("name", name);
    }
  }

  private void forked(Fact.Forked fact) {
    json.object("creator", () -> task.identity(fact.actor().task()));
    json.object("parent", () -> task.identity(fact.parent()));
    json.number("clone_flags", fact.cloneFlags());
    json.text("cgroup", Long.toUnsignedString(fact.cgroupId()));
  }

  private void executed(Fact.Executed fact) {
    arguments(fact.arguments(), fact.arguments().bestEffort());
    json.text("argv_sha256", ArgumentsDigest.of(fact.arguments()));
    systemd(fact.place().cgroup());
    json.object(
        "exec",
        () -> {
          image(fact.image());
          place(fact.place());
        });
  }

  private void arguments(Arguments arguments, boolean bestEffort) {
    json.number("argv_bytes", arguments.bytes());
    json.bool("argv_truncated", arguments.truncated());
    if (bestEffort) {
      json.bool("argv_best_effort", true);
    }
    json.bool("argv_masked", !arguments.maskedBy().isEmpty());
    if (!arguments.maskedBy().isEmpty()) {
      json.texts("argv_masked_by", arguments.maskedBy());
    }
  }

  private void failed(Fact.ExecFailed fact) {
    json.text("filename", fact.filename());
    json.number("errno", fact.errno());
  }

  private void image(Image image) {
    json.text("filename", image.filename());
    json.textIfAny("interpreter", image.interpreter());
    json.number("device", image.device());
    json.text("inode", Long.toUnsignedString(image.inode()));
    json.bool("secure", image.secure());
    json.bool("unlinked", image.unlinked());
    if (image.changedNanos() != 0) {
      json.text("ctime", new WallTime(0).show(image.changedNanos()));
    }
  }

  private void place(Place place) {
    if (!place.tty().isEmpty()) {
      json.text("tty", place.tty());
    }
    json.text("cgroup", Long.toUnsignedString(place.cgroupId()));
    json.textIfAny("cgroup_path", place.cgroup().path());
    json.object(
        "namespaces",
        () -> {
          json.number("pid", place.namespaces().pid());
          json.number("mnt", place.namespaces().mnt());
          json.number("net", place.namespaces().net());
          json.number("user", place.namespaces().user());
        });
  }

  private void exited(Fact.Exited fact, AuditEvent audit) {
    fact.signal()
        .ifPresent(
            signal -> {
              json.number("signal", signal);
              json.bool("core_dumped", fact.coreDumped());
              json.bool("oom_killed", fact.oomKilled());
            });
    audit.signalOrigin().ifPresent(origin -> origin("signal_origin", origin));
    audit.other().ifPresent(killer -> json.object("killer", () -> task.beside(killer)));
    json.number("cpu_nanos", fact.cpuNanos());
    json.number("read_bytes", fact.readBytes());
    json.number("write_bytes", fact.writeBytes());
  }

  /// @param target empty where nothing is known of it but which one it is
  private void signalled(Fact.Signalled fact, Optional<AuditedTask> target) {
    json.number("number", fact.signal());
    json.number("code", fact.code());
    origin("origin", fact.origin());
    json.object(
        "target", () -> target.ifPresentOrElse(task::beside, () -> task.identity(fact.target())));
  }

  private void origin(String name, SignalOrigin origin) {
    json.text(name, origin.name().toLowerCase(Locale.ROOT));
  }

  private void seen(Fact.TaskSeen fact) {
    if (!fact.arguments().values().isEmpty()) {
      arguments(fact.arguments(), true);
    }
    json.bool("forked_without_exec", fact.forkedWithoutExec());
    json.bool("kernel_thread", fact.kernelThread());
    json.textIfAny("cgroup_path", fact.cgroup().path());
    systemd(fact.cgroup());
  }

  private void systemd(Cgroup cgroup) {
    if (!cgroup.unit().isEmpty()) {
      json.object(
          "systemd",
          () -> {
            json.text("unit", cgroup.unit());
            if (!cgroup.userUnit().isEmpty()) {
              json.text("user_unit", cgroup.userUnit());
            }
          });
    }
  }
}
