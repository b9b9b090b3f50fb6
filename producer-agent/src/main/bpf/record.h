/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the kernel side writes and user space reads: the records of the ring and the three small maps beside it.
 * Shared by the BPF programs, the loader and the test that holds io.tasktrail.agent.ring against it.
 *
 * Integers are in the byte order of the host. Times are nanoseconds of CLOCK_BOOTTIME. Ids of tasks and users are those of
 * the initial namespaces. A change of any layout raises TASKTRAIL_LAYOUT: a reader refuses a layout that it does not know.
 * What the loaders and agents of two versions say to each other when one replaces the other keeps its place in every layout:
 * meta, reader and control.
 */
#ifndef TASKTRAIL_RECORD_H
#define TASKTRAIL_RECORD_H

#ifndef __bpf__
#include <linux/types.h>
#endif

#define TASKTRAIL_MAGIC 0x6c696172746b7374ULL /* the bytes "tsktrail" on a little-endian host */
#ifndef TASKTRAIL_LAYOUT /* a test gives another */
#define TASKTRAIL_LAYOUT 3
#endif

/* Two cpus that do not exist have counters of their own, so that every sequence belongs to exactly one writer. */
#define TASKTRAIL_CPU_SNAPSHOT (-2)
#define TASKTRAIL_CPU_AGENT (-1)
/* The entry of a cpu in the maps counters and reader is cpu + TASKTRAIL_CPU_OFFSET. */
#define TASKTRAIL_CPU_OFFSET 2

#define TASKTRAIL_ARGV_MAX 65536  /* bytes of argv in one record, at most (meta.argv_bound may be less) */
#define TASKTRAIL_PATH_MAX 4096   /* bytes of one path or file name, at most (the kernel's PATH_MAX) */
#define TASKTRAIL_NAME_SLOT 256   /* one path component and its NUL */
#define TASKTRAIL_PARAMETERS_MAX 4096 /* bytes of a module's parameters and their NUL, at most */

enum tasktrail_kind {
  TASKTRAIL_FORK = 1,
  TASKTRAIL_EXEC = 2,
  TASKTRAIL_EXIT = 3,
  TASKTRAIL_MODULE_LOAD = 4,
  TASKTRAIL_MODULE_FREE = 5,
  TASKTRAIL_SNAPSHOT_STARTED = 6,
  TASKTRAIL_TASK_SEEN = 7,
  TASKTRAIL_SNAPSHOT_FINISHED = 8,
  TASKTRAIL_MODULE_LOAD_FAILED = 9,
  TASKTRAIL_MODULE_REQUESTED = 10,
  TASKTRAIL_SIGNAL = 11,
  TASKTRAIL_KINDS = 15, /* kinds 1 to 14 have a loss counter; 0 is not used */
};

/* record_header.flags. Of module records: EXE_* say it of the module's file, ARGV_* of its parameters. */
enum tasktrail_flag {
  TASKTRAIL_EXE_CUT = 1 << 0,      /* the walk of the exe path stopped before the root: the leading part is missing */
  TASKTRAIL_CWD_CUT = 1 << 1,      /* the same for the working directory */
  TASKTRAIL_EXE_DETACHED = 1 << 2, /* the exe hangs in no directory tree: a memfd, or a file of a detached mount */
  TASKTRAIL_CWD_DETACHED = 1 << 3,
  TASKTRAIL_EXE_UNLINKED = 1 << 4, /* the exe's inode has no name any more: deleted, or never had one */
  TASKTRAIL_ARGV_CUT = 1 << 5,     /* argv is longer than the bound: argv_len < argv_total */
  TASKTRAIL_ARGV_FAULT = 1 << 6,   /* a page of argv was not in memory: what follows argv_len could not be read */
  TASKTRAIL_SECURE = 1 << 7,       /* the exec gained privilege (set-id or file capabilities): AT_SECURE */
  TASKTRAIL_CGROUP_CUT = 1 << 8,   /* the walk of the cgroup's path stopped before the root */
};

