// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Numbers and records every fork, exec and exit of a process, every signal that ends one, and module loads where the kernel
 * has modules; on request, what is alive. One record an event, no wake-ups: the reader polls. Threads are not processes: a CLONE_THREAD clone and the
 * end of a thread write nothing. The records: record.h.
 *
 * Written for the verifier of Linux 6.1 as well as for today's: paths are walked with bpf_loop, and the running offset lives
 * in the map value and is bounded right where it is used.
 */
#include "kernel.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include "record.h"
#include "deadly.h"

/* Where strings and paths may begin; behind it there is always room for one path or for argv. */
#define STRINGS_MAX (6 * TASKTRAIL_PATH_MAX)
#define DATA_MAX (STRINGS_MAX + TASKTRAIL_ARGV_MAX)
/* A path of TASKTRAIL_PATH_MAX bytes has at most half as many components; the rest are mounts to cross. */
#define WALK_STEPS (TASKTRAIL_PATH_MAX / 2 + 256)
#define THREADS_MAX 4096
/* The kernel has 14 controllers, each with a hierarchy at most; named ones come to that. */
#define HIERARCHIES_MAX 32
#define PAGE 4096
#define EXITED_SLOTS 4096
/* What the end of a system call is put together in: its programs can be preempted, unlike those of tracepoints. */
#ifdef ORIGINS
#define SYSCALL_SCRATCHES 4
#else
#define SYSCALL_SCRATCHES 0
#endif
#define SCRATCH_OF(cpu) ((cpu) + 1 + SYSCALL_SCRATCHES)
/* A snapshot takes milliseconds; one that has not moved for so long was abandoned. */
#define SNAPSHOT_STALE_NS 10000000000ULL

char LICENSE[] SEC("license") = "Dual BSD/GPL";

enum walk_end { WALK_CUT = 0, WALK_ROOT, WALK_DETACHED };

/*
 * A record too large for the stack is put together here: entry 0 is the snapshot's, the next SYSCALL_SCRATCHES serve whoever
 * takes them, and SCRATCH_OF(cpu) the events of a cpu.
 */
struct scratch {
  __u64 dentry; /* of a cgroup: its kernfs_node */
  __u64 mount;
  __u32 used; /* bytes of data */
  __u32 stop; /* where the walk must end */
  __u32 walk;
  __u32 taken; /* of those that serve whoever takes them */
  union { /* all end where data begins */
    struct tasktrail_exec exec;
    struct {
      char before_seen[sizeof(struct tasktrail_exec) - sizeof(struct tasktrail_seen)];
      struct tasktrail_seen seen;
    };
    struct {
      char before_module[sizeof(struct tasktrail_exec) - sizeof(struct tasktrail_module)];
      struct tasktrail_module module;
    };
  };
};

struct scratch_exec {
  struct scratch s;
  char data[DATA_MAX];
};

struct snapshot {
  __u64 owner; /* session id of the iterator that writes; 0: none */
  __u64 moved_ns;
  __u64 count;
  __u64 init_seen;
};

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 8 << 20);
} ring SEC(".maps");

/*
 * The loader sets the number of entries of the next three from the number of possible cpus. Only reader is mapped: a map can
 * be mapped by none but who may write it, and the agent should not be able to write the others.
 */
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, TASKTRAIL_CPU_OFFSET + 1);
  __type(key, __u32);
  __type(value, struct tasktrail_counter);
} counters SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(map_flags, BPF_F_MMAPABLE);
  __uint(max_entries, TASKTRAIL_CPU_OFFSET + 1);
  __type(key, __u32);
  __type(value, struct tasktrail_reader);
} reader SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 2);
  __type(key, __u32);
  __type(value, struct scratch_exec);
} scratches SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct tasktrail_meta);
} meta SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct tasktrail_control);
} control SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct snapshot);
} snapshots SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, EXITED_SLOTS);
  __type(key, __u32);
  __type(value, __u64);
} exited SEC(".maps");

static __always_inline struct tasktrail_control *opened(void)
{
  __u32 zero = 0;
  struct tasktrail_control *c = bpf_map_lookup_elem(&control, &zero);
  __u64 now;

  if (!c || !c->open)
    return 0;
  now = bpf_ktime_get_boot_ns();
  return now < c->from_boot_ns || (c->until_boot_ns && now >= c->until_boot_ns) ? 0 : c;
}

static __always_inline struct tasktrail_counter *counter_of(__s32 cpu)
{
  __u32 index = cpu + TASKTRAIL_CPU_OFFSET;

  return bpf_map_lookup_elem(&counters, &index);
}

