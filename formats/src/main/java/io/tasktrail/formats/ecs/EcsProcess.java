package io.tasktrail.formats.ecs;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.UserNames;
import io.tasktrail.formats.facts.Ancestors;
import io.tasktrail.formats.facts.CommandLine;
import io.tasktrail.formats.facts.Subject;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.formats.json.JsonLine;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// `process.*` and `user.*`: the task of which the event speaks (of a fork: the child), or of which
/// a notice does.
///
/// @param task empty where the history of the task is not known
/// @param commandLine joined by NUL; empty where not known, and of an exec
/// @param ancestry whether `process.Ext.ancestry` is written
record EcsProcess(
    JsonLine json,
    Header header,
    Optional<AuditedTask> task,
    ByteText commandLine,
    WallTime time,
    EcsTask fields,
    boolean ancestry) {

  /// As many as Elastic's own agent writes.
  private static final int ANCESTORS_MAX = 20;

  static EcsProcess of(JsonLine json, AuditEvent audit, WallTime time, boolean ancestry) {
    Header header = audit.event().header();
    EcsTask fields = new EcsTask(json, header, time);
    ByteText commandLine = Subject.commandLine(audit);
    return new EcsProcess(json, header, audit.task(), commandLine, time, fields, ancestry);
  }

  void write(Fact.OfTask fact) {
    UserNames names = fact instanceof Fact.Executed executed ? executed.names() : UserNames.UNKNOWN;
    json.object("process", () -> process(fact, names));
    json.object("user", () -> user(fact.actor().credentials(), names));
  }

  /// What is known of the task itself: whose the event is that gave rise to the notice is nothing
  /// to it.
  void writeNotice() {
    task.ifPresent(known -> json.object("process", () -> process(known)));
  }

  private void process(AuditedTask known) {
    fields.identity(known.id().task());
    Subject.image(known).ifPresent(image -> json.text("name", image.comm()));
    fields.parent(known, "name");
    leaders(known);
    image();
  }

  private void process(Fact.OfTask fact, UserNames names) {
    TaskKey subject = Subject.of(fact);
    fields.identity(subject);
    json.text("name", fact.actor().comm());
    owners(fact.actor(), names);
    task.ifPresent(
        known -> {
          fields.parent(known, "name");
          leaders(known);
        });
    switch (fact) {
      case Fact.Executed executed -> executed(executed);
      case Fact.Exited exited -> exited(exited);
      case Fact.TaskSeen seen -> {
        json.textIfAny("executable", seen.executable());
        fields.commandLine(commandLine);
      }
      case Fact.Forked _,
          Fact.ExecFailed _,
          Fact.Signalled _,
          Fact.ModuleLoaded _,
          Fact.ModuleUnloaded _,
          Fact.ModuleRequested _,
          Fact.AuditRecord _,
          Fact.ModuleLoadFailed _ ->
          image();
    }
  }

  private void leaders(AuditedTask known) {
    new EcsLeaders(json, header, fields).write(known);
    if (ancestry) {
      json.object("Ext", () -> json.texts("ancestry", ancestors(known)));
    }
  }

  /// Whom Kibana's analyzer walks along: ids, the parent first.
  private List<String> ancestors(AuditedTask known) {
    return Ancestors.of(known, ANCESTORS_MAX).stream()
        .map(ancestor -> header.taskId(ancestor.task()).uuid().toString())
        .toList();
  }

  private void owners(Actor actor, UserNames names) {
    Credentials credentials = actor.credentials();
    user("user", credentials.euid(), names.effective());
    user("real_user", credentials.uid(), names.user());
    id("group", credentials.egid());
    id("real_group", credentials.gid());
  }

  private void id(String owner, long number) {
    json.object(owner, () -> json.text("id", Long.toString(number)));
  }

  private void user(String owner, long number, String name) {
    json.object(owner, () -> user(number, name));
  }

  private void user(long number, String name) {
    json.text("id", Long.toString(number));
    if (!name.isEmpty()) {
      json.text("name", name);
    }
  }

  /// ECS knows the user as who acts, and the effective one where it is another.
  private void user(Credentials credentials, UserNames names) {
    user(credentials.uid(), names.user());
    if (credentials.euid() != credentials.uid()) {
      user("effective", credentials.euid(), names.effective());
    }
  }

  private void executed(Fact.Executed fact) {
    Arguments arguments = fact.arguments();
    json.textIfAny("executable", fact.image().executable());
    json.bytes("args", arguments.values());
    json.number("args_count", arguments.count());
    json.text("command_line", CommandLine.of(arguments.values()));
    json.bool("interactive", !fact.place().tty().isEmpty());
    json.textIfAny("working_directory", fact.place().cwd());
    json.object("thread", () -> json.number("id", fact.oldPid()));
    if (fact.place().ownPid() != 0) {
      json.number("vpid", fact.place().ownPid());
    }
    if (!fact.image().sha256().isEmpty()) {
      json.object(
          "hash",
          () -> json.text("sha256", HexFormat.of().formatHex(fact.image().sha256().toBytes())));
    }
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

  private void image() {
    task.flatMap(Subject::image)
        .ifPresent(image -> json.textIfAny("executable", image.executable()));
    fields.commandLine(commandLine);
  }

  private Optional<Link> link(long ordinal) {
    return task.map(AuditedTask::history).map(History::links).stream()
        .flatMap(links -> links.reversed().stream())
        .filter(link -> link.ordinal() == ordinal)
        .findFirst();
  }
}
