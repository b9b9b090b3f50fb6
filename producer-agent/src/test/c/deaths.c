// SPDX-License-Identifier: Apache-2.0
/*
 * Brings deaths about, one way a run: deaths WAY [CGROUP]. Prints of each child what the kernel itself says of its end, when
 * it is waited for:
 *   PID STATUS CPU_MICROSECONDS READ_BYTES WRITE_BYTES
 * STATUS is that of wait4(2), the bytes are those of /proc/PID/io right before the child dies.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SENDS = 10000, WAITS = 1000, SPIN_MS = 60 };

static int gate[2]; /* a child goes on once it can read from it */
static int ready[2]; /* and says here that it waits */
static const char *cgroup;

static void must(int ok, const char *what)
{
  if (ok) return;
  perror(what);
  exit(1);
}

static void say(int to)
{
  must(write(to, "", 1) == 1, "write");
}

static void hear(int from)
{
  char byte;
  must(read(from, &byte, 1) == 1, "read");
}

/* Some work, so that there is something to count; then waits to be let go, or killed. */
static void work_and_wait(void)
{
  static char block[1 << 20];
  struct timespec now;
  int fd = open(".", O_TMPFILE | O_RDWR, 0600);
  must(fd >= 0 && write(fd, block, sizeof(block)) == sizeof(block) && !fsync(fd), "write");
  do
    must(!clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now), "clock_gettime");
  while (now.tv_sec * 1000 + now.tv_nsec / 1000000 < SPIN_MS);
  say(ready[1]);
  hear(gate[0]);
}

static pid_t child(void (*act)(void))
{
  pid_t pid = fork();
  must(pid >= 0, "fork");
  if (pid) {
    hear(ready[0]);
    return pid;
  }
  work_and_wait();
  if (act) act();
  _exit(3);
}

static void bytes_of(pid_t pid, unsigned long long *read_bytes, unsigned long long *write_bytes)
{
  char line[256];
  *read_bytes = *write_bytes = 0;
  snprintf(line, sizeof(line), "/proc/%d/io", pid);
  FILE *io = fopen(line, "r");
  must(io != 0, line);
  while (fgets(line, sizeof(line), io)) {
    sscanf(line, "read_bytes: %llu", read_bytes);
    sscanf(line, "write_bytes: %llu", write_bytes);
  }
  fclose(io);
}

static unsigned long long read_bytes, write_bytes;