struct tasktrail_task {
  __u64 start; /* start_boottime of the thread group's leader */
  __u32 pid;   /* tgid */
  __u32 reserved;
};

/* Who acted, and when. Of TASK_SEEN: who was seen. */
struct tasktrail_header {
  __u32 kind;
  __u32 size; /* of the whole record, this header included */
  __s32 cpu;
  __u32 flags;
  __u64 sequence; /* of this cpu: the first is 1; assigned before the record is written, so that a loss is a gap */
  __u64 boot_ns;
  struct tasktrail_task task;
  __u64 exec_count; /* task->self_exec_id */
  __u32 tid;        /* the acting thread */
  __u32 uid;
  __u32 gid;
  __u32 euid;
  __u32 egid;
  __u32 auid;    /* 0xffffffff: never set */
  __u32 session; /* 0xffffffff: never set */
  __u32 task_flags; /* PF_* of include/linux/sched.h: PF_KTHREAD, PF_FORKNOEXEC */
  char comm[16]; /* of the group's leader */
};

struct tasktrail_fork {
  struct tasktrail_header header; /* the creator */
  struct tasktrail_task child;
  struct tasktrail_task real_parent; /* of the child; not the creator where CLONE_PARENT is given */
  __u64 clone_flags;
  __u64 cgroup; /* of the child: the id of its cgroup in the v2 hierarchy */
  __u32 child_flags;
  __u32 reserved;
};

/*
 * Followed by filename, interpreter, tty, exe, cwd, cgroup and argv, in that order, without padding. Paths are walked to the
 * root of the mount namespace: of a process in a chroot they are those outside. The cgroup's is walked to the root of its
 * hierarchy, whatever the cgroup namespace; where there are several hierarchies, of that in which it is deepest.
 */
struct tasktrail_exec {
  struct tasktrail_header header;
  struct tasktrail_task real_parent;
  __u64 cgroup;
  __u64 exe_inode;
  __u64 argv_total; /* bytes of the whole argv */
  __u64 exe_ctime;  /* when the exe's inode was last changed: nanoseconds since 1970; 0: this kernel has it elsewhere */
  __u32 exe_device; /* major << 20 | minor */
  __u32 argc;       /* the true count */
  __u32 old_pid;    /* the thread id before a thread other than the leader took the leader's place; else the pid */
  __u32 ns_pid;     /* the pid in its own pid namespace */
  __u32 pid_ns;     /* inode numbers of the namespaces */
  __u32 mnt_ns;
  __u32 net_ns;
  __u32 user_ns;
  __u32 filename_len; /* as given to execve, no NUL */
  __u32 interp_len;   /* 0: the file itself was executed */
  __u32 tty_len;      /* 0: none */
  __u32 exe_len;      /* components, leaf first, each with its NUL; 0: the root directory */
  __u32 cwd_len;      /* likewise */
  __u32 cgroup_len;   /* likewise */
  __u32 argv_len;     /* bytes that follow */
  __u32 reserved;
};

struct tasktrail_exit {
  struct tasktrail_header header;
  struct tasktrail_task real_parent;
  __u32 status; /* as wait(2) would report it: code << 8, or signal | 0x80 if core was dumped */
  __u32 oom;    /* 1: it was chosen to die because memory ran out */
  __u64 cpu_ns; /* on a cpu, all threads, up to the last tick or switch */
  __u64 read_bytes;
  __u64 write_bytes;
};

/*
 * A signal that ends its target. The header's task is the one that the kernel was at work for when it was sent; of a
 * timer, whose expiry interrupts whoever runs, it is the target.
 */
struct tasktrail_signal {
  struct tasktrail_header header;
  struct tasktrail_task target;
  __u32 signal;
  __s32 code;        /* si_code, as the target is told */
  __u32 from_kernel; /* 1: no system call of sending: the kernel's own code sent it, and made up the code */
  __u32 reserved;
};

