package io.tasktrail.formats.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tasktrail.event.Action;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskKey;
import io.tasktrail.formats.facts.Subject;
import java.util.List;

/// A group of audit records: what the kernel's audit writes of a system call, where the event is
/// one; `ANOM_ABEND` of a death that dumps core; `TRUSTED_APP` for all else.
///
/// The history stands in `subj=`, as TaskTracker has it, and in a record of type 1340, as the patch
/// of 2023 has it. System calls have the numbers of x86_64, whatever the host is. All that a
/// process chose is encoded as the kernel does it ([Untrusted]). The first record of a group says
/// `op=tasktrail-ACTION`.
///
/// To audit's tools a record of a program, and one of `ANOM_ABEND`, is a whole event, and
/// `PROCTITLE` ends one: so the former have no record 1340, and the latter is the last. A module
/// that was removed has no record `KERN_MODULE`, which they read as one that was loaded; its name
/// is a field of the system call.
public final class AuditFormat {

  private static final int EXECVE = 59;
  private static final int CLONE = 56;
  private static final int KILL = 62;
  private static final int INIT_MODULE = 175;
  private static final int DELETE_MODULE = 176;
  private static final int EXIT_GROUP = 231;
  private static final int FINIT_MODULE = 313;

  /// Bytes of a title: `MAX_PROCTITLE_AUDIT_LEN` of the kernel.
  private static final int TITLE_MAX = 128;

  private final AuditEvent audit;
  private final Records records;
  private final Caller caller;

  private AuditFormat(AuditEvent audit) {
    this.audit = audit;
    this.records = new Records(Stamp.of(audit));
    this.caller = new Caller(records, audit);
  }

  /// The event as a group of lines, of ASCII.
  public static byte[] format(AuditEvent audit) {
    return new AuditFormat(audit).group().getBytes(US_ASCII);
  }

  private String group() {
    if (audit.notice().isEmpty() && audit.event().fact() instanceof Fact.OfTask fact) {
      ofTask(fact);
    } else {
      new Note(records, audit).write();
    }
    if (records.isOfSyscall()) {
      audit.task().ifPresent(caller::history);
      title();
    }
    return records.toString();
  }

  private void ofTask(Fact.OfTask fact) {
    switch (fact) {
      case Fact.Forked forked ->
          caller.call(
              forked,
              new Call(CLONE, forked.child().pid(), forked.cloneFlags(), 0),
              ByteText.EMPTY);
      case Fact.Executed executed -> executed(executed);
      case Fact.ExecFailed failed -> {
        caller.call(failed, Call.failed(EXECVE, failed.errno()), ByteText.EMPTY);
        path(failed.filename());
      }
      case Fact.Exited exited -> exited(exited);
      case Fact.Signalled sent -> signalled(sent);
      case Fact.ModuleLoaded loaded -> {
        caller.call(loaded, Call.of(load(loaded.origin().path())), ByteText.EMPTY);
        module(loaded.name());
      }
      case Fact.ModuleLoadFailed failed -> {
        int number = load(failed.origin().path());
        caller.call(failed, Call.failed(number, failed.errno()), ByteText.EMPTY);
        module(failed.name());
      }
      case Fact.ModuleUnloaded unloaded -> {
        caller.call(unloaded, Call.of(DELETE_MODULE), ByteText.EMPTY);
        records.untrusted("name", unloaded.name());
      }
      case Fact.TaskSeen _, Fact.ModuleRequested _, Fact.AuditRecord _ ->
          new Note(records, audit).write();
    }
  }

  private static int load(ByteText path) {
    return path.isEmpty() ? INIT_MODULE : FINIT_MODULE;
  }

  private void module(ByteText name) {
    if (!name.isEmpty()) {
      records.record("KERN_MODULE").untrusted("name", name);
    }
  }

  private void executed(Fact.Executed fact) {
    caller.call(fact, Call.of(EXECVE), fact.image().executable());
    new Execve(records).write(fact.arguments());
    if (!fact.place().cwd().isEmpty()) {
      records.record("CWD").untrusted("cwd", fact.place().cwd());
    }
    path(fact.image().filename());
    if (fact.image().inode() != 0) {
      long device = fact.image().device();
      records
          .field("inode", Long.toUnsignedString(fact.image().inode()))
          .field("dev", "%02x:%02x".formatted(device >>> 20, device & 0xFFFFF));
    }
    records.field("nametype", "NORMAL");
  }

  private void path(ByteText filename) {
    records.record("PATH").field("item", 0).untrustedOrNull("name", filename);
  }

  /// What ends the event.
  private void title() {
    if (audit.event().fact() instanceof Fact.Executed executed) {
      title(executed.arguments().values());
    } else if (!Subject.commandLine(audit).isEmpty()) {
      title(List.of(Subject.commandLine(audit)));
    }
  }

  private void title(List<ByteText> arguments) {
    ByteText joined = ByteText.joined(arguments, (byte) 0, TITLE_MAX);
    records.record("PROCTITLE").field("proctitle", Untrusted.of(joined));
  }

  private void exited(Fact.Exited fact) {
    if (fact.code().isPresent()) {
      caller.call(fact, Call.ending(EXIT_GROUP, fact.code().getAsInt()), ByteText.EMPTY);
    } else if (fact.coreDumped()) {
      caller.abend(fact);
    } else {
      new Note(records, audit).write();
    }
  }

  /// What no task sent is no system call.
  private void signalled(Fact.Signalled fact) {
    if (fact.origin() != SignalOrigin.TASK) {
      new Note(records, audit).write();
      return;
    }
    TaskKey target = fact.target();
    caller.call(fact, new Call(KILL, 0, target.pid(), fact.signal()), ByteText.EMPTY);
    records.record("OBJ_PID").field("opid", target.pid());
    records.field("oauid", -1).field("ouid", caller.uid(audit.other())).field("oses", -1);
    caller.other(audit.other());
  }

  /// What an event is called where no system call says it.
  static String operation(AuditEvent audit) {
    return "tasktrail-" + Action.of(audit);
  }
}