static void tell_end_of(pid_t pid)
{
  struct rusage use;
  int status;
  must(wait4(pid, &status, 0, &use) == pid, "wait4");
  printf("%d %d %lld %llu %llu\n", pid, status,
         (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000000LL + use.ru_utime.tv_usec + use.ru_stime.tv_usec, read_bytes,
         write_bytes);
}

static void let_go(pid_t pid)
{
  bytes_of(pid, &read_bytes, &write_bytes);
  say(gate[1]);
  tell_end_of(pid);
}

static void kill_it(pid_t pid, int number)
{
  bytes_of(pid, &read_bytes, &write_bytes);
  must(!kill(pid, number), "kill");
  tell_end_of(pid);
}

static void by_parent(void)
{
  kill_it(child(0), SIGKILL);
}

static void with_term(void)
{
  kill_it(child(0), SIGTERM);
}

static void kill_self(void)
{
  kill(getpid(), SIGKILL);
}

static void by_itself(void)
{
  let_go(child(kill_self));
}

/* The same signal, out of its own fault and sent by another. */
static char *volatile nowhere;

static void touch_nothing(void)
{
  *nowhere = 0;
}

static void fault(void)
{
  let_go(child(touch_nothing));
}

static void fault_that_was_sent(void)
{
  kill_it(child(0), SIGSEGV);
}

/* Of a thread other than the leader. */
static void *touch(void *unused)
{
  touch_nothing();
  return unused;
}

static void fault_in_thread(void)
{
  pthread_t thread;
  pthread_create(&thread, 0, touch, 0);
  pthread_join(thread, 0);
}

static void thread_fault(void)
{
  let_go(child(fault_in_thread));
}

static void dump_core(void)
{
  struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
  must(!setrlimit(RLIMIT_CORE, &all), "setrlimit");
  abort();
}

/* Where a core may be written: its name is the machine's affair. */
static void core(void)
{
  char dir[] = "/tmp/tasktrail-core-XXXXXX", core[64];
  must(mkdtemp(dir) && !chdir(dir), dir);
  pid_t pid = child(dump_core);
  let_go(pid);
  snprintf(core, sizeof(core), "core.%d", pid);
  unlink(core);
  unlink("core");
  rmdir(dir);
}


static pid_t member(pid_t group)
{
  pid_t pid = fork();
  if (pid) {
    hear(ready[0]);
    return pid;
  }
  must(!setpgid(0, group), "setpgid");
  say(ready[1]);
  pause();
  _exit(3);
}

static void group(void)
{
  pid_t all[3];
  for (int i = 0; i < 3; i++) all[i] = member(i ? all[0] : 0);
  must(!kill(-all[0], SIGKILL), "kill");
  for (int i = 0; i < 3; i++) tell_end_of(all[i]);
}

static void *end_all(void *unused)
{
  exit(7);
  return unused;
}

static void end_by_thread(void)
{
  pthread_t thread;
  pthread_create(&thread, 0, end_all, 0);
  pause();
}

static void group_exit(void)
{
  let_go(child(end_by_thread));
}

/* The first process of a pid namespace is killed: all others in it are, too. */
static void namespace_ends(void)
{
  pid_t init = (pid_t)syscall(SYS_clone, CLONE_NEWPID | SIGCHLD, 0, 0, 0, 0);
  must(init >= 0, "clone");
  if (!init) {
    if (!fork()) {
      say(ready[1]);
      pause();
    }
    pause();
  }
  hear(ready[0]);
  must(!kill(init, SIGKILL), "kill");
  tell_end_of(init);
}

static void set_alarm(void)
{
  struct itimerval soon = {.it_value = {.tv_usec = 20000}};
  setitimer(ITIMER_REAL, &soon, 0);
  pause();
}

static void alarmed(void)
{
  let_go(child(set_alarm));
}

static void set_timer(void)
{
  timer_t timer;
  struct itimerspec soon = {.it_value = {.tv_nsec = 20000000}};
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
  must(!timer_create(CLOCK_MONOTONIC, &event, &timer) && !timer_settime(timer, 0, &soon, 0), "timer");
  pause();
}

static void timed(void)
{
  let_go(child(set_timer));
}

/* Says that a timer sent it. */
static void forged(void)
{
  siginfo_t lie = {.si_signo = SIGUSR1, .si_code = SI_TIMER};
  pid_t pid = child(0);
  bytes_of(pid, &read_bytes, &write_bytes);
  must(!syscall(SYS_rt_sigqueueinfo, pid, SIGUSR1, &lie), "rt_sigqueueinfo");
  tell_end_of(pid);
}

static void write_to_nobody(void)
{
  int ends[2];
  must(!pipe(ends) && !close(ends[0]), "pipe");
  say(ends[1]);
}

static void broken_pipe(void)
{
  let_go(child(write_to_nobody));
}

static void ctrl_c(void)
{
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  must(master >= 0 && !grantpt(master) && !unlockpt(master), "posix_openpt");
  pid_t pid = fork();
  if (!pid) {
    setsid();
    int line = open(ptsname(master), O_RDWR);
    must(line >= 0 && !ioctl(line, TIOCSCTTY, 0), "controlling terminal");
    say(ready[1]);
    pause();
    _exit(3);
  }
  hear(ready[0]);
  must(write(master, "\003", 1) == 1, "write");
  tell_end_of(pid);
}

static void unblock(void)
{
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, 0);
}

static void block(int number)
{
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  sigprocmask(SIG_BLOCK, &set, 0);
}

/* The leader blocks it, another thread takes it. */
static void *take(void *unused)
{
  unblock();
  say(ready[1]);
  pause();
  return unused;
}

static void block_but_in_a_thread(void)
{
  pthread_t thread;
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  block(SIGQUIT);
  pthread_create(&thread, 0, take, 0);
  pthread_join(thread, 0);
}

static void taken_by_a_thread(void)
{
  pid_t pid = child(block_but_in_a_thread);
  bytes_of(pid, &read_bytes, &write_bytes);
  say(gate[1]);
  hear(ready[0]);
  must(!kill(pid, SIGQUIT), "kill");
  tell_end_of(pid);
}

/* Takes what it blocks, again and again. */
static void wait_for_many(void)
{
  sigset_t set;
  int number;
  sigemptyset(&set);
  sigaddset(&set, SIGQUIT);
  for (int i = 0; i < WAITS; i++) {
    say(ready[1]);
    sigwait(&set, &number);
  }
}

