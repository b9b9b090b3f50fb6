package io.tasktrail.agent.ring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.agent.ring.RecordLayout.Exec;
import io.tasktrail.agent.ring.RecordLayout.Exit;
import io.tasktrail.agent.ring.RecordLayout.Fork;
import io.tasktrail.agent.ring.RecordLayout.Header;
import io.tasktrail.agent.ring.RecordLayout.Module;
import io.tasktrail.agent.ring.RecordLayout.Seen;
import io.tasktrail.agent.ring.RecordLayout.Signal;
import io.tasktrail.agent.ring.RecordLayout.Snapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Records as the kernel side writes them.
final class Records {

  static final int PID = 4242;
  static final long START = 1_000_000_007L;

  private Records() {}

  static byte[] fork(int cpu, long sequence) {
    return record(RecordKind.FORK, Fork.END, cpu, sequence)
        .putLong(Fork.CHILD, START + 1)
        .putInt(Fork.CHILD + 8, PID + 1)
        .putLong(Fork.REAL_PARENT, START + 2)
        .putInt(Fork.REAL_PARENT + 8, PID + 2)
        .putLong(Fork.CLONE_FLAGS, 0x4111)
        .putLong(Fork.CGROUP, 77)
        .array();
  }

  static byte[] exit(int cpu, long sequence, int status) {
    return record(RecordKind.EXIT, Exit.END, cpu, sequence)
        .putInt(Exit.STATUS, status)
        .putLong(Exit.CPU_NS, 5)
        .putLong(Exit.READ_BYTES, 6)
        .putLong(Exit.WRITE_BYTES, 7)
        .array();
  }

  /// To another task.
  static byte[] signal(int number, int code, boolean fromKernel) {
    return signal(number, code, fromKernel, PID + 1);
  }

  static byte[] signal(int number, int code, boolean fromKernel, int target) {
    return record(RecordKind.SIGNAL, Signal.END, 0, 1)
        .putLong(Signal.TARGET, START)
        .putInt(Signal.TARGET + 8, target)
        .putInt(Signal.SIGNAL, number)
        .putInt(Signal.CODE, code)
        .putInt(Signal.FROM_KERNEL, fromKernel ? 1 : 0)
        .array();
  }

  /// A module with a file and parameters.
  static byte[] moduleOf(RecordKind kind, int flags, String path, String parameters) {
    byte[] tail = (path + parameters).getBytes(ISO_8859_1);
    return record(kind, Module.END + tail.length, 0, 1)
        .putInt(Header.FLAGS, flags)
        .put(Module.NAME, "dummy".getBytes(UTF_8))
        .putLong(Module.FILE_INODE, 77)
        .putInt(Module.FILE_DEVICE, 8 << 20 | 1)
        .putInt(Module.ERROR, 8)
        .putInt(Module.PATH_LEN, path.length())
        .putInt(Module.PARAMETERS_LEN, parameters.length())
        .put(Module.END, tail)
        .array();
  }

  static byte[] module(RecordKind kind) {
    return record(kind, Module.END, 0, 1)
        .putLong(Module.TAINTS, 0x1000)
        .put(Module.NAME, "dummy".getBytes(UTF_8))
        .array();
  }

  static byte[] snapshot(RecordKind kind, long sequence, long count) {
    return record(kind, Snapshot.END, -2, sequence).putLong(Snapshot.COUNT, count).array();
  }

  /// A task that started at a time.
  static byte[] seen(long sequence, int pid, long start) {
    byte[] tail = "sleep\0bin\0usr\0c.scope\0".getBytes(UTF_8);
    return record(RecordKind.TASK_SEEN, Seen.END + tail.length, -2, sequence)
        .putInt(Header.TASK + 8, pid)
        .putLong(Header.TASK, start)
        .putInt(Header.TASK_FLAGS, 0x40)
        .putInt(Seen.EXE_LEN, tail.length - 8)
        .putInt(Seen.CGROUP_LEN, 8)
        .put(Seen.END, tail)
        .array();
  }

  static byte[] exec(int flags, String argv) {
    String tail = "./s.sh" + "/bin/sh" + "pts1" + "dash\0bin\0usr\0" + "tmp\0" + "c.scope\0" + argv;
    return record(RecordKind.EXEC, Exec.END + tail.length(), 1, 9)
        .putInt(Header.FLAGS, flags)
        .putInt(Exec.FILENAME_LEN, 6)
        .putInt(Exec.INTERP_LEN, 7)
        .putInt(Exec.TTY_LEN, 4)
        .putInt(Exec.EXE_LEN, 13)
        .putInt(Exec.CWD_LEN, 4)
        .putInt(Exec.CGROUP_LEN, 8)
        .putInt(Exec.ARGV_LEN, argv.length())
        .putInt(Exec.ARGC, 3)
        .putLong(Exec.ARGV_TOTAL, argv.length())
        .putInt(Exec.OLD_PID, PID)
        .putInt(Exec.PID_NS, -1)
        .putInt(Exec.NS_PID, 7)
        .putLong(Exec.EXE_INODE, 1234)
        .putLong(Exec.EXE_CTIME, 5678)
        .putInt(Exec.EXE_DEVICE, 8 << 20 | 1)
        .put(Exec.END, tail.getBytes(UTF_8))
        .array();
  }

  private static ByteBuffer record(RecordKind kind, int size, int cpu, long sequence) {
    return ByteBuffer.allocate(size)
        .order(ByteOrder.nativeOrder())
        .putInt(Header.KIND, kind.number())
        .putInt(Header.SIZE, size)
        .putInt(Header.CPU, cpu)
        .putLong(Header.SEQUENCE, sequence)
        .putLong(Header.BOOT_NS, 1000 * sequence)
        .putLong(Header.TASK, START)
        .putInt(Header.TASK + 8, PID)
        .putLong(Header.EXEC_COUNT, 6)
        .putInt(Header.UID, 1)
        .putInt(Header.GID, 2)
        .putInt(Header.EUID, 3)
        .putInt(Header.EGID, 4)
        .putInt(Header.AUID, -1)
        .putInt(Header.SESSION, 5)
        .put(Header.COMM, "sixteen-letters\0".getBytes(UTF_8));
  }
}
