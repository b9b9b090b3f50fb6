package io.tasktrail.formats.audit;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Link;
import io.tasktrail.formats.facts.AuditKey;
import io.tasktrail.formats.facts.Subject;
import io.tasktrail.history.text.TextForm;
import java.util.Optional;
import java.util.OptionalLong;

/// Who made a system call, in the fields and the order in which audit says it.
record Caller(Records records, AuditEvent audit) {

  /// `AUDIT_ARCH_X86_64`, whose numbers of system calls are used.
  private static final String ARCH = "c000003e";

  /// Characters of a record: `MAX_AUDIT_MESSAGE_LENGTH` of audit's tools, less what follows the
  /// history.
  private static final int RECORD_MAX = 8970 - 512;

  /// The real user of a task that is known, else -1.
  long uid(Optional<AuditedTask> task) {
    return task.flatMap(Subject::image).map(Link::uid).orElse(-1L);
  }

  /// The task that a system call was about.
  void other(Optional<AuditedTask> task) {
    ByteText comm = task.flatMap(Subject::image).map(Link::comm).orElse(ByteText.EMPTY);
    records.untrustedOrNull("ocomm", comm);
  }

  /// @param executable of the caller; empty for that of its history
  void call(Fact.OfTask fact, Call call, ByteText executable) {
    records.record("SYSCALL").field("arch", ARCH).field("syscall", call.number());
    OptionalLong exit = call.exit();
    if (exit.isPresent()) {
      records.field("success", exit.getAsLong() < 0 ? "no" : "yes");
      records.field("exit", exit.getAsLong());
    }
    records.hex("a0", call.firstArgument()).hex("a1", call.secondArgument());
    records.field("a2", "0").field("a3", "0").field("items", "0");
    records.field("ppid", parent(fact)).field("pid", fact.actor().task().pid());
    identity(fact.actor().credentials());
    names(fact, executable);
    subject();
    records.field("key", key(fact));
    records.field("op", AuditFormat.operation(audit));
  }

  /// The record of type 1340.
  void history(AuditedTask task) {
    long offset = audit.event().header().wallOffsetNanos();
    String text = TextForm.TASKHISTORY.of(task.history(), offset);
    records.record("UNKNOWN[1340]").field("history", '"' + text + '"');
  }

  /// A death of the kind that audit calls abnormal.
  void abend(Fact.Exited fact) {
    Credentials credentials = fact.actor().credentials();
    records.record("ANOM_ABEND").field("auid", credentials.auid());
    records.field("uid", credentials.uid()).field("gid", credentials.gid());
    records.field("ses", credentials.session());
    subject();
    records.field("pid", fact.actor().task().pid());
    records.untrusted("comm", fact.actor().comm());
    records.untrustedOrNull("exe", executable());
    records.field("sig", fact.signal().orElse(0)).field("res", 1);
    records.field("op", AuditFormat.operation(audit));
  }

  /// Of a fork the history is the child's, whose parent is the caller: the caller's own is not
  /// known then, as none is that is 0.
  private int parent(Fact.OfTask fact) {
    return fact instanceof Fact.Forked
        ? 0
        : audit.task().map(task -> task.parent().task().pid()).orElse(0);
  }

  private void identity(Credentials credentials) {
    records.field("auid", credentials.auid());
    records.field("uid", credentials.uid()).field("gid", credentials.gid());
    records.field("euid", credentials.euid()).field("suid", credentials.euid());
    records.field("fsuid", credentials.euid()).field("egid", credentials.egid());
    records.field("sgid", credentials.egid()).field("fsgid", credentials.egid());
  }

  private void names(Fact.OfTask fact, ByteText executable) {
    String tty = fact instanceof Fact.Executed executed ? executed.place().tty() : "";
    records.field("tty", tty.isEmpty() ? "(none)" : word(tty));
    records.field("ses", fact.actor().credentials().session());
    records.untrusted("comm", fact.actor().comm());
    records.untrustedOrNull("exe", executable.isEmpty() ? executable() : executable);
  }

  private static String word(String tty) {
    ByteText text = ByteText.of(tty);
    return Untrusted.isPlain(text) && text.length() <= Untrusted.MOST
        ? tty
        : Untrusted.bounded(text);
  }

  ByteText executable() {
    return audit.task().flatMap(Subject::image).map(Link::executable).orElse(ByteText.EMPTY);
  }

  /// The history, in quotes: it holds no quote and no space.
  void subject() {
    long offset = audit.event().header().wallOffsetNanos();
    int most = Math.clamp(RECORD_MAX - records.length(), TextForm.LEAST_MAX_BYTES, 4096);
    audit
        .task()
        .map(task -> TextForm.TASKTRACKER.of(task.history(), offset, most))
        .ifPresent(text -> records.field("subj", '"' + text + '"'));
  }

  private static String key(Fact.OfTask fact) {
    return AuditKey.of(fact).map(key -> Untrusted.bounded(ByteText.of(key))).orElse("(null)");
  }
}
