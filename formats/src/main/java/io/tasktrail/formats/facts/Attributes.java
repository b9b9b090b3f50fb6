package io.tasktrail.formats.facts;

import io.tasktrail.event.Action;
import io.tasktrail.event.Actor;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.ModuleOrigin;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.UserNames;
import io.tasktrail.history.text.TextForm;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// An event as a flat list of names and values, each name once: what is not known is not there.
/// Formats without nested fields are made of it, and so agree on what an event says.
public final class Attributes {

  /// Bytes of a command line; a longer one ends with three dots.
  private static final int COMMAND_LINE_MAX = 4096;

  private static final ByteText DOTS = ByteText.of("...");

  private final AuditEvent audit;
  private final Header header;
  private final List<Attribute> all = new ArrayList<>();

  private Attributes(AuditEvent audit) {
    this.audit = audit;
    this.header = audit.event().header();
  }

  /// Those of an event, in an order that stays.
  public static List<Attribute> of(AuditEvent audit) {
    Attributes attributes = new Attributes(audit);
    attributes.event();
    return attributes.all;
  }

  private void event() {
    text("id", audit.id().toString());
    number("revision", audit.revision());
    text("action", Action.of(audit));
    text("host_id", header.host().toString());
    text("boot_id", header.boot().toString());
    if (audit.notice().isPresent()) {
      audit.notice().flatMap(it -> it.boot()).ifPresent(it -> text("boot", it.toString()));
      audit.task().ifPresent(task -> task(task.id().task()));
    } else {
      switch (audit.event().fact()) {
        case Fact.OfTask fact -> ofTask(fact);
        case Fact.OfCapture fact -> ofCapture(fact);
      }
    }
    audit.task().ifPresent(this::lineage);
  }

  private void ofTask(Fact.OfTask fact) {
    task(Subject.of(fact));
    actor(
        fact.actor(),
        fact instanceof Fact.Executed executed ? executed.names() : UserNames.UNKNOWN);
    AuditKey.of(fact).ifPresent(key -> text("key", key));
    switch (fact) {
      case Fact.Forked forked -> {
        image();
        number("creator_pid", forked.actor().task().pid());
      }
      case Fact.Executed executed -> executed(executed);
      case Fact.ExecFailed failed -> {
        image();
        text("file", failed.filename());
        text("errno", Errno.name(failed.errno()));
        text("outcome", "failure");
      }
      case Fact.Exited exited -> exited(exited);
      case Fact.Signalled sent -> signalled(sent);
      case Fact.TaskSeen seen -> {
        text("exe", seen.executable());
        commandLine();
        cgroup(seen.cgroup());
      }
      case Fact.ModuleLoaded loaded -> {
        image();
        module(loaded.name(), loaded.origin());
        number("taints", loaded.taints());
      }
      case Fact.ModuleUnloaded unloaded -> {
        image();
        module(unloaded.name(), ModuleOrigin.UNKNOWN);
      }
      case Fact.ModuleLoadFailed failed -> {
        image();
        module(failed.name(), failed.origin());
        text("errno", Errno.name(failed.errno()));
        text("outcome", "failure");
      }
      case Fact.ModuleRequested asked -> {
        image();
        module(asked.name(), ModuleOrigin.UNKNOWN);
      }
      case Fact.AuditRecord record -> recorded(record);
    }
  }

  private void task(TaskKey key) {
    number("pid", key.pid());
    text("task", header.taskId(key).uuid().toString());
    text("start", WallTime.of(header).show(key.startNanos()));
  }

  private void actor(Actor actor, UserNames names) {
    Credentials credentials = actor.credentials();
    text("comm", actor.comm());
    number("uid", credentials.uid());
    text("user", names.user());
    number("euid", credentials.euid());
    text("effective_user", names.effective());
    if (credentials.auid() != Credentials.UNSET) {
      number("auid", credentials.auid());
      text("login", names.login());
      number("session", credentials.session());
    }
  }

  private void image() {
    audit.task().flatMap(Subject::image).map(Link::executable).ifPresent(exe -> text("exe", exe));
    commandLine();
  }

  private void commandLine() {
    commandLine("cmdline", Subject.commandLine(audit));
  }

  private void commandLine(String name, ByteText joined) {
    text(name, bounded(CommandLine.of(joined)));
  }

  private void executed(Fact.Executed fact) {
    text("exe", fact.image().executable());
    text("cmdline", bounded(CommandLine.of(fact.arguments().values())));
    number("argc", fact.arguments().count());
    text("cwd", fact.place().cwd());
    text("tty", fact.place().tty());
    digest(fact.image().sha256());
    cgroup(fact.place().cgroup());
    audit.firstSeenOnHost().ifPresent(first -> text("first_seen_on_host", first.toString()));
  }

