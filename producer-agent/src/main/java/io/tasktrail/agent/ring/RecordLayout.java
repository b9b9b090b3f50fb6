package io.tasktrail.agent.ring;

/// Where the fields of the records stand: `src/main/bpf/record.h`, which a test compares with this.
final class RecordLayout {

  private RecordLayout() {}

  /// `struct tasktrail_task`.
  static final class Task {
    static final int START = 0;
    static final int PID = 8;

    private Task() {}
  }

  /// `struct tasktrail_header`.
  static final class Header {
    static final int KIND = 0;
    static final int SIZE = 4;
    static final int CPU = 8;
    static final int FLAGS = 12;
    static final int SEQUENCE = 16;
    static final int BOOT_NS = 24;
    static final int TASK = 32;
    static final int EXEC_COUNT = 48;
    static final int UID = 60;
    static final int GID = 64;
    static final int EUID = 68;
    static final int EGID = 72;
    static final int AUID = 76;
    static final int SESSION = 80;
    static final int TASK_FLAGS = 84;
    static final int COMM = 88;
    static final int COMM_SIZE = 16;
    static final int END = 104;

    private Header() {}
  }

  /// `struct tasktrail_fork`.
  static final class Fork {
    static final int CHILD = 104;
    static final int REAL_PARENT = 120;
    static final int CLONE_FLAGS = 136;
    static final int CGROUP = 144;
    static final int END = 160;

    private Fork() {}
  }

  /// `struct tasktrail_exec`.
  static final class Exec {
    static final int REAL_PARENT = 104;
    static final int CGROUP = 120;
    static final int EXE_INODE = 128;
    static final int ARGV_TOTAL = 136;
    static final int EXE_CTIME = 144;
    static final int EXE_DEVICE = 152;
    static final int ARGC = 156;
    static final int OLD_PID = 160;
    static final int NS_PID = 164;
    static final int PID_NS = 168;
    static final int MNT_NS = 172;
    static final int NET_NS = 176;
    static final int USER_NS = 180;
    static final int FILENAME_LEN = 184;
    static final int INTERP_LEN = 188;
    static final int TTY_LEN = 192;
    static final int EXE_LEN = 196;
    static final int CWD_LEN = 200;
    static final int CGROUP_LEN = 204;
    static final int ARGV_LEN = 208;
    static final int END = 216;

    private Exec() {}
  }

  /// `struct tasktrail_exit`.
  static final class Exit {
    static final int REAL_PARENT = 104;
    static final int STATUS = 120;
    static final int OOM = 124;
    static final int CPU_NS = 128;
    static final int READ_BYTES = 136;
    static final int WRITE_BYTES = 144;
    static final int END = 152;

    private Exit() {}
  }

  /// `struct tasktrail_signal`.
  static final class Signal {
    static final int TARGET = 104;
    static final int SIGNAL = 120;
    static final int CODE = 124;
    static final int FROM_KERNEL = 128;
    static final int END = 136;

    private Signal() {}
  }

  /// `struct tasktrail_module`.
  static final class Module {
    static final int TAINTS = 104;
    static final int NAME = 112;
    static final int NAME_SIZE = 56;
    static final int FILE_INODE = 168;
    static final int FILE_DEVICE = 176;
    static final int ERROR = 180;
    static final int PATH_LEN = 184;
    static final int PARAMETERS_LEN = 188;
    static final int END = 192;

    private Module() {}
  }

  /// `struct tasktrail_seen`.
  static final class Seen {
    static final int REAL_PARENT = 104;
    static final int CGROUP = 120;
    static final int EXE_LEN = 128;
    static final int CGROUP_LEN = 132;
    static final int END = 136;

    private Seen() {}
  }

  /// `struct tasktrail_snapshot`.
  static final class Snapshot {
    static final int COUNT = 104;
    static final int END = 112;

    private Snapshot() {}
  }

  /// `struct tasktrail_meta`.
  static final class Meta {
    static final int MAGIC = 0;
    static final int LAYOUT = 8;
    static final int GENERATION = 12;
    static final int CAPTURE_ID = 16;
    static final int ARMED_BOOT_NS = 32;
    static final int RING_BYTES = 40;
    static final int CPUS = 48;
    static final int ARGV_BOUND = 52;
    static final int ARMED_PID = 56;
    static final int MODULES = 60;
    static final int VERSION = 64;
    static final int VERSION_SIZE = 32;
    static final int HOW = 96;
    static final int HOW_SIZE = 64;
    static final int RETIRED_BOOT_NS = 160;
    static final int END = 256;

    private Meta() {}
  }

  /// `struct tasktrail_control`.
  static final class Control {
    static final int OPEN = 0;
    static final int END = 24;

    private Control() {}
  }

  /// `struct tasktrail_counter`.
  static final class Counter {
    static final int SEQUENCE = 0;
    static final int LOST = 8;
    static final int LOST_SIZE = 120;
    static final int END = 128;

    private Counter() {}
  }

  /// `struct tasktrail_progress`.
  static final class Progress {
    static final int DELIVERED = 0;
    static final int LOST = 8;
    static final int END = 16;

    private Progress() {}
  }

  /// `struct tasktrail_reader`.
  static final class Reader {
    static final int SIDE = 0;
    static final int PROGRESS = 8;
    static final int SEQUENCE = 40;
    static final int HOLDER = 48;
    static final int DONE = 56;
    static final int END = 64;

    private Reader() {}
  }

  /// `struct bpf_prog_info` of linux/bpf.h, up to what is asked for here.
  static final class ProgramInfo {
    static final int RECURSION_MISSES = 208;

    private ProgramInfo() {}
  }

  /// `enum tasktrail_flag`.
  static final class Flag {
    static final int EXE_CUT = 1 << 0;
    static final int CWD_CUT = 1 << 1;
    static final int EXE_UNLINKED = 1 << 4;
    static final int ARGV_CUT = 1 << 5;
    static final int ARGV_FAULT = 1 << 6;
    static final int SECURE = 1 << 7;
    static final int CGROUP_CUT = 1 << 8;

    private Flag() {}
  }
}
