package io.tasktrail.agent.ring;

import io.tasktrail.agent.ring.RecordLayout.Exec;
import io.tasktrail.agent.ring.RecordLayout.Exit;
import io.tasktrail.agent.ring.RecordLayout.Flag;
import io.tasktrail.agent.ring.RecordLayout.Fork;
import io.tasktrail.agent.ring.RecordLayout.Header;
import io.tasktrail.agent.ring.RecordLayout.Module;
import io.tasktrail.agent.ring.RecordLayout.Seen;
import io.tasktrail.agent.ring.RecordLayout.Signal;
import io.tasktrail.agent.ring.RecordLayout.Snapshot;
import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Image;
import io.tasktrail.event.ModuleOrigin;
import io.tasktrail.event.Place;
import io.tasktrail.event.TaskKey;
import java.util.OptionalInt;

/// Bytes of one record to an event. Pure: the same bytes give the same event.
final class RecordParser {

  /// include/linux/sched.h
  private static final int PF_FORKNOEXEC = 0x40;

  private static final int PF_KTHREAD = 0x200000;

  private RecordParser() {}

  /// Parses one record.
  ///
  /// @throws MalformedRecordException if it is not exactly one record of a known kind
  static KernelEvent parse(byte[] bytes, int length) {
    RecordBytes in = new RecordBytes(bytes, length);
    in.require(Header.END);
    if (in.unsigned(Header.SIZE) != length) {
      throw new MalformedRecordException(
          "a record of " + length + " bytes says that it has " + in.unsigned(Header.SIZE));
    }
    return new KernelEvent(
        in.int32(Header.CPU), in.int64(Header.SEQUENCE), in.int64(Header.BOOT_NS), fact(in));
  }

  /// Whether a page of argv was not in memory: what follows in argv is not in the record. Of a
  /// record that was parsed.
  static boolean hasArgumentFault(byte[] bytes, int length) {
    return new RecordBytes(bytes, length).flag(Flag.ARGV_FAULT);
  }

  private static Fact fact(RecordBytes in) {
    RecordKind kind =
        RecordKind.of(in.int32(Header.KIND))
            .orElseThrow(
                () ->
                    new MalformedRecordException(
                        "a record of unknown kind " + in.unsigned(Header.KIND)));
    return switch (kind) {
      case FORK -> forked(in);
      case EXEC -> executed(in);
      case EXIT -> exited(in);
      case MODULE_LOAD -> moduleLoaded(in);
      case MODULE_FREE -> moduleUnloaded(in);
      case SNAPSHOT_STARTED -> snapshotStarted(in);
      case TASK_SEEN -> taskSeen(in);
      case SNAPSHOT_FINISHED -> snapshotFinished(in);
      case SIGNAL -> signalled(in);
      case MODULE_LOAD_FAILED -> moduleLoadFailed(in);
      case MODULE_REQUESTED -> moduleRequested(in);
    };
  }

  private static Fact forked(RecordBytes in) {
    in.requireExactly(Fork.END);
    return new Fact.Forked(
        actor(in),
        task(in, Fork.CHILD),
        task(in, Fork.REAL_PARENT),
        in.int64(Fork.CLONE_FLAGS),
        in.int64(Fork.CGROUP));
  }

  private static Fact executed(RecordBytes in) {
    ExecTail tail = ExecTail.of(in);
    return new Fact.Executed(
        actor(in),
        task(in, Exec.REAL_PARENT),
        in.int32(Exec.OLD_PID),
        image(in, tail),
        arguments(in, tail),
        place(in, tail));
  }

  private static Image image(RecordBytes in, ExecTail tail) {
    return new Image(
        in.text(tail.filename(), tail.interpreter()),
        in.text(tail.interpreter(), tail.tty()),
        in.path(tail.exe(), tail.cwd(), Flag.EXE_CUT),
        in.unsigned(Exec.EXE_DEVICE),
        in.int64(Exec.EXE_INODE),
        in.flag(Flag.SECURE),
        in.flag(Flag.EXE_UNLINKED),
        in.int64(Exec.EXE_CTIME),
        ByteText.EMPTY);
  }

  private static Arguments arguments(RecordBytes in, ExecTail tail) {
    return new Arguments(
        in.strings(tail.argv(), tail.end()),
        in.unsigned(Exec.ARGC),
        in.int64(Exec.ARGV_TOTAL),
        in.flag(Flag.ARGV_CUT | Flag.ARGV_FAULT));
  }

  private static Place place(RecordBytes in, ExecTail tail) {
    return new Place(
        in.path(tail.cwd(), tail.cgroup(), Flag.CWD_CUT),
        in.text(tail.tty(), tail.exe()).toString(),
        new Place.Namespaces(
            in.unsigned(Exec.PID_NS),
            in.unsigned(Exec.MNT_NS),
            in.unsigned(Exec.NET_NS),
            in.unsigned(Exec.USER_NS)),
        in.int64(Exec.CGROUP),
        Cgroup.of(in.path(tail.cgroup(), tail.argv(), Flag.CGROUP_CUT)),
        in.unsigned(Exec.NS_PID));
  }

