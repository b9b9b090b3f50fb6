package io.tasktrail.formats.ecs;

import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Header;
import io.tasktrail.event.Link;
import io.tasktrail.event.TaskKey;
import io.tasktrail.formats.facts.Ancestors;
import io.tasktrail.formats.facts.CommandLine;
import io.tasktrail.formats.facts.ParentImage;
import io.tasktrail.formats.facts.Subject;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.formats.json.JsonLine;
import java.util.List;

/// The fields of one task, wherever in the document it stands.
record EcsTask(JsonLine json, Header header, WallTime time) {

  /// Which one.
  void identity(TaskKey key) {
    json.text("entity_id", header.taskId(key).uuid().toString());
    json.number("pid", key.pid());
    json.text("start", time.show(key.startNanos()));
  }

  /// The parent of a task, as completely as can be told; nothing of one that is not known.
  ///
  /// @param name how its name is called there
  void parent(AuditedTask child, String name) {
    if (Ancestors.parent(child).isEmpty()) {
      return;
    }
    ParentImage image = ParentImage.of(child);
    json.object(
        "parent",
        () -> {
          identity(child.parent().task());
          json.textIfAny(name, child.parent().comm());
          json.textIfAny("executable", image.executable());
          if (!image.arguments().isEmpty()) {
            json.bytes("args", image.arguments());
          }
          json.text("command_line", image.commandLine());
        });
  }

  /// Who became a parent.
  void reaper(AuditedTask.Parent parent) {
    json.object(
        "reaper",
        () -> {
          identity(parent.task());
          json.textIfAny("comm", parent.comm());
          json.textIfAny("executable", parent.executable());
          commandLine(parent.commandLine());
        });
  }

  /// How many arguments it has is not said: a bound of the fold may have cut it.
  void commandLine(ByteText joined) {
    if (!joined.isEmpty()) {
      List<ByteText> arguments = CommandLine.arguments(joined);
      json.bytes("args", arguments);
      json.text("command_line", CommandLine.of(arguments));
    }
  }

  /// A task beside the one of which the event speaks, with its history as text.
  void beside(AuditedTask task) {
    identity(task.id().task());
    Subject.image(task).ifPresent(this::image);
    commandLine(task.commandLine());
    parent(task, "comm");
    new EcsHistory(json, header, time).summary(task.history());
  }

  private void image(Link image) {
    json.text("comm", image.comm());
    json.textIfAny("executable", image.executable());
    owners(image);
  }

  /// Who executed it, and who had logged in.
  void owners(Link link) {
    json.object("user", () -> json.text("id", Long.toString(link.uid())));
    if (link.auid() != Credentials.UNSET) {
      json.object(
          "login", () -> json.object("user", () -> json.text("id", Long.toString(link.auid()))));
    }
  }
}
