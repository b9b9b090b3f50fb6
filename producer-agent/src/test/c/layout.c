// SPDX-License-Identifier: Apache-2.0
/* Prints where the C compiler puts each field of record.h, by the name that RecordLayout.java gives it. */
#include <stddef.h>
#include <stdio.h>

#include <linux/bpf.h>

#include "record.h"

#define AT(class, NAME, type, field) printf(#class "." #NAME " %zu\n", offsetof(struct tasktrail_##type, field))
#define SIZE(class, NAME, type, field) printf(#class "." #NAME " %zu\n", sizeof(((struct tasktrail_##type *)0)->field))
#define END(class, type) printf(#class ".END %zu\n", sizeof(struct tasktrail_##type))
#define VALUE(class, NAME) printf(#class "." #NAME " %d\n", TASKTRAIL_##NAME)

int main(void)
{
  AT(Task, START, task, start);
  AT(Task, PID, task, pid);

  AT(Header, KIND, header, kind);
  AT(Header, SIZE, header, size);
  AT(Header, CPU, header, cpu);
  AT(Header, FLAGS, header, flags);
  AT(Header, SEQUENCE, header, sequence);
  AT(Header, BOOT_NS, header, boot_ns);
  AT(Header, TASK, header, task);
  AT(Header, EXEC_COUNT, header, exec_count);
  AT(Header, UID, header, uid);
  AT(Header, GID, header, gid);
  AT(Header, EUID, header, euid);
  AT(Header, EGID, header, egid);
  AT(Header, AUID, header, auid);
  AT(Header, SESSION, header, session);
  AT(Header, TASK_FLAGS, header, task_flags);
  AT(Header, COMM, header, comm);
  SIZE(Header, COMM_SIZE, header, comm);
  END(Header, header);

  AT(Fork, CHILD, fork, child);
  AT(Fork, REAL_PARENT, fork, real_parent);
  AT(Fork, CLONE_FLAGS, fork, clone_flags);
  AT(Fork, CGROUP, fork, cgroup);
  END(Fork, fork);

  AT(Exec, REAL_PARENT, exec, real_parent);
  AT(Exec, CGROUP, exec, cgroup);
  AT(Exec, EXE_INODE, exec, exe_inode);
  AT(Exec, ARGV_TOTAL, exec, argv_total);
  AT(Exec, EXE_CTIME, exec, exe_ctime);
  AT(Exec, EXE_DEVICE, exec, exe_device);
  AT(Exec, ARGC, exec, argc);
  AT(Exec, OLD_PID, exec, old_pid);
  AT(Exec, NS_PID, exec, ns_pid);
  AT(Exec, PID_NS, exec, pid_ns);
  AT(Exec, MNT_NS, exec, mnt_ns);
  AT(Exec, NET_NS, exec, net_ns);
  AT(Exec, USER_NS, exec, user_ns);
  AT(Exec, FILENAME_LEN, exec, filename_len);
  AT(Exec, INTERP_LEN, exec, interp_len);
  AT(Exec, TTY_LEN, exec, tty_len);
  AT(Exec, EXE_LEN, exec, exe_len);
  AT(Exec, CWD_LEN, exec, cwd_len);
  AT(Exec, CGROUP_LEN, exec, cgroup_len);
  AT(Exec, ARGV_LEN, exec, argv_len);
  END(Exec, exec);

  AT(Exit, REAL_PARENT, exit, real_parent);
  AT(Exit, STATUS, exit, status);
  AT(Exit, OOM, exit, oom);
  AT(Exit, CPU_NS, exit, cpu_ns);
  AT(Exit, READ_BYTES, exit, read_bytes);
  AT(Exit, WRITE_BYTES, exit, write_bytes);
  END(Exit, exit);

  AT(Signal, TARGET, signal, target);
  AT(Signal, SIGNAL, signal, signal);
  AT(Signal, CODE, signal, code);
  AT(Signal, FROM_KERNEL, signal, from_kernel);
  END(Signal, signal);

  AT(Module, TAINTS, module, taints);
  AT(Module, NAME, module, name);
  SIZE(Module, NAME_SIZE, module, name);
  AT(Module, FILE_INODE, module, file_inode);
  AT(Module, FILE_DEVICE, module, file_device);
  AT(Module, ERROR, module, error);
  AT(Module, PATH_LEN, module, path_len);
  AT(Module, PARAMETERS_LEN, module, parameters_len);
  END(Module, module);

  AT(Seen, REAL_PARENT, seen, real_parent);
  AT(Seen, CGROUP, seen, cgroup);
  AT(Seen, EXE_LEN, seen, exe_len);
  AT(Seen, CGROUP_LEN, seen, cgroup_len);
  END(Seen, seen);

  AT(Snapshot, COUNT, snapshot, count);
  END(Snapshot, snapshot);

  AT(Meta, MAGIC, meta, magic);
  AT(Meta, LAYOUT, meta, layout);
  AT(Meta, GENERATION, meta, generation);
  AT(Meta, CAPTURE_ID, meta, capture_id);
  AT(Meta, ARMED_BOOT_NS, meta, armed_boot_ns);
  AT(Meta, RING_BYTES, meta, ring_bytes);
  AT(Meta, CPUS, meta, cpus);
  AT(Meta, ARGV_BOUND, meta, argv_bound);
  AT(Meta, ARMED_PID, meta, armed_pid);
  AT(Meta, MODULES, meta, modules);
  AT(Meta, VERSION, meta, version);
  SIZE(Meta, VERSION_SIZE, meta, version);
  AT(Meta, HOW, meta, how);
  SIZE(Meta, HOW_SIZE, meta, how);
  AT(Meta, RETIRED_BOOT_NS, meta, retired_boot_ns);
  END(Meta, meta);

  AT(Control, OPEN, control, open);
  END(Control, control);

  AT(Counter, SEQUENCE, counter, sequence);
  AT(Counter, LOST, counter, lost);
  SIZE(Counter, LOST_SIZE, counter, lost);
  END(Counter, counter);

  AT(Progress, DELIVERED, progress, delivered);
  AT(Progress, LOST, progress, lost);
  END(Progress, progress);

  AT(Reader, SIDE, reader, side);
  AT(Reader, PROGRESS, reader, progress);
  AT(Reader, SEQUENCE, reader, sequence);
  AT(Reader, HOLDER, reader, holder);
  AT(Reader, DONE, reader, done);
  END(Reader, reader);

  printf("ProgramInfo.RECURSION_MISSES %zu\n", offsetof(struct bpf_prog_info, recursion_misses));

  VALUE(Flag, EXE_CUT);
  VALUE(Flag, CWD_CUT);
  VALUE(Flag, EXE_UNLINKED);
  VALUE(Flag, ARGV_CUT);
  VALUE(Flag, ARGV_FAULT);
  VALUE(Flag, SECURE);
  VALUE(Flag, CGROUP_CUT);

  VALUE(RecordKind, FORK);
  VALUE(RecordKind, EXEC);
  VALUE(RecordKind, EXIT);
  VALUE(RecordKind, MODULE_LOAD);
  VALUE(RecordKind, MODULE_FREE);
  VALUE(RecordKind, SNAPSHOT_STARTED);
  VALUE(RecordKind, TASK_SEEN);
  VALUE(RecordKind, SNAPSHOT_FINISHED);
  VALUE(RecordKind, MODULE_LOAD_FAILED);
  VALUE(RecordKind, MODULE_REQUESTED);
  VALUE(RecordKind, SIGNAL);
  return 0;
}