static __always_inline void lose(struct tasktrail_counter *counter, __u32 kind)
{
  __sync_fetch_and_add(&counter->lost[kind], 1);
}

static __always_inline void identify(struct tasktrail_task *to, struct task_struct *task)
{
  to->start = task->group_leader->start_boottime;
  to->pid = task->tgid;
  to->reserved = 0;
}

/* Everything of a header but kind, size, cpu and sequence. */
static __always_inline void describe(struct tasktrail_header *h, struct task_struct *task)
{
  const struct cred *cred = task->real_cred;

  h->flags = 0;
  h->boot_ns = bpf_ktime_get_boot_ns();
  identify(&h->task, task);
  h->exec_count = task->self_exec_id;
  h->tid = task->pid;
  h->uid = cred->uid.val;
  h->gid = cred->gid.val;
  h->euid = cred->euid.val;
  h->egid = cred->egid.val;
  h->auid = bpf_core_field_exists(task->loginuid) ? task->loginuid.val : (__u32)-1;
  h->session = bpf_core_field_exists(task->sessionid) ? task->sessionid : (__u32)-1;
  h->task_flags = task->flags;
  bpf_probe_read_kernel(h->comm, sizeof(h->comm), &task->group_leader->comm);
}

static __always_inline void number(struct tasktrail_header *h, struct tasktrail_counter *counter, __u32 kind, __u32 size, __s32 cpu)
{
  h->kind = kind;
  h->size = size;
  h->cpu = cpu;
  h->sequence = __sync_fetch_and_add(&counter->sequence, 1) + 1;
}

static __always_inline __u64 cgroup_of(struct task_struct *task)
{
  return task->cgroups->dfl_cgrp->kn->id;
}

/*
 * A record of fixed size is written in place. The sequence comes first: where there is no room, it is the gap. What follows
 * a failed reservation may write nothing, so the number is kept aside until there is a record.
 */
#define RESERVE(type, record, counter, kind_, cpu_)                                  \
  __u64 sequence_ = __sync_fetch_and_add(&(counter)->sequence, 1) + 1;               \
  type *record = bpf_ringbuf_reserve(&ring, sizeof(type), 0);                        \
  if (!record) {                                                                     \
    lose(counter, kind_);                                                            \
    return 0;                                                                        \
  }                                                                                  \
  record->header.kind = kind_;                                                       \
  record->header.size = sizeof(type);                                                \
  record->header.cpu = cpu_;                                                         \
  record->header.sequence = sequence_

SEC("tp_btf/task_newtask")
int BPF_PROG(tasktrail_fork, struct task_struct *child, __u64 clone_flags)
{
  __s32 cpu = bpf_get_smp_processor_id();
  struct tasktrail_counter *counter = counter_of(cpu);
  struct task_struct *creator = bpf_get_current_task_btf();

  /* pid 0: an idle task made for a cpu that is brought up. */
  if (!counter || !opened() || clone_flags & CLONE_THREAD || child->pid != child->tgid || !child->pid)
    return 0;

  RESERVE(struct tasktrail_fork, r, counter, TASKTRAIL_FORK, cpu);
  describe(&r->header, creator);
  identify(&r->child, child);
  identify(&r->real_parent, child->real_parent);
  r->clone_flags = clone_flags;
  r->cgroup = cgroup_of(child);
  r->child_flags = child->flags;
  r->reserved = 0;
  bpf_ringbuf_submit(r, BPF_RB_NO_WAKEUP);
  return 0;
}

static __always_inline struct scratch_exec *scratch_at(__u32 index)
{
  return bpf_map_lookup_elem(&scratches, &index);
}

/* One step towards the root: a component is appended, or a mount is crossed. */
static long step(__u32 i, __u32 *index)
{
  struct scratch_exec *x = bpf_map_lookup_elem(&scratches, index);
  struct dentry *dentry, *up;
  struct mount *mount, *parent;
  const unsigned char *name;
  __u32 at;
  long n;

  if (!x)
    return 1;
  dentry = (struct dentry *)x->s.dentry;
  mount = (struct mount *)x->s.mount;
  if (dentry == BPF_CORE_READ(mount, mnt.mnt_root)) {
    parent = BPF_CORE_READ(mount, mnt_parent);
    if (parent == mount) {
      x->s.walk = WALK_ROOT;
      return 1;
    }
    x->s.dentry = (__u64)BPF_CORE_READ(mount, mnt_mountpoint);
    x->s.mount = (__u64)parent;
    return 0;
  }
  up = BPF_CORE_READ(dentry, d_parent);
  name = BPF_CORE_READ(dentry, d_name.name);
  at = x->s.used;
  barrier_var(at);
  if (at >= x->s.stop || at > STRINGS_MAX)
    return 1;
  n = bpf_probe_read_kernel_str(&x->data[at], TASKTRAIL_NAME_SLOT, name);
  if (n <= 0)
    return 1;
  x->s.used += n;
  x->s.dentry = (__u64)up;
  if (up != dentry)
    return 0;
  x->s.walk = WALK_DETACHED;
  return 1;
}