static void awaited(void)
{
  block(SIGQUIT);
  pid_t pid = child(wait_for_many);
  bytes_of(pid, &read_bytes, &write_bytes);
  say(gate[1]);
  for (int i = 0; i < WAITS; i++) {
    hear(ready[0]);
    must(!kill(pid, SIGQUIT), "kill");
  }
  tell_end_of(pid);
}

/* It waits, and ends its target when that unblocks it. */
static void blocked(void)
{
  block(SIGTERM);
  pid_t pid = child(unblock);
  must(!kill(pid, SIGTERM), "kill");
  let_go(pid);
}

/* It waits, and its target ends of itself before it unblocks it. */
static void too_late(void)
{
  block(SIGTERM);
  pid_t pid = child(0);
  must(!kill(pid, SIGTERM), "kill");
  let_go(pid);
}

static volatile sig_atomic_t handled;

static void handle(int number)
{
  handled = number;
}

static void harmless(void)
{
  signal(SIGUSR1, handle);
  signal(SIGTERM, SIG_IGN);
  pid_t pid = child(0);
  for (int i = 0; i < SENDS; i++) must(!kill(pid, SIGUSR1) && !kill(pid, SIGCHLD) && !kill(pid, SIGTERM), "kill");
  let_go(pid);
}

/* A process that is dead already is killed again and again. */
static void dead(void)
{
  siginfo_t info;
  pid_t pid = child(0);
  bytes_of(pid, &read_bytes, &write_bytes);
  must(!kill(pid, SIGKILL) && !waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), "kill");
  for (int i = 0; i < SENDS; i++) must(!kill(pid, SIGKILL), "kill");
  tell_end_of(pid);
  for (int i = 0; i < SENDS; i++) kill(pid, SIGKILL);
}

/* Its parent is gone before it. */
static void parent_gone(void)
{
  pid_t parent = fork();
  if (!parent) {
    pid_t mine = fork();
    if (!mine) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      say(ready[1]);
      pause();
      _exit(3);
    }
    hear(ready[0]);
    _exit(0);
  }
  tell_end_of(parent);
  usleep(100000);
}

static void join(const char *group)
{
  char path[4096];
  snprintf(path, sizeof(path), "%s/cgroup.procs", group);
  int fd = open(path, O_WRONLY);
  must(fd >= 0 && write(fd, "0", 1) == 1, path);
  close(fd);
}

static void eat(void)
{
  join(cgroup);
  for (;;) memset(malloc(1 << 20), 1, 1 << 20);
}

static void out_of_memory(void)
{
  let_go(child(eat));
}

static void join_and_wait(void)
{
  join(cgroup);
  say(ready[1]);
  pause();
}

static void cgroup_killed(void)
{
  char path[4096];
  snprintf(path, sizeof(path), "%s/cgroup.kill", cgroup);
  pid_t pid = child(join_and_wait);
  bytes_of(pid, &read_bytes, &write_bytes);
  say(gate[1]);
  hear(ready[0]);
  int fd = open(path, O_WRONLY);
  must(fd >= 0 && write(fd, "1", 1) == 1, path);
  tell_end_of(pid);
}

static const struct {
  const char *name;
  void (*run)(void);
} ways[] = {{"by-parent", by_parent},       {"with-term", with_term},     {"by-itself", by_itself},
            {"fault", fault},               {"fault-sent", fault_that_was_sent}, {"thread-fault", thread_fault},
            {"core", core},                 {"group", group},             {"group-exit", group_exit},
            {"namespace", namespace_ends},  {"alarm", alarmed},           {"timer", timed},
            {"forged", forged},             {"broken-pipe", broken_pipe}, {"ctrl-c", ctrl_c},
            {"blocked", blocked},           {"too-late", too_late},
            {"taken-by-a-thread", taken_by_a_thread}, {"awaited", awaited},       {"harmless", harmless},
            {"dead", dead},                 {"parent-gone", parent_gone}, {"out-of-memory", out_of_memory},
            {"cgroup-kill", cgroup_killed}};

/* Who starts a program in the background, or by nohup, may have had signals ignored. */
static void heed_all(void)
{
  for (int number = 1; number < SIGRTMIN; number++)
    signal(number, SIG_DFL);
}

int main(int argc, char **argv)
{
  heed_all();
  must(!pipe(gate) && !pipe(ready), "pipe");
  cgroup = argc > 2 ? argv[2] : "";
  for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
    if (argc > 1 && !strcmp(argv[1], ways[i].name)) {
      ways[i].run();
      return 0;
    }
  return 2;
}
