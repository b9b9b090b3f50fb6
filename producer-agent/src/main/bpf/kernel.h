/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The fields of the kernel's own structures that the programs read, by name alone: the kernel's BTF says at load time where
 * they really are (CO-RE), so neither order nor size here means anything. Written by hand instead of a generated vmlinux.h:
 * the object is then the same on whatever kernel it is built, and this is the whole list of what the programs depend on.
 */
#ifndef TASKTRAIL_KERNEL_H
#define TASKTRAIL_KERNEL_H

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef signed char __s8;
typedef short __s16;
typedef int __s32;
typedef long long __s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;

/* include/uapi/linux/bpf.h */
enum {
  BPF_MAP_TYPE_ARRAY = 2,
  BPF_MAP_TYPE_RINGBUF = 27,
  BPF_F_MMAPABLE = 1 << 10,
  BPF_RB_NO_WAKEUP = 1,
};

/* include/linux/sched.h, include/linux/sched/signal.h, include/uapi/linux/sched.h */
#define CLONE_THREAD 0x00010000
#define SIGNAL_GROUP_EXIT 0x00000004
#define SIGNAL_UNKILLABLE 0x00000040

/* include/trace/events/signal.h: the signal is on its way, with what is known of its sender or without */
enum { TRACE_SIGNAL_DELIVERED = 0, TRACE_SIGNAL_LOSE_INFO = 4 };

/* include/linux/sched/signal.h: in place of a pointer to what is known of the sender */
#define SEND_SIG_NOINFO 0
#define SEND_SIG_PRIV 1

/* include/uapi/asm-generic/siginfo.h */
#define SI_USER 0
#define SI_KERNEL 0x80
#define SI_TIMER (-2)

/* include/uapi/asm-generic/signal.h */
enum {
  SIGHUP = 1, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM,
  SIGTERM, SIGSTKFLT, SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF,
  SIGWINCH, SIGIO, SIGPWR, SIGSYS,
  SIGNALS_MAX = 64,
};

/* arch/x86/entry/syscalls/syscall_64.tbl */
#define X86_64_INIT_MODULE 175
#define X86_64_FINIT_MODULE 313

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct list_head {
  struct list_head *next;
};

typedef struct {
  int counter;
} atomic_t;

typedef struct {
  unsigned long sig[1];
} sigset_t;

typedef struct {
  __u32 val;
} kuid_t;

typedef struct {
  __u32 val;
} kgid_t;

struct ns_common {
  unsigned int inum;
};

struct user_namespace {
  struct ns_common ns;
};

struct pid_namespace {
  struct ns_common ns;
};

struct mnt_namespace {
  struct ns_common ns;
};

struct net {
  struct ns_common ns;
};

struct nsproxy {
  struct mnt_namespace *mnt_ns;
  struct net *net_ns;
};

struct upid {
  int nr;
  struct pid_namespace *ns;
};

struct pid {
  unsigned int level;
  struct upid numbers[1];
};

struct cred {
  kuid_t uid;
  kgid_t gid;
  kuid_t euid;
  kgid_t egid;
  struct user_namespace *user_ns;
};

struct qstr {
  const unsigned char *name;
};

struct dentry {
  struct dentry *d_parent;
  struct qstr d_name;
};

struct vfsmount {
  struct dentry *mnt_root;
};

struct mount {
  struct mount *mnt_parent;
  struct dentry *mnt_mountpoint;
  struct vfsmount mnt;
};

struct path {
  struct vfsmount *mnt;
  struct dentry *dentry;
};

struct super_block {
  __u32 s_dev;
};

struct inode {
  struct super_block *i_sb;
  unsigned long i_ino;
  const unsigned int i_nlink;
  __s64 i_ctime_sec;
  __u32 i_ctime_nsec;
};

struct timespec64 {
  __s64 tv_sec;
  long tv_nsec;
};

/* 6.6 to 6.10. */
struct inode___2 {
  struct timespec64 __i_ctime;
};

/* Before 6.6. */
struct inode___1 {
  struct timespec64 i_ctime;
};

struct file {
  struct inode *f_inode;
  struct path f_path;
};

struct fs_struct {
  struct path pwd;
};

struct fdtable {
  unsigned int max_fds;
  struct file **fd;
};

struct files_struct {
  struct fdtable *fdt;
};

struct mm_struct {
  unsigned long arg_start;
  unsigned long arg_end;
  struct file *exe_file;
};

struct tty_struct {
  char name[64];
};

struct task_io_accounting {
  __u64 read_bytes;
  __u64 write_bytes;
};

struct kernel_siginfo {
  int si_code;
};

struct sigaction {
  void *sa_handler; /* 0: SIG_DFL */
};

struct k_sigaction {
  struct sigaction sa;
};

struct sighand_struct {
  struct k_sigaction action[SIGNALS_MAX];
};

struct signal_struct {
  struct task_struct *curr_target;
  atomic_t live;
  struct list_head thread_head;
  int nr_threads;
  int group_exit_code;
  unsigned int flags;
  struct tty_struct *tty;
  struct task_io_accounting ioac;
  unsigned long long sum_sched_runtime;
  struct mm_struct *oom_mm;
};

struct kernfs_node {
  struct kernfs_node *__parent;
  const char *name;
  __u64 id;
};

/* Before 6.15. */
struct kernfs_node___parent {
  struct kernfs_node *parent;
};

struct cgroup {
  int level;
  struct kernfs_node *kn;
};

struct css_set {
  struct cgroup *dfl_cgrp;
  struct list_head cgrp_links;
};

/* A css_set is in one cgroup of each hierarchy. */
struct cgrp_cset_link {
  struct cgroup *cgrp;
  struct list_head cgrp_link;
};

struct sched_entity {
  __u64 sum_exec_runtime;
};

struct task_struct {
  void *stack;
  unsigned int flags;
  unsigned int ptrace;
  struct sched_entity se;
  struct mm_struct *mm;
  int exit_code;
  int pid;
  int tgid;
  struct task_struct *real_parent;
  struct task_struct *group_leader;
  struct pid *thread_pid;
  struct list_head thread_node;
  __u64 start_boottime;
  const struct cred *real_cred;
  char comm[16];
  struct fs_struct *fs;
  struct files_struct *files;
  struct nsproxy *nsproxy;
  struct signal_struct *signal;
  struct sighand_struct *sighand;
  sigset_t blocked;
  sigset_t real_blocked; /* during sigtimedwait(2) */
  kuid_t loginuid;
  unsigned int sessionid;
  __u64 self_exec_id;
  struct task_io_accounting ioac;
  struct css_set *cgroups;
};

struct linux_binprm {
  unsigned int secureexec : 1;
  int argc;
  const char *filename;
  const char *interp;
};

struct module {
  char name[56];
  unsigned long taints;
};

/* arch/x86: what a system call was given. */
struct pt_regs {
  unsigned long orig_ax;
  unsigned long di;
  unsigned long si;
  unsigned long dx;
};

struct seq_file;

struct bpf_iter_meta {
  struct seq_file *seq;
  __u64 session_id;
  __u64 seq_num;
};

struct bpf_iter__task {
  struct bpf_iter_meta *meta;
  struct task_struct *task;
};

#pragma clang attribute pop

#endif