/* Appends the components of a path, leaf first: turning them round is cheaper outside. Returns the bytes appended. */
static __always_inline __u32 walk(struct scratch *s, __u32 index, struct path *path)
{
  struct vfsmount *mnt = BPF_CORE_READ(path, mnt);
  __u32 before = s->used;

  s->dentry = (__u64)BPF_CORE_READ(path, dentry);
  s->mount = (__u64)mnt - bpf_core_field_offset(struct mount, mnt);
  s->stop = before + TASKTRAIL_PATH_MAX;
  s->walk = WALK_CUT;
  bpf_loop(WALK_STEPS, step, &index, 0);
  return s->used - before;
}

static __always_inline __u32 walk_flags(__u32 end, __u32 cut, __u32 detached)
{
  return end == WALK_CUT ? cut : end == WALK_DETACHED ? detached : 0;
}

/* One step towards the root of a cgroup's hierarchy. The root has no name. */
static long climb(__u32 i, __u32 *index)
{
  struct scratch_exec *x = bpf_map_lookup_elem(&scratches, index);
  struct kernfs_node *node, *up;
  __u32 at;
  long n;

  if (!x)
    return 1;
  node = (struct kernfs_node *)x->s.dentry;
  if (bpf_core_field_exists(node->__parent))
    up = BPF_CORE_READ(node, __parent);
  else
    up = BPF_CORE_READ((struct kernfs_node___parent *)node, parent);
  if (!up) {
    x->s.walk = WALK_ROOT;
    return 1;
  }
  at = x->s.used;
  barrier_var(at);
  if (at >= x->s.stop || at > STRINGS_MAX)
    return 1;
  n = bpf_probe_read_kernel_str(&x->data[at], TASKTRAIL_NAME_SLOT, BPF_CORE_READ(node, name));
  if (n <= 0)
    return 1;
  x->s.used += n;
  x->s.dentry = (__u64)up;
  return 0;
}

struct hierarchies {
  __u64 next;
  __u64 head;
  __u64 deepest;
  __s32 level;
};

static long compare_next(__u32 i, struct hierarchies *h)
{
  struct cgrp_cset_link *link = (void *)h->next - bpf_core_field_offset(struct cgrp_cset_link, cgrp_link);
  struct cgroup *cgroup;
  __s32 level;

  if (h->next == h->head || !h->next)
    return 1;
  cgroup = BPF_CORE_READ(link, cgrp);
  level = BPF_CORE_READ(cgroup, level);
  if (level > h->level) {
    h->level = level;
    h->deepest = (__u64)cgroup;
  }
  h->next = (__u64)BPF_CORE_READ(link, cgrp_link.next);
  return 0;
}

/*
 * With version 2 alone there is one hierarchy. Of several, the one in which the task is deepest tells most: who makes no use
 * of a hierarchy leaves its tasks further up there.
 */
static __always_inline struct kernfs_node *cgroup_node(struct task_struct *task)
{
  struct css_set *set = BPF_CORE_READ(task, cgroups);
  struct cgroup *cgroup = BPF_CORE_READ(set, dfl_cgrp);
  struct hierarchies h = {};

  h.deepest = (__u64)cgroup;
  h.level = BPF_CORE_READ(cgroup, level);
  h.head = (__u64)set + bpf_core_field_offset(set->cgrp_links);
  h.next = (__u64)BPF_CORE_READ(set, cgrp_links.next);
  bpf_loop(HIERARCHIES_MAX, compare_next, &h, 0);
  cgroup = (struct cgroup *)h.deepest;
  return BPF_CORE_READ(cgroup, kn);
}

/* Appends the names of a task's cgroup, leaf first. Returns the bytes appended. */
static __always_inline __u32 append_cgroup(struct scratch *s, __u32 index, struct task_struct *task)
{
  __u32 before = s->used;

  s->dentry = (__u64)cgroup_node(task);
  s->stop = before + TASKTRAIL_PATH_MAX;
  s->walk = WALK_CUT;
  bpf_loop(WALK_STEPS, climb, &index, 0);
  return s->used - before;
}

