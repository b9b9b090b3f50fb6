// SPDX-License-Identifier: Apache-2.0
/*
 * What tasktrail-listen writes: one record behind the other, in the byte order of this machine, and nothing else. A record is
 * this head and then pieces, as many as its length has room for; each piece is a head of its own and the bytes that it says. A
 * piece that could not be read is not there. io.tasktrail.agent.connector reads it.
 */
#ifndef TASKTRAIL_LISTEN_H
#define TASKTRAIL_LISTEN_H

#include <stdint.h>

#define LISTEN_MAGIC 0x4c525454u /* whoever lost his place looks for it */
#define LISTEN_LAYOUT 1
#define LISTEN_RECORD_MAX (128 << 10)

struct listen_record {
  uint32_t magic;
  uint32_t length; /* of all, in bytes */
  uint16_t kind;
  uint16_t layout;
  uint32_t cpu; /* these two: who numbered it, and how, modulo 2^32 */
  uint32_t number;
  uint32_t pid; /* of the process */
  uint32_t tid;
  uint32_t a, b, c;
  int64_t boot_ns; /* when: CLOCK_BOOTTIME */
  int64_t read_ns; /* when /proc began to be read; of HELLO and TICK: CLOCK_REALTIME minus CLOCK_BOOTTIME */
};

enum listen_kind {
  LISTEN_HELLO = 1,      /* a: ticks of a second in /proc; b: bytes of the socket's buffer; c: cpus that were sounded */
  LISTEN_TICK = 2,       /* once a second */
  LISTEN_OVERRUN = 3,    /* the socket had no room; the numbers say for what */
  LISTEN_SEEING = 4,     /* a snapshot begins */
  LISTEN_SEEN = 5,       /* a process is there */
  LISTEN_SEEING_ENDS = 6,
  LISTEN_FORK = 16,      /* the new one; a: pid of its parent, b: tid of that */
  LISTEN_EXEC = 17,
  LISTEN_EXIT = 18,      /* a: status as of wait(2), b: signal for the parent, c: pid of the parent */
  LISTEN_COMM = 19,
  LISTEN_UID = 20,       /* a: real, b: effective */
  LISTEN_GID = 21,       /* a: real, b: effective */
  LISTEN_OTHER = 31,     /* only its number counts */
};

struct listen_piece {
  uint16_t tag;
  uint16_t unused;
  uint32_t length;
};

enum listen_tag {
  LISTEN_STAT = 1,     /* /proc/PID/stat */
  LISTEN_STATUS = 2,   /* of /proc/PID/status the lines Uid, Gid, NSpid */
  LISTEN_EXE = 3,      /* where the link leads */
  LISTEN_CWD = 4,
  LISTEN_ARGS = 5,     /* the first 64 KiB of /proc/PID/cmdline */
  LISTEN_ARGS_ALL = 6, /* uint64_t: how many NULs, how many bytes there are in all */
  LISTEN_LOGINUID = 7,
  LISTEN_SESSION = 8,
  LISTEN_CGROUP = 9,   /* /proc/PID/cgroup */
  LISTEN_NS = 10,      /* uint64_t: pid, mnt, net, user */
  LISTEN_FILE = 11,    /* struct listen_file */
  LISTEN_NAME = 12,    /* a comm, or the version of this program */
};

/* The executable. */
struct listen_file {
  uint64_t device; /* major << 20 | minor */
  uint64_t inode;
  int64_t changed_ns;
  uint32_t links; /* 0: it has no name any more */
  uint32_t mode;
  uint32_t uid;
  uint32_t gid;
  uint32_t capable; /* whether it has file capabilities */
  uint32_t unused;
};

#endif
