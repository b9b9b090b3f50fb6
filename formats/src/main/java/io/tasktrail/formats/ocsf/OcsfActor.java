package io.tasktrail.formats.ocsf;

import io.tasktrail.event.Actor;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Fact;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.UserNames;
import io.tasktrail.formats.facts.Ancestors;
import io.tasktrail.formats.facts.Subject;
import io.tasktrail.formats.json.JsonLine;
import java.util.Optional;

/// `actor`: who did it. Of an exec it is what the task executed before; of what the agent says of
/// itself, and of notices, tasktrail.
record OcsfActor(JsonLine json, OcsfTask task) {

  void write(AuditEvent audit, OcsfClass type) {
    json.object(
        "actor",
        () -> {
          if (audit.notice().isPresent()) {
            notice(audit, type);
          } else if (audit.event().fact() instanceof Fact.OfTask fact) {
            json.object("process", () -> process(fact, audit));
            json.object("user", () -> user(fact));
          } else {
            json.text("app_name", "tasktrail");
          }
        });
  }

  /// An end that nobody told has no known actor: by OCSF's rule that is the process itself then.
  private void notice(AuditEvent audit, OcsfClass type) {
    Optional<AuditedTask> ended = audit.task().filter(_ -> type == OcsfClass.TERMINATE);
    ended.ifPresentOrElse(
        it -> json.object("process", () -> task.known(it)),
        () -> json.text("app_name", "tasktrail"));
  }

  private void user(Fact.OfTask fact) {
    UserNames names = fact instanceof Fact.Executed executed ? executed.names() : UserNames.UNKNOWN;
    task.user(fact.actor().credentials().uid(), names.user());
  }

  private void process(Fact.OfTask fact, AuditEvent audit) {
    switch (fact) {
      case Fact.Executed executed -> before(executed, audit);
      case Fact.Forked forked -> creator(forked, audit);
      case Fact.ExecFailed _,
          Fact.Signalled _,
          Fact.Exited _,
          Fact.TaskSeen _,
          Fact.ModuleLoaded _,
          Fact.ModuleRequested _,
          Fact.AuditRecord _,
          Fact.ModuleUnloaded _,
          Fact.ModuleLoadFailed _ ->
          self(fact.actor(), audit);
    }
  }

  private void self(Actor actor, AuditEvent audit) {
    task.identity(actor.task());
    json.text("name", actor.comm());
    audit
        .task()
        .flatMap(Subject::image)
        .ifPresent(image -> json.textIfAny("path", image.executable()));
    task.commandLine(Subject.commandLine(audit));
    task.owners(actor, UserNames.UNKNOWN);
    audit.task().ifPresent(task::lineage);
  }

  /// What the child inherits is what its creator executes.
  private void creator(Fact.Forked fact, AuditEvent audit) {
    task.identity(fact.actor().task());
    json.text("name", fact.actor().comm());
    audit
        .task()
        .flatMap(Subject::image)
        .ifPresent(image -> json.textIfAny("path", image.executable()));
    task.commandLine(Subject.commandLine(audit));
    task.owners(fact.actor(), UserNames.UNKNOWN);
  }

  private void before(Fact.Executed fact, AuditEvent audit) {
    long ordinal = fact.actor().execCount() - 1;
    Optional<Link> image =
        audit.task().map(AuditedTask::history).map(History::links).stream()
            .flatMap(links -> links.reversed().stream())
            .filter(link -> link.ordinal() == ordinal)
            .findFirst();
    image.ifPresentOrElse(
        link -> task.image(fact.actor().task(), link), () -> parentOrSelf(fact, audit));
  }

  private void parentOrSelf(Fact.Executed fact, AuditEvent audit) {
    task.identity(audit.task().flatMap(Ancestors::parent).orElse(fact.actor().task()));
  }
}