static __always_inline __u64 changed(struct inode *inode)
{
  struct inode___2 *second = (void *)inode;
  struct inode___1 *first = (void *)inode;
  __u64 seconds = 0;
  __u64 nanos = 0;

  if (bpf_core_field_exists(inode->i_ctime_sec)) {
    seconds = BPF_CORE_READ(inode, i_ctime_sec);
    nanos = BPF_CORE_READ(inode, i_ctime_nsec);
  } else if (bpf_core_field_exists(second->__i_ctime)) {
    seconds = BPF_CORE_READ(second, __i_ctime.tv_sec);
    nanos = BPF_CORE_READ(second, __i_ctime.tv_nsec);
  } else if (bpf_core_field_exists(first->i_ctime)) {
    seconds = BPF_CORE_READ(first, i_ctime.tv_sec);
    nanos = BPF_CORE_READ(first, i_ctime.tv_nsec);
  }
  return seconds * 1000000000ULL + (nanos & 0x7fffffff); /* the highest bit is the kernel's own mark */
}

/* Appends a string without its NUL. Returns its length. */
static __always_inline __u32 append(struct scratch_exec *x, const char *from)
{
  __u32 at = x->s.used;
  long n;

  barrier_var(at);
  if (at > STRINGS_MAX)
    return 0;
  n = bpf_probe_read_kernel_str(&x->data[at], TASKTRAIL_PATH_MAX, from);
  if (n <= 1)
    return 0;
  x->s.used += n - 1;
  return n - 1;
}

struct argv {
  __u64 from;
  __u32 index;
  __u32 left;
};

/* Up to the end of one page of argv: stops at the first page that is not in memory. */
static long read_page(__u32 i, struct argv *argv)
{
  struct scratch_exec *x = bpf_map_lookup_elem(&scratches, &argv->index);
  __u32 size = PAGE - (argv->from & (PAGE - 1));
  __u32 at;

  if (!x || !argv->left)
    return 1;
  if (size > argv->left)
    size = argv->left;
  at = x->s.used;
  barrier_var(at);
  barrier_var(size);
  if (at > STRINGS_MAX + TASKTRAIL_ARGV_MAX - PAGE || size > PAGE)
    return 1;
  if (bpf_probe_read_user(&x->data[at], size, (void *)argv->from))
    return 1;
  x->s.used += size;
  argv->from += size;
  argv->left -= size;
  return 0;
}

/* Appends argv as it stands on the new stack: strings, each with its NUL. */
static __always_inline void append_argv(struct scratch_exec *x, __u32 index, struct task_struct *task, __u32 bound)
{
  __u64 from = task->mm->arg_start;
  __u64 total = task->mm->arg_end - from;
  __u32 size = total < bound ? total : bound;
  __u32 at = x->s.used;

  x->s.exec.argv_total = total;
  x->s.exec.argv_len = 0;
  if (size < total)
    x->s.exec.header.flags |= TASKTRAIL_ARGV_CUT;
  barrier_var(at);
  barrier_var(size);
  if (at > STRINGS_MAX || size > TASKTRAIL_ARGV_MAX)
    return;
  if (!bpf_probe_read_user(&x->data[at], size, (void *)from)) {
    x->s.exec.argv_len = size;
    x->s.used += size;
    return;
  }
  struct argv argv = {.from = from, .index = index, .left = size};
  bpf_loop(TASKTRAIL_ARGV_MAX / PAGE + 2, read_page, &argv, 0);
  x->s.exec.argv_len = size - argv.left;
  if (argv.left)
    x->s.exec.header.flags |= TASKTRAIL_ARGV_FAULT;
}