  private static Fact exited(RecordBytes in) {
    in.requireExactly(Exit.END);
    int status = in.int32(Exit.STATUS);
    int signal = status & 0x7f;
    return new Fact.Exited(
        actor(in),
        task(in, Exit.REAL_PARENT),
        signal == 0 ? OptionalInt.of(status >> 8 & 0xff) : OptionalInt.empty(),
        signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal),
        (status & 0x80) != 0,
        in.int32(Exit.OOM) != 0,
        in.int64(Exit.CPU_NS),
        in.int64(Exit.READ_BYTES),
        in.int64(Exit.WRITE_BYTES));
  }

  private static Fact signalled(RecordBytes in) {
    in.requireExactly(Signal.END);
    Actor sender = actor(in);
    TaskKey target = task(in, Signal.TARGET);
    SentSignal sent =
        new SentSignal(
            in.int32(Signal.SIGNAL),
            in.int32(Signal.CODE),
            in.int32(Signal.FROM_KERNEL) != 0,
            sender.task().equals(target));
    return new Fact.Signalled(sender, target, sent.number(), sent.code(), sent.origin());
  }

  private static Fact moduleLoaded(RecordBytes in) {
    in.require(Module.END);
    return new Fact.ModuleLoaded(
        actor(in), in.name(Module.NAME, Module.NAME_SIZE), in.int64(Module.TAINTS), origin(in));
  }

  private static Fact moduleLoadFailed(RecordBytes in) {
    in.require(Module.END);
    ModuleOrigin origin = origin(in);
    return new Fact.ModuleLoadFailed(
        actor(in), ModuleName.ofFile(origin.path()), in.int32(Module.ERROR), origin);
  }

  private static ModuleOrigin origin(RecordBytes in) {
    int parameters = in.advance(Module.END, Module.PATH_LEN);
    int end = in.advance(parameters, Module.PARAMETERS_LEN);
    in.requireExactly(end);
    return new ModuleOrigin(
        parameters == Module.END ? ByteText.EMPTY : in.path(Module.END, parameters, Flag.EXE_CUT),
        in.unsigned(Module.FILE_DEVICE),
        in.int64(Module.FILE_INODE),
        in.text(parameters, end),
        in.flag(Flag.ARGV_CUT | Flag.ARGV_FAULT),
        ByteText.EMPTY);
  }

  private static Fact moduleRequested(RecordBytes in) {
    in.requireExactly(Module.END);
    return new Fact.ModuleRequested(actor(in), in.name(Module.NAME, Module.NAME_SIZE));
  }

  private static Fact moduleUnloaded(RecordBytes in) {
    in.requireExactly(Module.END);
    return new Fact.ModuleUnloaded(actor(in), in.name(Module.NAME, Module.NAME_SIZE));
  }

  private static Fact snapshotStarted(RecordBytes in) {
    in.requireExactly(Snapshot.END);
    return new Fact.SnapshotStarted();
  }

  private static Fact snapshotFinished(RecordBytes in) {
    in.requireExactly(Snapshot.END);
    return new Fact.SnapshotFinished(in.int64(Snapshot.COUNT));
  }

  private static Fact taskSeen(RecordBytes in) {
    in.require(Seen.END);
    int cgroup = in.advance(Seen.END, Seen.EXE_LEN);
    int end = in.advance(cgroup, Seen.CGROUP_LEN);
    in.requireExactly(end);
    int flags = in.int32(Header.TASK_FLAGS);
    return new Fact.TaskSeen(
        actor(in),
        task(in, Seen.REAL_PARENT),
        cgroup == Seen.END ? ByteText.EMPTY : in.path(Seen.END, cgroup, Flag.EXE_CUT),
        Arguments.NONE,
        (flags & PF_FORKNOEXEC) != 0,
        (flags & PF_KTHREAD) != 0,
        in.int64(Seen.CGROUP),
        Cgroup.of(in.path(cgroup, end, Flag.CGROUP_CUT)));
  }

  private static Actor actor(RecordBytes in) {
    return new Actor(
        task(in, Header.TASK),
        in.int64(Header.EXEC_COUNT),
        in.name(Header.COMM, Header.COMM_SIZE),
        new Credentials(
            in.unsigned(Header.UID),
            in.unsigned(Header.EUID),
            in.unsigned(Header.GID),
            in.unsigned(Header.EGID),
            in.unsigned(Header.AUID),
            in.unsigned(Header.SESSION)));
  }

  private static TaskKey task(RecordBytes in, int offset) {
    return new TaskKey(
        in.int32(offset + RecordLayout.Task.PID), in.int64(offset + RecordLayout.Task.START));
  }

  /// Where each of the strings behind the fixed part of an exec begins, and where all end.
  private record ExecTail(
      int filename, int interpreter, int tty, int exe, int cwd, int cgroup, int argv, int end) {

    static ExecTail of(RecordBytes in) {
      in.require(Exec.END);
      int interpreter = in.advance(Exec.END, Exec.FILENAME_LEN);
      int tty = in.advance(interpreter, Exec.INTERP_LEN);
      int exe = in.advance(tty, Exec.TTY_LEN);
      int cwd = in.advance(exe, Exec.EXE_LEN);
      int cgroup = in.advance(cwd, Exec.CWD_LEN);
      int argv = in.advance(cgroup, Exec.CGROUP_LEN);
      int end = in.advance(argv, Exec.ARGV_LEN);
      in.requireExactly(end);
      return new ExecTail(Exec.END, interpreter, tty, exe, cwd, cgroup, argv, end);
    }
  }
}
