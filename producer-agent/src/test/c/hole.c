// SPDX-License-Identifier: Apache-2.0
/*
 * hole PROGRAM HOLE FILLER: takes the page HOLE of its own argv (from 0; -1: none) out of memory, and has the pinned PROGRAM
 * (argv.bpf.c) read that argv. Prints where in its page argv begins, how long it is, and what PROGRAM returns.
 */
#define _GNU_SOURCE
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static long bpf(int command, union bpf_attr *attr)
{
  return syscall(SYS_bpf, command, attr, sizeof(*attr));
}

static void check(long result, const char *what)
{
  if (result < 0) {
    perror(what);
    exit(1);
  }
}

int main(int argc, char **argv)
{
  if (argc != 4) return 2;
  uintptr_t page = (uintptr_t)getpagesize(), start = (uintptr_t)argv[0];
  uintptr_t total = (uintptr_t)(argv[3] + strlen(argv[3]) + 1) - start;
  long hole = strtol(argv[2], 0, 10);
  union bpf_attr attr;
  memset(&attr, 0, sizeof(attr));
  attr.pathname = (uintptr_t)argv[1];
  long fd = bpf(BPF_OBJ_GET, &attr);
  check(fd, argv[1]);
  if (hole >= 0)
    check(madvise((void *)((start & ~(page - 1)) + (uintptr_t)hole * page), page, MADV_DONTNEED), "madvise");

  memset(&attr, 0, sizeof(attr));
  attr.test.prog_fd = (unsigned)fd;
  check(bpf(BPF_PROG_TEST_RUN, &attr), "BPF_PROG_TEST_RUN");
  printf("%lu %lu %d\n", start & (page - 1), total, (int)attr.test.retval);
  return 0;
}
