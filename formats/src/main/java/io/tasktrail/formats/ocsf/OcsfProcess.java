package io.tasktrail.formats.ocsf;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Place;
import io.tasktrail.event.UserNames;
import io.tasktrail.formats.facts.CommandLine;
import io.tasktrail.formats.facts.Subject;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.formats.json.JsonLine;
import java.util.Optional;

/// `process` and what goes with it: of which process an activity is.
record OcsfProcess(JsonLine json, OcsfTask task, WallTime time) {

  private static final int FORK = 2;
  private static final int EXEC = 3;

  void write(AuditEvent audit) {
    if (audit.notice().isPresent()) {
      json.object("process", () -> audit.task().ifPresent(task::known));
    } else if (audit.event().fact() instanceof Fact.OfTask fact) {
      activity(fact);
      json.object("process", () -> process(fact, audit));
    }
  }

  private void activity(Fact.OfTask fact) {
    switch (fact) {
      case Fact.Forked _ -> json.number("launch_type_id", FORK);
      case Fact.Executed _, Fact.ExecFailed _ -> json.number("launch_type_id", EXEC);
      case Fact.Exited exited -> exited.code().ifPresent(code -> json.number("exit_code", code));
      default -> {}
    }
  }

  private void process(Fact.OfTask fact, AuditEvent audit) {
    if (fact instanceof Fact.Signalled sent) {
      audit.other().ifPresentOrElse(task::known, () -> task.identity(sent.target()));
      return;
    }
    task.identity(Subject.of(fact));
    json.text("name", fact.actor().comm());
    UserNames names = fact instanceof Fact.Executed executed ? executed.names() : UserNames.UNKNOWN;
    switch (fact) {
      case Fact.Executed executed -> executed(executed);
      case Fact.ExecFailed failed -> json.text("path", failed.filename());
      case Fact.Exited _ -> ended(audit);
      case Fact.TaskSeen seen -> {
        json.textIfAny("path", seen.executable());
        task.commandLine(Subject.commandLine(audit));
        container(seen.cgroup());
      }
      default -> image(audit);
    }
    task.owners(fact.actor(), names);
    audit.task().ifPresent(task::lineage);
  }

  private void executed(Fact.Executed fact) {
    json.textIfAny("path", fact.image().executable());
    task.executable(fact.image().executable(), fact.image().sha256());
    json.text("cmd_line", CommandLine.of(fact.arguments().values()));
    json.textIfAny("working_directory", fact.place().cwd());
    json.number("ptid", fact.oldPid());
    container(fact.place().cgroup());
    ownPid(fact.place());
  }

  private void ownPid(Place place) {
    if (place.ownPid() != 0) {
      json.number("namespace_pid", place.ownPid());
    }
  }

  private void container(Cgroup cgroup) {
    if (!cgroup.containerId().isEmpty()) {
      json.object(
          "container",
          () -> {
            json.text("uid", cgroup.containerId());
            if (!cgroup.containerRuntime().isEmpty()) {
              json.text("runtime", cgroup.containerRuntime());
            }
          });
    }
  }

  private void ended(AuditEvent audit) {
    image(audit);
    json.number("terminated_time", time.millis(audit.event().header().bootNanos()));
  }

  private void image(AuditEvent audit) {
    Optional<AuditedTask> known = audit.task();
    known
        .flatMap(Subject::image)
        .ifPresent(
            image -> {
              json.textIfAny("path", image.executable());
              task.executable(image.executable(), ByteText.EMPTY);
            });
    task.commandLine(Subject.commandLine(audit));
  }
}
