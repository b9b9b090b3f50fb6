/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Which of the signals that are sent on this machine end their target; and who sent them. All that is asked here is
 * asked of every signal: the cheapest question first. The numbers are those of all architectures but MIPS, SPARC, Alpha and
 * PA-RISC.
 */
#ifndef TASKTRAIL_DEADLY_H
#define TASKTRAIL_DEADLY_H

/* More than a kernel's stack on any architecture; less than from one to what is no stack. */
#define STACK_MAX (32 << 10)

#define BIT(signal) (1ULL << ((signal) - 1))

/* Whoever has no handler for them ignores them, stops or goes on. */
#define HARMLESS                                                                                                       \
  (BIT(SIGCHLD) | BIT(SIGCONT) | BIT(SIGSTOP) | BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU) | BIT(SIGURG) | BIT(SIGWINCH))

/* The target takes them up itself, for they dump core. */
#define DUMPS_CORE                                                                                                     \
  (BIT(SIGQUIT) | BIT(SIGILL) | BIT(SIGTRAP) | BIT(SIGABRT) | BIT(SIGBUS) | BIT(SIGFPE) | BIT(SIGSEGV) | BIT(SIGXCPU) | \
   BIT(SIGXFSZ) | BIT(SIGSYS))

#define TIMERS (BIT(SIGALRM) | BIT(SIGVTALRM) | BIT(SIGPROF))

static __always_inline int is_deadly(int number)
{
  return number >= 1 && number <= SIGNALS_MAX && !(BIT(number) & HARMLESS);
}

/* Not ignored, not pending already, not lost; nor sent to what dies anyway. */
static __always_inline int is_on_its_way(int result)
{
  return result == TRACE_SIGNAL_DELIVERED || result == TRACE_SIGNAL_LOSE_INFO;
}

/* The kernel has just decided so: of a target that was dying already it says that the signal is ignored. */
static __always_inline int ends_now(struct task_struct *target)
{
  return target->signal->flags & SIGNAL_GROUP_EXIT;
}

static __always_inline int has_handler(struct task_struct *target, int number)
{
  /* Read as a number: the verifier of 6.1 lets nobody reckon with a pointer that it knows. */
  __u64 action = (__u64)BPF_CORE_READ(target, sighand) + bpf_core_field_offset(struct sighand_struct, action) +
                 (number - 1) * bpf_core_type_size(struct k_sigaction);

  return BPF_CORE_READ((struct k_sigaction *)action, sa.sa_handler) != 0;
}

static __always_inline int blocks(struct task_struct *thread, int number)
{
  return ((thread->blocked.sig[0] | thread->real_blocked.sig[0]) & BIT(number)) != 0;
}

/* The kernel has just looked for a thread to take what is sent to all of them, and noted it. */
static __always_inline int waits(struct task_struct *target, int number, int to_all)
{
  struct task_struct *taker = target->signal->curr_target;

  return blocks(target, number) && (!to_all || !taker || blocks(taker, number));
}

/*
 * Not what waits: a program can take it, and be sent it again, without end; so could a debugger. What is told here is thus as
 * rare as deaths are.
 */
static __always_inline int will_dump_core(struct task_struct *target, int number, int to_all)
{
  if (!(BIT(number) & DUMPS_CORE) || target->ptrace || target->signal->flags & SIGNAL_UNKILLABLE)
    return 0;
  return !has_handler(target, number) && !waits(target, number, to_all);
}

static __always_inline int is_made_up(__u64 info)
{
  return info == SEND_SIG_NOINFO || info == SEND_SIG_PRIV;
}

static __always_inline __s32 code_of(__u64 info)
{
  if (is_made_up(info))
    return info == SEND_SIG_PRIV ? SI_KERNEL : SI_USER;
  return BPF_CORE_READ((struct kernel_siginfo *)info, si_code);
}

/*
 * A process's own timer, which expires in the middle of whatever runs. sigqueue(3) can say so too, but then what it says
 * lies on the stack of the caller.
 */
static __always_inline __u32 is_timer(int number, __s32 code, __u64 info)
{
  if (info == SEND_SIG_PRIV)
    return (BIT(number) & TIMERS) != 0;
  return code == SI_TIMER && info - (__u64)bpf_get_current_task_btf()->stack >= STACK_MAX;
}

/* The mark stays on a task that dies of something else meanwhile. */
static __always_inline __u32 killed_for_memory(struct signal_struct *signal, __u32 status)
{
  return (status & 0x7f) == SIGKILL && signal->oom_mm;
}

#endif
