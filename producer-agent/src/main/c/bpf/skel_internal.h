/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a light skeleton of bpftool calls (it includes <bpf/skel_internal.h>), on libc and the kernel's own header alone, so
 * that building the loader needs no libbpf. The layout of bpf_map_desc, bpf_prog_desc and bpf_loader_ctx is the contract
 * between the skeleton and the loader program inside it: it belongs to the bpftool version that made the skeletons.
 */
#ifndef TASKTRAIL_SKEL_INTERNAL_H
#define TASKTRAIL_SKEL_INTERNAL_H

#include <errno.h>
#include <linux/bpf.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct bpf_map_desc {
  int map_fd; /* out */
  __u32 max_entries; /* in: 0 leaves what the source says */
  __aligned_u64 initial_value;
};

struct bpf_prog_desc {
  int prog_fd; /* out */
};

struct bpf_loader_ctx {
  __u32 sz;
  __u32 flags;
  __u32 log_level;
  __u32 log_size;
  __u64 log_buf; /* of the loader program's own BPF_PROG_LOADs */
};

struct bpf_load_and_run_opts {
  struct bpf_loader_ctx *ctx;
  const void *data;
  const void *insns;
  __u32 data_sz;
  __u32 insns_sz;
};

static inline int skel_bpf(enum bpf_cmd command, union bpf_attr *attr)
{
  return (int)syscall(SYS_bpf, command, attr, sizeof(*attr));
}

static inline void *skel_alloc(size_t size)
{
  return calloc(1, size);
}

static inline void skel_free(void *skeleton)
{
  free(skeleton);
}

static inline int skel_closenz(int fd)
{
  return fd > 0 ? close(fd) : -EINVAL;
}

/* Whole and empty: the kernel refuses stray bytes, and an initializer of one member need not clear the others. */
static inline union bpf_attr skel_attr(void)
{
  union bpf_attr attr;
  memset(&attr, 0, sizeof(attr));
  return attr;
}

static inline __u64 skel_pointer(const void *pointer)
{
  return (__u64)(unsigned long)pointer;
}

static inline int skel_raw_tracepoint_open(const char *name, int prog_fd)
{
  union bpf_attr attr = skel_attr();
  attr.raw_tracepoint.name = skel_pointer(name);
  attr.raw_tracepoint.prog_fd = (__u32)prog_fd;
  return skel_bpf(BPF_RAW_TRACEPOINT_OPEN, &attr);
}

static inline int skel_link_create(int prog_fd, int target_fd, enum bpf_attach_type type)
{
  union bpf_attr attr = skel_attr();
  attr.link_create.prog_fd = (__u32)prog_fd;
  attr.link_create.target_fd = (__u32)target_fd;
  attr.link_create.attach_type = type;
  return skel_bpf(BPF_LINK_CREATE, &attr);
}

static inline int skel_data_map(const struct bpf_load_and_run_opts *opts)
{
  int key = 0;
  union bpf_attr create = skel_attr(), update = skel_attr();
  create.map_type = BPF_MAP_TYPE_ARRAY;
  create.key_size = sizeof(key);
  create.value_size = opts->data_sz;
  create.max_entries = 1;
  strcpy(create.map_name, "__loader.map");
  int fd = skel_bpf(BPF_MAP_CREATE, &create);
  update.map_fd = (__u32)fd;
  update.key = skel_pointer(&key);
  update.value = skel_pointer(opts->data);
  return fd < 0 || skel_bpf(BPF_MAP_UPDATE_ELEM, &update) < 0 ? -1 : fd;
}

static inline int skel_loader_prog(const struct bpf_load_and_run_opts *opts, const int *map_fd)
{
  union bpf_attr load = skel_attr();
  load.prog_type = BPF_PROG_TYPE_SYSCALL;
  load.insns = skel_pointer(opts->insns);
  load.insn_cnt = opts->insns_sz / sizeof(struct bpf_insn);
  load.license = skel_pointer("Dual BSD/GPL");
  load.fd_array = skel_pointer(map_fd);
  load.prog_flags = BPF_F_SLEEPABLE;
  strcpy(load.prog_name, "__loader.prog");
  return skel_bpf(BPF_PROG_LOAD, &load);
}

/* Lets the loader program inside the skeleton make the maps and load the programs. 0 or -errno. */
static inline int bpf_load_and_run(struct bpf_load_and_run_opts *opts)
{
  int error = 0;
  int map_fd = skel_data_map(opts);
  int prog_fd = map_fd < 0 ? -1 : skel_loader_prog(opts, &map_fd);
  union bpf_attr run = skel_attr();
  run.test.prog_fd = (__u32)prog_fd;
  run.test.ctx_in = skel_pointer(opts->ctx);
  run.test.ctx_size_in = opts->ctx->sz;
  if (prog_fd < 0 || skel_bpf(BPF_PROG_RUN, &run) < 0)
    error = -errno;
  else if ((int)run.test.retval < 0)
    error = (int)run.test.retval;
  if (prog_fd >= 0) close(prog_fd);
  if (map_fd >= 0) close(map_fd);
  return error;
}

#endif
