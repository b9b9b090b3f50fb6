package io.tasktrail.formats;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.TaskKey;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// `process.*` and `user.*`: the task of which the event speaks (of a fork: the child).
///
/// @param task empty where the history of the task is not known
record EcsProcess(JsonLine json, Header header, Optional<AuditedTask> task, WallTime time) {

  void write(Fact.OfTask fact) {
    json.object("process", () -> process(fact));
    json.object("user", () -> user(fact.actor().credentials()));
  }

  private void process(Fact.OfTask fact) {
    TaskKey subject = Subject.of(fact);
    identity(subject);
    json.text("name", fact.actor().comm());
    owners(fact.actor());
    task.map(AuditedTask::parent).ifPresent(this::parent);
    switch (fact) {
      case Fact.Executed executed -> executed(executed);
      case Fact.Exited exited -> exited(exited);
      case Fact.TaskSeen seen -> json.textIfAny("executable", seen.executable());
      case Fact.Forked _, Fact.ModuleLoaded _, Fact.ModuleUnloaded _ -> image();
    }
  }

  private void identity(TaskKey key) {
    json.text("entity_id", header.taskId(key).uuid().toString());
    json.number("pid", key.pid());
    json.text("start", time.show(key.startNanos()));
  }

  private void owners(Actor actor) {
    Credentials credentials = actor.credentials();
    id("user", credentials.euid());
    id("real_user", credentials.uid());
    id("group", credentials.egid());
    id("real_group", credentials.gid());
  }

  private void id(String owner, long number) {
    json.object(owner, () -> json.text("id", Long.toString(number)));
  }

  /// ECS knows the user as who acts, and the effective one where it is another.
  private void user(Credentials credentials) {
    json.text("id", Long.toString(credentials.uid()));
    if (credentials.euid() != credentials.uid()) {
      id("effective", credentials.euid());
    }
  }

  private void parent(AuditedTask.Parent parent) {
    if (parent.task().equals(TaskKey.ROOT) && parent.comm().isEmpty()) {
      return;
    }
    json.object(
        "parent",
        () -> {
          identity(parent.task());
          json.textIfAny("name", parent.comm());
          json.textIfAny("executable", parent.executable());
        });
  }

  private void executed(Fact.Executed fact) {
    Arguments arguments = fact.arguments();
    json.textIfAny("executable", fact.image().executable());
    json.bytes("args", arguments.values());
    json.number("args_count", arguments.count());
    json.text("command_line", commandLine(arguments));
    json.textIfAny("working_directory", fact.place().cwd());
    json.object("thread", () -> json.number("id", fact.oldPid()));
    link(fact.actor().execCount() - 1)
        .filter(link -> !link.executable().isEmpty())
        .ifPresent(
            link -> json.object("previous", () -> json.text("executable", link.executable())));
  }

  private void exited(Fact.Exited fact) {
    image();
    json.text("end", time.show(header.bootNanos()));
    fact.code().ifPresent(code -> json.number("exit_code", code));
  }

  /// What the task executes now; of a history whose last link is missing nobody knows.
  private void image() {
    task.map(AuditedTask::history)
        .flatMap(history -> link(history.execCount()))
        .ifPresent(link -> json.textIfAny("executable", link.executable()));
  }

  private Optional<Link> link(long ordinal) {
    return task.map(AuditedTask::history).map(History::links).stream()
        .flatMap(links -> links.reversed().stream())
        .filter(link -> link.ordinal() == ordinal)
        .findFirst();
  }

  private static ByteText commandLine(Arguments arguments) {
    var line = new ByteArrayOutputStream();
    for (ByteText argument : arguments.values()) {
      if (line.size() > 0) {
        line.write(' ');
      }
      line.writeBytes(argument.toBytes());
    }
    return ByteText.of(line.toByteArray());
  }
}
