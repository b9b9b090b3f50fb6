package io.tasktrail.formats.text;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tasktrail.event.Action;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.ModuleOrigin;
import io.tasktrail.event.Notice;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.formats.facts.AuditKey;
import io.tasktrail.formats.facts.Errno;
import io.tasktrail.formats.facts.Subject;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.history.text.TextForm;
import java.util.HexFormat;
import java.util.Locale;

/// One line for people, `grep` and `awk`: words separated by single spaces, the history last.
///
///     TIME HOST ACTION [NAME=VALUE …] [revision=N] [COMPLETENESS [missing=N]] HISTORY
///
/// such as
///
///     2026-11-20T17:33:00.123456789Z web1 exec pid=812 exe=/bin/sh WHOLE comm=sh;start=…
///
/// Who killed, who was killed and who loaded a module stand before that, with histories of their
/// own:
///
///     … killer=813 killer_completeness=WHOLE killer_history=comm=sh;start=… WHOLE comm=sh;start=…
///
/// A history is `-` where it has no entry (kernel threads, tasktracker form) and absent where the
/// event is of no task. Every byte of a value outside `[A-Za-z0-9._/-]` is `\ooo`, as in the
/// histories: no name can end a word or a line, or look like another's.
public record LineFormat(TextForm form) {

  /// The event as a line of ASCII.
  public byte[] format(AuditEvent audit) {
    Header header = audit.event().header();
    Words words = new Words();
    words.word(WallTime.of(header).show(header.bootNanos()));
    words.value(header.hostName());
    words.word(Action.of(audit));
    audit.notice().ifPresentOrElse(notice -> told(words, notice, audit), () -> fact(words, audit));
    if (audit.revision() > 0) {
      words.number("revision", audit.revision());
    }
    audit.task().ifPresent(task -> history(words, task, header));
    return words.toString().getBytes(US_ASCII);
  }

  private static void told(Words words, Notice notice, AuditEvent audit) {
    audit.task().ifPresent(task -> words.number("pid", task.id().task().pid()));
    notice.boot().ifPresent(boot -> words.text("boot", boot.toString()));
    if (notice.kind() == Notice.Kind.HOST_ID_SHARED) {
      words.text("beside", audit.event().header().boot().toString());
    }
  }

  private void fact(Words words, AuditEvent audit) {
    switch (audit.event().fact()) {
      case Fact.OfTask ofTask -> ofTask(words, ofTask, audit);
      case Fact.OfCapture ofCapture -> ofCapture(words, ofCapture);
    }
  }

  private void ofTask(Words words, Fact.OfTask fact, AuditEvent audit) {
    words.number("pid", Subject.of(fact).pid());
    AuditKey.of(fact).ifPresent(key -> words.text("key", key));
    switch (fact) {
      case Fact.Forked forked -> words.number("creator", forked.actor().task().pid());
      case Fact.Executed executed -> words.text("exe", executed.image().executable());
      case Fact.ExecFailed failed -> {
        words.text("file", failed.filename());
        words.text("errno", Errno.name(failed.errno()));
      }
      case Fact.Exited exited -> {
        exited(words, exited);
        audit.signalOrigin().ifPresent(origin -> origin(words, origin));
        audit.other().ifPresent(killer -> beside(words, "killer", killer, audit));
      }
      case Fact.Signalled sent -> signalled(words, sent, audit);
      case Fact.TaskSeen seen -> words.text("exe", seen.executable());
      case Fact.ModuleLoaded loaded -> {
        words.text("module", loaded.name());
        words.number("taints", loaded.taints());
        origin(words, loaded.origin());
      }
      case Fact.ModuleUnloaded unloaded -> {
        words.text("module", unloaded.name());
        audit.module().ifPresent(load -> load(words, load, audit));
      }
      case Fact.ModuleLoadFailed failed -> {
        if (!failed.name().isEmpty()) {
          words.text("module", failed.name());
        }
        words.text("errno", Errno.name(failed.errno()));
        origin(words, failed.origin());
      }
      case Fact.ModuleRequested request -> words.text("module", request.name());
      case Fact.AuditRecord record -> recorded(words, record);
    }
  }