  private void cgroup(Cgroup cgroup) {
    text("container", cgroup.containerId());
    text("unit", cgroup.unit());
  }

  private void exited(Fact.Exited fact) {
    image();
    number("exit_code", fact.code());
    number("signal", fact.signal());
    if (fact.signal().isPresent()) {
      text("core", Boolean.toString(fact.coreDumped()));
      text("oom", Boolean.toString(fact.oomKilled()));
    }
    audit.other().ifPresent(killer -> beside("killer", killer));
  }

  private void signalled(Fact.Signalled fact) {
    image();
    number("signal", fact.signal());
    text("origin", fact.origin().name().toLowerCase(Locale.ROOT));
    audit
        .other()
        .ifPresentOrElse(
            target -> beside("target", target), () -> number("target_pid", fact.target().pid()));
  }

  private void beside(String name, AuditedTask other) {
    number(name + "_pid", other.id().task().pid());
    commandLine(name + "_cmdline", other.commandLine());
    text(name + "_history", history(other.history()));
  }

  private void module(ByteText name, ModuleOrigin origin) {
    text("module", name);
    text("module_path", origin.path());
    text("module_parameters", bounded(origin.parameters()));
    digest(origin.sha256());
  }

  private void digest(ByteText sha256) {
    text("sha256", HexFormat.of().formatHex(sha256.toBytes()));
  }

  private void recorded(Fact.AuditRecord record) {
    image();
    text("record_types", String.join(",", record.types()));
    number("record_serial", record.serial());
    if (record.outcome() != Fact.AuditOutcome.UNKNOWN) {
      text("outcome", record.outcome().name().toLowerCase(Locale.ROOT));
    }
    text("record", bounded(record.text()));
  }

  private void ofCapture(Fact.OfCapture fact) {
    switch (fact) {
      case Fact.SnapshotStarted _ -> {}
      case Fact.SnapshotFinished finished -> number("tasks", finished.tasks());
      case Fact.ModuleSeen seen -> {
        text("module", seen.name());
        number("taints", seen.taints());
        List<String> views = seen.missingFrom().stream().map(Enum::name).toList();
        text("missing_from", String.join(",", views));
      }
      case Fact.EventsLost lost -> {
        number("lost", lost.count());
        text("cause", lost.cause().name());
        if (lost.isNumbered()) {
          number("cpu", lost.cpu());
          number("first", lost.first());
          number("last", lost.last());
        }
      }
      case Fact.AgentStarted started -> {
        number("agent_pid", started.pid());
        text("version", started.version());
      }
      case Fact.AgentStopping stopping -> text("reason", stopping.reason());
      case Fact.Heartbeat beat -> {
        number("acknowledged", beat.acknowledged());
        number("lost", beat.lost());
        beat.report().ifPresent(report -> text("agent_version", report.version()));
      }
      case Fact.Unrecognized other -> text("schema", HexFormat.of().toHexDigits(other.schema()));
    }
  }

  private void lineage(AuditedTask task) {
    Ancestors.parent(task)
        .ifPresent(
            parent -> {
              ParentImage image = ParentImage.of(task);
              number("parent_pid", parent.pid());
              text("parent_task", header.taskId(parent).uuid().toString());
              text("parent_comm", task.parent().comm());
              text("parent_exe", image.executable());
              text("parent_cmdline", bounded(image.commandLine()));
            });
    Entry.of(task)
        .ifPresent(
            entry -> {
              text("entry", entry.type());
              text("entry_task", header.taskId(entry.leader().task()).uuid().toString());
            });
    text("completeness", task.history().completeness().name());
    number("missing_links", task.history().missingLinks());
    text("history", history(task.history()));
  }

  private String history(History history) {
    return TextForm.TASKTRACKER.of(history, header.wallOffsetNanos());
  }

  private static ByteText bounded(ByteText text) {
    if (text.length() <= COMMAND_LINE_MAX) {
      return text;
    }
    byte[] cut = new byte[COMMAND_LINE_MAX];
    text.copyTo(cut, 0);
    DOTS.copyTo(cut, COMMAND_LINE_MAX - DOTS.length());
    return ByteText.of(cut);
  }

  private void number(String name, OptionalInt value) {
    value.ifPresent(number -> number(name, number));
  }

  private void number(String name, long value) {
    text(name, Long.toString(value));
  }

  private void text(String name, String value) {
    text(name, ByteText.of(value));
  }

  private void text(String name, ByteText value) {
    if (!value.isEmpty()) {
      all.add(new Attribute(name, value));
    }
  }
}