/*
 * MODULE_LOAD and MODULE_LOAD_FAILED are followed by the path of the file (components, leaf first, each with its NUL) and the
 * parameters as given, without NUL. What a caller loads out of its memory (init_module) has no file.
 */
struct tasktrail_module {
  struct tasktrail_header header;
  __u64 taints;
  char name[56]; /* as the kernel has it; of MODULE_REQUESTED the alias asked for; of MODULE_LOAD_FAILED empty */
  __u64 file_inode;
  __u32 file_device; /* major << 20 | minor */
  __u32 error;       /* of MODULE_LOAD_FAILED: a number of errno(3) */
  __u32 path_len;    /* 0: no file is known */
  __u32 parameters_len;
};

/* Followed by the exe path (components, leaf first, each with its NUL; empty for a kernel thread), and the cgroup's as in exec. */
struct tasktrail_seen {
  struct tasktrail_header header;
  struct tasktrail_task real_parent;
  __u64 cgroup;
  __u32 exe_len;
  __u32 cgroup_len;
};

/* SNAPSHOT_STARTED and SNAPSHOT_FINISHED; the header's task is the one who asked. */
struct tasktrail_snapshot {
  struct tasktrail_header header;
  __u64 count; /* tasks seen, lost ones included; 0 in SNAPSHOT_STARTED */
};

/* Map counters: one entry a cpu. Written by the kernel alone. */
struct tasktrail_counter {
  __u64 sequence; /* the last one assigned */
  __u64 lost[TASKTRAIL_KINDS]; /* by kind: numbered, but the ring was full */
};

/* Map reader, mapped: one entry a cpu. Written by the agent alone: what it wants to know after a restart. Same in all layouts. */
struct tasktrail_progress {
  __u64 delivered; /* every sequence up to here is published, or is in a published loss */
  __u64 lost;      /* how many of them were lost */
};
struct tasktrail_reader {
  __u64 side; /* which of the two progress entries counts: flipped by one store, so that a kill tears nothing */
  struct tasktrail_progress progress[2];
  __u64 sequence; /* entry of TASKTRAIL_CPU_AGENT: the last one assigned to an event that the agent made */
  __u64 holder;   /* entry of TASKTRAIL_CPU_AGENT: who reads the ring: pid | field 22 of /proc/PID/stat << 22; 0: nobody */
  __u64 done;     /* entry of TASKTRAIL_CPU_AGENT: 1: retired, and everything before its end was acknowledged */
};

/* Map control: one entry, written by the loader. Same in all layouts. */
struct tasktrail_control {
  __u32 open; /* 0: write nothing. The loader opens once everything is attached, so that all kinds begin at one instant */
  __u32 argv_bound;
  __u64 from_boot_ns;  /* write nothing before */
  __u64 until_boot_ns; /* write nothing from then on; 0: no end is known */
};

/*
 * Map meta: one entry, written by the loader before anything is pinned; retired_boot_ns later. In all layouts fields keep
 * their places, and new ones take of what is reserved.
 *
 * A capture that replaces another begins at the boot time at which the other is retired. On each cpu the older programs run
 * first: an event of that very moment may be in both rings (and is in the newer one then), none is in neither.
 */
struct tasktrail_meta {
  __u64 magic;
  __u32 layout;
  __u32 generation; /* 1, 2, 3, ... of the captures pinned at one place */
  __u8 capture_id[16];
  __u64 armed_boot_ns; /* every task that starts later has its fork in the ring, or in a counted loss */
  __u64 ring_bytes;
  __u32 cpus; /* entries of counters and reader, without the two pseudo-cpus */
  __u32 argv_bound;
  __u32 armed_pid;
  __u32 modules; /* 1: module loads, unloads and requests are captured; 2: failed loads and where modules come from, too */
  char version[32];
  char how[64];
  __u64 retired_boot_ns; /* 0: not retired. What happens from then on is in the ring of the next generation */
  __u8 reserved[88];
};

#endif
