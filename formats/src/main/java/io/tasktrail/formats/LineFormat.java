package io.tasktrail.formats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tasktrail.event.Action;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.history.text.TextForm;

/// One line for people, `grep` and `awk`: words separated by single spaces, the history last.
///
///     TIME HOST ACTION [NAME=VALUE …] [revision=N] [COMPLETENESS [missing=N]] HISTORY
///
/// such as
///
///     2026-11-20T17:33:00.123456789Z web1 exec pid=812 exe=/bin/sh WHOLE comm=sh;start=…
///
/// The history is `-` where it has no entry (kernel threads, tasktracker form) and absent where the
/// event is of no task. Every byte of a value outside `[A-Za-z0-9._/-]` is `\ooo`, as in the
/// histories: no name can end a word or a line, or look like another's.
record LineFormat(String name, TextForm form) implements Format {

  @Override
  public byte[] format(AuditEvent audit) {
    Header header = audit.event().header();
    Fact fact = audit.event().fact();
    Words words = new Words();
    words.word(WallTime.of(header).show(header.bootNanos()));
    words.value(header.hostName());
    words.word(Action.of(fact));
    switch (fact) {
      case Fact.OfTask ofTask -> ofTask(words, ofTask);
      case Fact.OfCapture ofCapture -> ofCapture(words, ofCapture);
    }
    if (audit.revision() > 0) {
      words.number("revision", audit.revision());
    }
    audit.task().ifPresent(task -> history(words, task, header));
    return words.toString().getBytes(US_ASCII);
  }

  private static void ofTask(Words words, Fact.OfTask fact) {
    words.number("pid", Subject.of(fact).pid());
    switch (fact) {
      case Fact.Forked forked -> words.number("creator", forked.actor().task().pid());
      case Fact.Executed executed -> words.text("exe", executed.image().executable());
      case Fact.Exited exited -> exited(words, exited);
      case Fact.TaskSeen seen -> words.text("exe", seen.executable());
      case Fact.ModuleLoaded loaded -> {
        words.text("module", loaded.name());
        words.number("taints", loaded.taints());
      }
      case Fact.ModuleUnloaded unloaded -> words.text("module", unloaded.name());
    }
  }

  private static void exited(Words words, Fact.Exited fact) {
    fact.code().ifPresent(code -> words.number("code", code));
    fact.signal().ifPresent(signal -> words.number("signal", signal));
    if (fact.coreDumped()) {
      words.word("core");
    }
  }

  private static void ofCapture(Words words, Fact.OfCapture fact) {
    switch (fact) {
      case Fact.SnapshotStarted _, Fact.Unrecognized _ -> {}
      case Fact.SnapshotFinished finished -> words.number("tasks", finished.tasks());
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
    }
  }

  private static void lost(Words words, Fact.EventsLost fact) {
    words.number("count", fact.count());
    words.number("cpu", fact.cpu());
    words.number("first", fact.first());
    words.number("last", fact.last());
    words.text("cause", fact.cause().name());
  }

  private void history(Words words, AuditedTask task, Header header) {
    History history = task.history();
    words.word(history.completeness().name());
    if (history.missingLinks() != 0) {
      words.number("missing", history.missingLinks());
    }
    String text = form.of(history, header.wallOffsetNanos());
    words.word(text.isEmpty() ? "-" : text);
  }
}
