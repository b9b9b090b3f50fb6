package io.tasktrail.formats.ocsf;

import io.tasktrail.event.Actor;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Header;
import io.tasktrail.event.Link;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.UserNames;
import io.tasktrail.formats.facts.Ancestors;
import io.tasktrail.formats.facts.CommandLine;
import io.tasktrail.formats.facts.ParentImage;
import io.tasktrail.formats.facts.Subject;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.formats.json.JsonLine;
import java.util.HexFormat;

/// What a process is, wherever in the document it stands.
record OcsfTask(JsonLine json, Header header, WallTime time) {

  /// Ancestors of a process at most: as many as a history holds links.
  private static final int ANCESTORS_MAX = 128;

  private static final int REGULAR_FILE = 1;
  private static final int SHA_256 = 3;

  /// Which one. Its `uid` is unique over all hosts; a `cpid` is derived in another way, and not
  /// claimed.
  void identity(TaskKey key) {
    json.number("pid", key.pid());
    json.text("uid", header.taskId(key).uuid().toString());
    json.number("created_time", time.millis(key.startNanos()));
  }

  /// A process of which no more is known than its last image.
  void image(TaskKey key, Link image) {
    identity(key);
    json.text("name", image.comm());
    if (!image.executable().isEmpty()) {
      json.text("path", image.executable());
    }
  }

  /// A process with whatever is known of it.
  void known(AuditedTask task) {
    identity(task.id().task());
    Subject.image(task)
        .ifPresent(
            image -> {
              json.text("name", image.comm());
              json.textIfAny("path", image.executable());
              executable(image.executable(), ByteText.EMPTY);
              json.object("user", () -> json.text("uid", Long.toString(image.uid())));
            });
    commandLine(task.commandLine());
    lineage(task);
  }

  /// What it was started with, joined by NUL, where that is known.
  void commandLine(ByteText joined) {
    json.textIfAny("cmd_line", CommandLine.of(joined));
  }

  /// The file of a process.
  ///
  /// @param sha256 empty where it is not known
  void executable(ByteText path, ByteText sha256) {
    if (!path.isEmpty()) {
      json.object("file", () -> file(json, path, path.baseName(), sha256));
    }
  }

  static void file(JsonLine json, ByteText path, ByteText name, ByteText sha256) {
    json.text("name", name);
    json.number("type_id", REGULAR_FILE);
    json.textIfAny("path", path);
    if (!sha256.isEmpty()) {
      json.array("hashes", () -> json.object(() -> hash(json, sha256)));
    }
  }

  private static void hash(JsonLine json, ByteText sha256) {
    json.number("algorithm_id", SHA_256);
    json.text("algorithm", "SHA-256");
    json.text("value", HexFormat.of().formatHex(sha256.toBytes()));
  }

  /// The parent and all ancestors of whom something was executed, the nearest first.
  void lineage(AuditedTask task) {
    Ancestors.parent(task).ifPresent(_ -> json.object("parent_process", () -> parent(task)));
    json.array(
        "ancestry",
        () -> Ancestors.of(task, ANCESTORS_MAX).forEach(it -> json.object(() -> ancestor(it))));
  }

  private void parent(AuditedTask task) {
    ParentImage image = ParentImage.of(task);
    identity(task.parent().task());
    json.textIfAny("name", task.parent().comm());
    json.textIfAny("path", image.executable());
    json.text("cmd_line", image.commandLine());
  }

  private void ancestor(Ancestors.Ancestor ancestor) {
    ancestor
        .image()
        .ifPresentOrElse(image -> image(ancestor.task(), image), () -> identity(ancestor.task()));
  }

  /// Who acts, on a process.
  void owners(Actor actor, UserNames names) {
    Credentials credentials = actor.credentials();
    json.object("user", () -> user(credentials.euid(), names.effective()));
    number("euid", credentials.euid());
    number("egid", credentials.egid());
    json.object("group", () -> json.text("uid", Long.toString(credentials.egid())));
    if (credentials.auid() != Credentials.UNSET) {
      number("auid", credentials.auid());
    }
    if (credentials.session() != Credentials.UNSET) {
      json.object("session", () -> json.text("uid", Long.toString(credentials.session())));
    }
  }

  /// The schema has room for 31 bits.
  private void number(String name, long value) {
    if (value <= Integer.MAX_VALUE) {
      json.number(name, value);
    }
  }

  /// A user by number, and by name where it has one.
  void user(long id, String name) {
    json.text("uid", Long.toString(id));
    if (!name.isEmpty()) {
      json.text("name", name);
    }
  }
}