static __always_inline void append_namespaces(struct tasktrail_exec *e, struct task_struct *task)
{
  struct pid *pid = task->thread_pid;
  struct upid own = {};
  __u64 numbers = (__u64)pid + bpf_core_field_offset(struct pid, numbers);

  bpf_probe_read_kernel(&own, sizeof(own), (void *)(numbers + pid->level * sizeof(own)));
  e->ns_pid = own.nr;
  e->pid_ns = BPF_CORE_READ(own.ns, ns.inum);
  e->mnt_ns = task->nsproxy->mnt_ns->ns.inum;
  e->net_ns = task->nsproxy->net_ns->ns.inum;
  e->user_ns = task->real_cred->user_ns->ns.inum;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(tasktrail_exec, struct task_struct *task, int old_pid, struct linux_binprm *bprm)
{
  __s32 cpu = bpf_get_smp_processor_id();
  struct tasktrail_counter *counter = counter_of(cpu);
  struct scratch_exec *x = scratch_at(SCRATCH_OF(cpu));
  struct tasktrail_control *c = opened();
  struct tasktrail_exec *e;
  struct file *exe;
  __u32 index = SCRATCH_OF(cpu);
  __u32 flags = 0;
  __u32 size;

  if (!counter || !x || !c)
    return 0;
  e = &x->s.exec;
  x->s.used = 0;
  describe(&e->header, task);
  identify(&e->real_parent, task->real_parent);
  e->cgroup = cgroup_of(task);
  e->argc = bprm->argc;
  e->old_pid = old_pid;
  append_namespaces(e, task);

  e->filename_len = append(x, bprm->filename);
  e->interp_len = bprm->interp == bprm->filename ? 0 : append(x, bprm->interp);
  e->tty_len = task->signal->tty ? append(x, task->signal->tty->name) : 0;
  if (BPF_CORE_READ_BITFIELD_PROBED(bprm, secureexec))
    flags |= TASKTRAIL_SECURE;

  exe = task->mm->exe_file;
  e->exe_inode = exe->f_inode->i_ino;
  e->exe_device = exe->f_inode->i_sb->s_dev;
  e->exe_ctime = changed(exe->f_inode);
  if (!exe->f_inode->i_nlink)
    flags |= TASKTRAIL_EXE_UNLINKED;
  e->exe_len = walk(&x->s, index, &exe->f_path);
  flags |= walk_flags(x->s.walk, TASKTRAIL_EXE_CUT, TASKTRAIL_EXE_DETACHED);
  e->cwd_len = walk(&x->s, index, &task->fs->pwd);
  flags |= walk_flags(x->s.walk, TASKTRAIL_CWD_CUT, TASKTRAIL_CWD_DETACHED);
  e->cgroup_len = append_cgroup(&x->s, index, task);
  flags |= walk_flags(x->s.walk, TASKTRAIL_CGROUP_CUT, 0);
  e->reserved = 0;
  e->header.flags = flags;
  append_argv(x, index, task, c->argv_bound);

  size = x->s.used;
  barrier_var(size);
  if (size > DATA_MAX) /* cannot be: every append is bounded; but the verifier does not know */
    size = DATA_MAX;
  size += sizeof(*e);
  number(&e->header, counter, TASKTRAIL_EXEC, size, cpu);
  if (bpf_ringbuf_output(&ring, e, size, BPF_RB_NO_WAKEUP))
    lose(counter, TASKTRAIL_EXEC);
  return 0;
}

/*
 * Two threads that exit on two cpus may both find that none is left alive (kernels before 6.17 do not say who was the last).
 * The first one to put its mark here writes the record. A collision within those microseconds would only write it twice.
 */
static __always_inline int exited_already(struct tasktrail_task *task)
{
  __u32 index = task->pid & (EXITED_SLOTS - 1);
  __u64 *slot = bpf_map_lookup_elem(&exited, &index);
  __u64 mark = task->start ^ (__u64)task->pid << 40;

  return slot && __sync_lock_test_and_set(slot, mark) == mark;
}

struct totals {
  __u64 next;
  __u64 head;
  __u64 cpu_ns;
  __u64 read_bytes;
  __u64 write_bytes;
};

static __always_inline void add_io(struct totals *t, struct task_io_accounting *io)
{
  t->read_bytes += BPF_CORE_READ(io, read_bytes);
  t->write_bytes += BPF_CORE_READ(io, write_bytes);
}

static __always_inline void add_thread(struct totals *t, struct task_struct *task)
{
  t->cpu_ns += BPF_CORE_READ(task, se.sum_exec_runtime);
  if (bpf_core_field_exists(task->ioac.read_bytes))
    add_io(t, (void *)task + bpf_core_field_offset(task->ioac));
}

static long add_next_thread(__u32 i, struct totals *t)
{
  struct task_struct *task = (void *)t->next - bpf_core_field_offset(struct task_struct, thread_node);

  if (t->next == t->head || !t->next)
    return 1;
  add_thread(t, task);
  t->next = (__u64)BPF_CORE_READ(task, thread_node.next);
  return 0;
}

/* Threads that are gone have left their sums in signal; those not yet released (the leader, for one) still hold their own. */
static __always_inline void add_up(struct totals *t, struct task_struct *task)
{
  struct signal_struct *signal = task->signal;

  t->cpu_ns = signal->sum_sched_runtime;
  if (bpf_core_field_exists(signal->ioac.read_bytes))
    add_io(t, (void *)signal + bpf_core_field_offset(signal->ioac));
  if (signal->nr_threads == 1) {
    add_thread(t, task);
    return;
  }
  t->head = (__u64)signal + bpf_core_field_offset(signal->thread_head);
  t->next = (__u64)signal->thread_head.next;
  bpf_loop(THREADS_MAX, add_next_thread, t, 0);
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(tasktrail_exit, struct task_struct *task)
{
  __s32 cpu = bpf_get_smp_processor_id();
  struct tasktrail_counter *counter = counter_of(cpu);
  struct task_struct *leader = task->group_leader;
  struct signal_struct *signal = task->signal;
  struct tasktrail_task who;
  struct totals totals = {};

  if (!counter || !opened() || signal->live.counter)
    return 0;
  identify(&who, task);
  if (exited_already(&who))
    return 0;
  add_up(&totals, task);

  RESERVE(struct tasktrail_exit, r, counter, TASKTRAIL_EXIT, cpu);
  describe(&r->header, task);
  identify(&r->real_parent, leader->real_parent);
  r->status = signal->flags & SIGNAL_GROUP_EXIT ? signal->group_exit_code : leader->exit_code;
  r->oom = killed_for_memory(signal, r->status);
  r->cpu_ns = totals.cpu_ns;
  r->read_bytes = totals.read_bytes;
  r->write_bytes = totals.write_bytes;
  bpf_ringbuf_submit(r, BPF_RB_NO_WAKEUP);
  return 0;
}

/*
 * The kernel holds the target's lock of signals from before it marks the target until after this: the record is written
 * before the target can die of it. SIGCHLD at every end of a child is turned away first.
 */
SEC("tp_btf/signal_generate")
int BPF_PROG(tasktrail_sent, int number, struct kernel_siginfo *info, struct task_struct *target, int group, int result)
{
  struct tasktrail_counter *counter;
  __u64 given = 0;
  __s32 cpu;
  __s32 code;
  __u32 timer;

  if (!is_deadly(number) || !is_on_its_way(result))
    return 0;
  if (!(ends_now(target) || will_dump_core(target, number, group)) || !opened())
    return 0;
  cpu = bpf_get_smp_processor_id();
  counter = counter_of(cpu);
  if (!counter)
    return 0;
  bpf_probe_read_kernel(&given, sizeof(given), &ctx[1]); /* info, as a number */
  code = code_of(given);
  timer = is_timer(number, code, given);

  RESERVE(struct tasktrail_signal, r, counter, TASKTRAIL_SIGNAL, cpu);
  describe(&r->header, timer ? target : bpf_get_current_task_btf());
  identify(&r->target, target);
  r->signal = number;
  r->code = code;
  r->from_kernel = timer || is_made_up(given);
  r->reserved = 0;
  bpf_ringbuf_submit(r, BPF_RB_NO_WAKEUP);
  return 0;
}

/*
 * An object with a tracepoint or a function that the kernel lacks does not load at all. So there are three: without modules;
 * with MODULES, what every kernel with modules has; with ORIGINS, where a module comes from and what was refused, too, which
 * takes the system calls of x86_64.
 */
#ifdef MODULES
/* Of fixed size: what has no origin. */
static __always_inline int module_record(__u32 kind, const char *name, __u64 taints)
{
  __s32 cpu = bpf_get_smp_processor_id();
  struct tasktrail_counter *counter = counter_of(cpu);

  if (!counter || !opened())
    return 0;
  RESERVE(struct tasktrail_module, r, counter, kind, cpu);
  describe(&r->header, bpf_get_current_task_btf());
  __builtin_memset(&r->taints, 0, sizeof(*r) - sizeof(r->header));
  r->taints = taints;
  bpf_probe_read_kernel_str(r->name, sizeof(r->name), name);
  bpf_ringbuf_submit(r, BPF_RB_NO_WAKEUP);
  return 0;
}

SEC("tp_btf/module_free")
int BPF_PROG(tasktrail_mfree, struct module *module)
{
  return module_record(TASKTRAIL_MODULE_FREE, module->name, module->taints);
}

/* In the task that wants it, before the kernel runs modprobe. */
SEC("tp_btf/module_request")
int BPF_PROG(tasktrail_mrequest, char *name, _Bool wait, unsigned long ip)
{
  return module_record(TASKTRAIL_MODULE_REQUESTED, name, 0);
}

#ifndef ORIGINS
SEC("tp_btf/module_load")
int BPF_PROG(tasktrail_mload, struct module *module)
{
  return module_record(TASKTRAIL_MODULE_LOAD, module->name, module->taints);
}
#endif
#endif

#ifdef ORIGINS
static __always_inline struct file *file_of(struct task_struct *task, __u32 fd)
{
  struct fdtable *table = BPF_CORE_READ(task, files, fdt);
  struct file **files = BPF_CORE_READ(table, fd);
  struct file *file = 0;

  if (fd < BPF_CORE_READ(table, max_fds))
    bpf_probe_read_kernel(&file, sizeof(file), files + fd);
  return file;
}

static __always_inline void append_file(struct scratch_exec *x, __u32 index, struct file *file)
{
  struct tasktrail_module *m = &x->s.module;

  m->file_inode = BPF_CORE_READ(file, f_inode, i_ino);
  m->file_device = BPF_CORE_READ(file, f_inode, i_sb, s_dev);
  m->path_len = walk(&x->s, index, &file->f_path);
  m->header.flags |= walk_flags(x->s.walk, TASKTRAIL_EXE_CUT, TASKTRAIL_EXE_DETACHED);
}

/* As the caller gave them: the kernel's own copy is taken to pieces by then. */
static __always_inline void append_parameters(struct scratch_exec *x, __u64 from)
{
  struct tasktrail_module *m = &x->s.module;
  __u32 at = x->s.used;
  char behind = 0;
  long n;

  barrier_var(at);
  if (at > STRINGS_MAX)
    return;
  n = bpf_probe_read_user_str(&x->data[at], TASKTRAIL_PARAMETERS_MAX, (void *)from);
  if (n < 0)
    m->header.flags |= TASKTRAIL_ARGV_FAULT;
  if (n <= 1)
    return;
  m->parameters_len = n - 1;
  x->s.used += n - 1;
  if (n == TASKTRAIL_PARAMETERS_MAX && (bpf_probe_read_user(&behind, 1, (void *)(from + n - 1)) || behind))
    m->header.flags |= TASKTRAIL_ARGV_CUT;
}

/* Where the module comes from, by what the system call was given. */
static __always_inline void append_origin(struct scratch_exec *x, __u32 index, struct task_struct *task, const struct pt_regs *call)
{
  struct file *file;

  if (call->orig_ax == X86_64_INIT_MODULE)
    append_parameters(x, call->dx);
  if (call->orig_ax != X86_64_FINIT_MODULE)
    return;
  file = file_of(task, call->di);
  if (file)
    append_file(x, index, file);
  append_parameters(x, call->si);
}

static __always_inline void describe_module(struct scratch_exec *x, __u32 index, const struct pt_regs *call)
{
  struct task_struct *task = bpf_get_current_task_btf();
  struct tasktrail_module *m = &x->s.module;

  x->s.used = 0;
  __builtin_memset(m, 0, sizeof(*m));
  describe(&m->header, task);
  append_origin(x, index, task, call);
}

static __always_inline int write_module(struct scratch_exec *x, struct tasktrail_counter *counter, __u32 kind, __s32 cpu)
{
  __u32 size = x->s.used;

  barrier_var(size);
  if (size > DATA_MAX)
    size = DATA_MAX;
  size += sizeof(x->s.module);
  number(&x->s.module.header, counter, kind, size, cpu);
  if (bpf_ringbuf_output(&ring, &x->s.module, size, BPF_RB_NO_WAKEUP))
    lose(counter, kind);
  return 0;
}

/* Before the module's own code runs, whatever that does then. */
SEC("tp_btf/module_load")
int BPF_PROG(tasktrail_mload, struct module *module)
{
  __s32 cpu = bpf_get_smp_processor_id();
  __u32 index = SCRATCH_OF(cpu);
  struct tasktrail_counter *counter = counter_of(cpu);
  struct scratch_exec *x = scratch_at(index);

  if (!counter || !x || !opened())
    return 0;
  describe_module(x, index, (struct pt_regs *)bpf_task_pt_regs(bpf_get_current_task_btf()));
  x->s.module.taints = module->taints;
  bpf_probe_read_kernel_str(x->s.module.name, sizeof(x->s.module.name), &module->name);
  return write_module(x, counter, TASKTRAIL_MODULE_LOAD, cpu);
}

/* No tracepoint says that a load failed, so this is the end of the system call: whatever refused it. */
static __always_inline int module_refused(const struct pt_regs *call, long error)
{
  __s32 cpu = bpf_get_smp_processor_id();
  __u32 index = 1 + (cpu & (SYSCALL_SCRATCHES - 1));
  struct tasktrail_counter *counter = counter_of(cpu);
  struct scratch_exec *x = scratch_at(index);

  if (error >= 0 || !counter || !x || !opened())
    return 0;
  if (__sync_lock_test_and_set(&x->s.taken, 1)) {
    __sync_fetch_and_add(&counter->sequence, 1);
    lose(counter, TASKTRAIL_MODULE_LOAD_FAILED);
    return 0;
  }
  describe_module(x, index, call);
  x->s.module.error = -error;
  write_module(x, counter, TASKTRAIL_MODULE_LOAD_FAILED, cpu);
  x->s.taken = 0;
  return 0;
}

SEC("fexit/__x64_sys_init_module")
int BPF_PROG(tasktrail_minit, const struct pt_regs *call, long error)
{
  return module_refused(call, error);
}

SEC("fexit/__x64_sys_finit_module")
int BPF_PROG(tasktrail_mfinit, const struct pt_regs *call, long error)
{
  return module_refused(call, error);
}
#endif

static __always_inline int bracket(struct tasktrail_counter *counter, __u32 kind, __u64 count)
{
  RESERVE(struct tasktrail_snapshot, r, counter, kind, TASKTRAIL_CPU_SNAPSHOT);
  describe(&r->header, bpf_get_current_task_btf());
  r->count = count;
  bpf_ringbuf_submit(r, BPF_RB_NO_WAKEUP);
  return 0;
}

/* Not inlined: called for the visited task and for the init that was not visited. */
static __noinline int see(struct task_struct *leader, struct snapshot *snapshot, struct tasktrail_counter *counter)
{
  struct scratch_exec *x = scratch_at(0);
  struct tasktrail_seen *seen;
  struct mm_struct *mm = leader->mm;
  struct file *exe;
  __u32 size;

  /* All its threads have ended: a zombie is not alive, whether or not its end was recorded. */
  if (!x || !leader->signal->live.counter)
    return 0;
  seen = &x->s.seen;
  x->s.used = 0;
  describe(&seen->header, leader);
  identify(&seen->real_parent, leader->real_parent);
  seen->cgroup = cgroup_of(leader);
  seen->exe_len = 0;
  exe = mm ? mm->exe_file : 0;
  if (exe) {
    if (!exe->f_inode->i_nlink)
      seen->header.flags |= TASKTRAIL_EXE_UNLINKED;
    seen->exe_len = walk(&x->s, 0, &exe->f_path);
    seen->header.flags |= walk_flags(x->s.walk, TASKTRAIL_EXE_CUT, TASKTRAIL_EXE_DETACHED);
  }
  seen->cgroup_len = append_cgroup(&x->s, 0, leader);
  seen->header.flags |= walk_flags(x->s.walk, TASKTRAIL_CGROUP_CUT, 0);
  snapshot->count++;

  size = x->s.used;
  barrier_var(size);
  if (size > DATA_MAX)
    size = DATA_MAX;
  size += sizeof(*seen);
  number(&seen->header, counter, TASKTRAIL_TASK_SEEN, size, TASKTRAIL_CPU_SNAPSHOT);
  if (bpf_ringbuf_output(&ring, seen, size, BPF_RB_NO_WAKEUP))
    lose(counter, TASKTRAIL_TASK_SEEN);
  return 0;
}

/* Two may read the iterator at once, but there is one scratch and one sequence: the second one is told that it is busy. */
static __always_inline int claim(struct snapshot *s, __u64 session)
{
  __u64 owner = s->owner;

  if (owner && bpf_ktime_get_boot_ns() - s->moved_ns < SNAPSHOT_STALE_NS)
    return 0;
  if (__sync_val_compare_and_swap(&s->owner, owner, session) != owner)
    return 0;
  s->count = 0;
  s->init_seen = 0;
  return 1;
}

/* Writes what is alive into the ring. What the reader of the iterator gets is empty, or "busy". */
SEC("iter/task")
int tasktrail_snap(struct bpf_iter__task *ctx)
{
  struct task_struct *task = ctx->task;
  struct task_struct *parent;
  struct tasktrail_counter *counter = counter_of(TASKTRAIL_CPU_SNAPSHOT);
  __u64 session = ctx->meta->session_id;
  __u32 zero = 0;
  struct snapshot *s = bpf_map_lookup_elem(&snapshots, &zero);
  __u64 busy = 0x79737562; /* "busy": as a number, for a string would be a map of its own */

  if (!counter || !s || !opened())
    return 0;
  if (!ctx->meta->seq_num) {
    if (!claim(s, session)) {
      bpf_seq_write(ctx->meta->seq, &busy, 4);
      return 0;
    }
    bracket(counter, TASKTRAIL_SNAPSHOT_STARTED, 0);
  }
  if (s->owner != session)
    return 0;
  s->moved_ns = bpf_ktime_get_boot_ns();
  if (!task) {
    bracket(counter, TASKTRAIL_SNAPSHOT_FINISHED, s->count);
    s->owner = 0;
    return 0;
  }
  if (task->pid != task->tgid)
    return 0;
  /* On some machines the iterator leaves out the thread group of PID 1; its children know it. */
  parent = task->real_parent;
  if (task->pid == 1 || (!s->init_seen && parent->tgid == 1)) {
    s->init_seen = 1;
    if (task->pid != 1)
      see(parent->group_leader, s, counter);
  }
  see(task, s, counter);
  return 0;
}