  private static void recorded(Words words, Fact.AuditRecord record) {
    words.text("type", String.join(".", record.types()));
    words.number("serial", record.serial());
    if (record.outcome() != Fact.AuditOutcome.UNKNOWN) {
      words.text("outcome", record.outcome().name().toLowerCase(Locale.ROOT));
    }
    words.text("record", record.text());
  }

  private static void origin(Words words, ModuleOrigin origin) {
    if (!origin.path().isEmpty()) {
      words.text("path", origin.path());
    }
    if (!origin.parameters().isEmpty()) {
      words.text("parameters", origin.parameters());
    }
  }

  private static void exited(Words words, Fact.Exited fact) {
    fact.code().ifPresent(code -> words.number("code", code));
    fact.signal().ifPresent(signal -> words.number("signal", signal));
    if (fact.coreDumped()) {
      words.word("core");
    }
    if (fact.oomKilled()) {
      words.word("oom");
    }
  }

  private static void origin(Words words, SignalOrigin origin) {
    words.text("origin", origin.name().toLowerCase(Locale.ROOT));
  }

  private void signalled(Words words, Fact.Signalled fact, AuditEvent audit) {
    words.number("signal", fact.signal());
    words.number("code", fact.code());
    origin(words, fact.origin());
    audit
        .other()
        .ifPresentOrElse(
            target -> beside(words, "target", target, audit),
            () -> words.number("target", fact.target().pid()));
  }

  private void load(Words words, LoadedModule module, AuditEvent audit) {
    WallTime time = WallTime.of(audit.event().header());
    module.loadedNanos().ifPresent(nanos -> words.word("loaded_at=" + time.show(nanos)));
    module.loader().ifPresent(loader -> beside(words, "loaded_by", loader, audit));
  }

  private void beside(Words words, String as, AuditedTask task, AuditEvent audit) {
    words.number(as, task.id().task().pid());
    words.text(as + "_completeness", task.history().completeness().name());
    words.word(as + "_history=" + text(task.history(), audit.event().header()));
  }

  private static void ofCapture(Words words, Fact.OfCapture fact) {
    switch (fact) {
      case Fact.SnapshotStarted _ -> {}
      case Fact.SnapshotFinished finished -> words.number("tasks", finished.tasks());
      case Fact.ModuleSeen seen -> {
        words.text("module", seen.name());
        words.number("taints", seen.taints());
        seen.missingFrom().forEach(view -> words.text("missing_from", view.name()));
      }
      case Fact.EventsLost lost -> lost(words, lost);
      case Fact.AgentStarted started -> {
        words.text("version", started.version());
        words.number("pid", started.pid());
      }
      case Fact.AgentStopping stopping -> words.text("reason", stopping.reason());
      case Fact.Heartbeat heartbeat -> {
        words.number("acknowledged", heartbeat.acknowledged());
        words.number("lost", heartbeat.lost());
      }
      case Fact.Unrecognized other -> {
        words.text("schema", HexFormat.of().toHexDigits(other.schema()));
        words.number("bytes", other.original().length());
      }
    }
  }

  private static void lost(Words words, Fact.EventsLost fact) {
    words.number("count", fact.count());
    if (fact.isNumbered()) {
      words.number("cpu", fact.cpu());
      words.number("first", fact.first());
      words.number("last", fact.last());
    }
    words.text("cause", fact.cause().name());
  }

  private void history(Words words, AuditedTask task, Header header) {
    History history = task.history();
    words.word(history.completeness().name());
    if (history.missingLinks() != 0) {
      words.number("missing", history.missingLinks());
    }
    words.word(text(history, header));
  }

  private String text(History history, Header header) {
    String text = form.of(history, header.wallOffsetNanos());
    return text.isEmpty() ? "-" : text;
  }
}
