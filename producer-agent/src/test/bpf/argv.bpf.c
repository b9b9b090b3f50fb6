// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Reads the argv of whoever runs it, as tasktrail_exec does that of a new image. Returns the bytes read; negative: after a fault. */
#include "../../main/bpf/tasktrail.bpf.c"

SEC("raw_tp/sys_enter")
int read_argv(void *ctx)
{
  struct scratch_exec *x = scratch_at(1);
  struct tasktrail_exec *e;

  if (!x)
    return 0;
  e = &x->s.exec;
  x->s.used = 0;
  e->header.flags = 0;
  append_argv(x, 1, bpf_get_current_task_btf(), TASKTRAIL_ARGV_MAX);
  return e->header.flags & TASKTRAIL_ARGV_FAULT ? -(int)e->argv_len : (int)e->argv_len;
}
