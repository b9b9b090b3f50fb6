package io.tasktrail.formats;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.Image;
import io.tasktrail.event.Place;
import io.tasktrail.event.TaskKey;

/// `tasktrail.*`: what ECS has no fields for.
record EcsTasktrail(JsonLine json, WallTime time) {

  void write(AuditEvent audit) {
    Header header = audit.event().header();
    json.number("revision", audit.revision());
    json.object("sequence", () -> sequence(header));
    json.number("boot_nanos", header.bootNanos());
    audit.task().ifPresent(task -> new EcsHistory(json, header, time).write(task));
    switch (audit.event().fact()) {
      case Fact.OfTask fact -> ofTask(fact, header);
      case Fact.OfCapture fact -> ofCapture(fact);
    }
    if (!json.escaped().isEmpty()) {
      json.texts("non_utf8", json.escaped());
    }
  }

  private void sequence(Header header) {
    json.text("capture", header.capture().toString());
    json.number("cpu", header.cpu());
    json.number("number", header.sequence());
  }

  private void ofTask(Fact.OfTask fact, Header header) {
    login(fact.actor().credentials());
    switch (fact) {
      case Fact.Forked forked -> json.object("fork", () -> forked(forked, header));
      case Fact.Executed executed -> executed(executed);
      case Fact.Exited exited -> json.object("exit", () -> exited(exited));
      case Fact.TaskSeen seen -> seen(seen);
      case Fact.ModuleLoaded loaded ->
          json.object(
              "module",
              () -> {
                json.text("name", loaded.name());
                json.number("taints", loaded.taints());
              });
      case Fact.ModuleUnloaded unloaded ->
          json.object("module", () -> json.text("name", unloaded.name()));
    }
  }

  /// Who logged in, whatever became of the user id since; not of what no login started.
  private void login(Credentials credentials) {
    if (credentials.auid() == Credentials.UNSET) {
      return;
    }
    json.object(
        "login",
        () -> {
          json.object("user", () -> json.text("id", Long.toString(credentials.auid())));
          json.text("session", Long.toString(credentials.session()));
        });
  }

  private void forked(Fact.Forked fact, Header header) {
    json.object("creator", () -> task(fact.actor().task(), header));
    json.object("parent", () -> task(fact.parent(), header));
    json.number("clone_flags", fact.cloneFlags());
    json.text("cgroup", Long.toUnsignedString(fact.cgroupId()));
  }

  private void task(TaskKey key, Header header) {
    json.number("pid", key.pid());
    json.text("entity_id", header.taskId(key).uuid().toString());
  }

  private void executed(Fact.Executed fact) {
    json.number("argv_bytes", fact.arguments().bytes());
    json.bool("argv_truncated", fact.arguments().truncated());
    json.object(
        "exec",
        () -> {
          image(fact.image());
          place(fact.place());
        });
  }

  private void image(Image image) {
    json.text("filename", image.filename());
    json.textIfAny("interpreter", image.interpreter());
    json.number("device", image.device());
    json.text("inode", Long.toUnsignedString(image.inode()));
    json.bool("secure", image.secure());
    json.bool("unlinked", image.unlinked());
  }

  private void place(Place place) {
    if (!place.tty().isEmpty()) {
      json.text("tty", place.tty());
    }
    json.text("cgroup", Long.toUnsignedString(place.cgroupId()));
    json.object(
        "namespaces",
        () -> {
          json.number("pid", place.namespaces().pid());
          json.number("mnt", place.namespaces().mnt());
          json.number("net", place.namespaces().net());
          json.number("user", place.namespaces().user());
        });
  }

  private void exited(Fact.Exited fact) {
    fact.signal()
        .ifPresent(
            signal -> {
              json.number("signal", signal);
              json.bool("core_dumped", fact.coreDumped());
            });
    json.number("cpu_nanos", fact.cpuNanos());
    json.number("read_bytes", fact.readBytes());
    json.number("write_bytes", fact.writeBytes());
  }

  private void seen(Fact.TaskSeen fact) {
    json.bool("forked_without_exec", fact.forkedWithoutExec());
    json.bool("kernel_thread", fact.kernelThread());
  }

  private void ofCapture(Fact.OfCapture fact) {
    switch (fact) {
      case Fact.SnapshotStarted _, Fact.AgentStopping _, Fact.Unrecognized _ -> {}
      case Fact.SnapshotFinished finished ->
          json.object("snapshot", () -> json.number("tasks", finished.tasks()));
      case Fact.EventsLost lost -> json.object("lost", () -> lost(lost));
      case Fact.AgentStarted started -> json.object("agent", () -> started(started));
      case Fact.Heartbeat heartbeat -> json.object("heartbeat", () -> heartbeat(heartbeat));
    }
  }

  private void lost(Fact.EventsLost fact) {
    json.number("count", fact.count());
    json.number("cpu", fact.cpu());
    json.number("first", fact.first());
    json.number("last", fact.last());
    json.text("cause", fact.cause().name());
    if (fact.fromNanos() != 0) {
      json.text("from", time.show(fact.fromNanos()));
    }
    json.text("to", time.show(fact.toNanos()));
    json.array("kinds", () -> fact.kinds().forEach(this::lostOfKind));
  }

  private void lostOfKind(Fact.LostOfKind kind) {
    json.object(
        () -> {
          json.text("kind", kind.kind());
          json.number("count", kind.count());
        });
  }

  private void started(Fact.AgentStarted fact) {
    json.number("pid", fact.pid());
    json.text("armed", time.show(fact.armedNanos()));
    json.text("armed_by", fact.armedBy());
    json.number("ring_bytes", fact.ringBytes());
  }

  private void heartbeat(Fact.Heartbeat fact) {
    json.number("acknowledged", fact.acknowledged());
    json.number("lost", fact.lost());
    json.array("watermarks", () -> fact.watermarks().forEach(this::watermark));
  }

  private void watermark(Fact.Watermark watermark) {
    json.object(
        () -> {
          json.number("cpu", watermark.cpu());
          json.number("number", watermark.sequence());
        });
  }
}
