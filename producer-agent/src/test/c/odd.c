// SPDX-License-Identifier: Apache-2.0
/* Does the odd things that processes may do, one a run: odd NAME. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char *const arguments[] = {"true", 0};
extern char **environ;

static void *execute(void *unused)
{
  execv("/bin/true", arguments);
  return unused;
}

/* A thread that is not the leader executes: it takes the leader's place. */
static void thread_exec(void)
{
  pthread_t thread;
  pthread_create(&thread, 0, execute, 0);
  pause();
}

static void *end_later(void *unused)
{
  usleep(50000);
  exit(5);
  return unused;
}

/* The leader ends while its thread lives on. */
static void leader_first(void)
{
  pthread_t thread;
  pthread_create(&thread, 0, end_later, 0);
  pthread_exit(0);
}

/* Many threads end at once, on all cpus. */
static void *wait_and_end(void *barrier)
{
  pthread_barrier_wait(barrier);
  return 0;
}

static void threads(void)
{
  enum { COUNT = 32 };
  pthread_t thread[COUNT];
  static pthread_barrier_t barrier;
  pthread_barrier_init(&barrier, 0, COUNT + 1);
  for (int i = 0; i < COUNT; i++) pthread_create(&thread[i], 0, wait_and_end, &barrier);
  pthread_barrier_wait(&barrier);
  pthread_exit(0);
}

static void vforked(void)
{
  if (vfork() == 0) {
    execv("/bin/true", arguments);
    _exit(1);
  }
  wait(0);
}

static void daemonize(void)
{
  if (fork()) {
    wait(0);
    return;
  }
  setsid();
  if (fork()) _exit(0);
  execute(0);
}

/* The child's real parent is this process's own parent. */
static void clone_parent(void)
{
  if (syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0) == 0) _exit(4);
  usleep(50000);
}

/* Executes a copy of /bin/true that has no name. */
static void memory_file(void)
{
  char copy[65536];
  size_t n;
  int fd = memfd_create("nameless", MFD_CLOEXEC);
  FILE *from = fopen("/bin/true", "r");
  while ((n = fread(copy, 1, sizeof(copy), from)) > 0)
    if (write(fd, copy, n) < 0) abort();
  fexecve(fd, arguments, environ);
}

/* A command line of 100,000 arguments and about 700 KB. */
static void many_arguments(void)
{
  enum { COUNT = 100000 };
  char **all = calloc(COUNT + 1, sizeof(char *));
  all[0] = "true";
  for (int i = 1; i < COUNT; i++) {
    all[i] = malloc(8);
    snprintf(all[i], 8, "%06d", i);
  }
  execv("/bin/true", all);
}

static void bytes(void)
{
  char *const odd[] = {"true", "line\nbreak", "\xff\xfe", "", "x=>comm=init;st", 0};
  execv("/bin/true", odd);
}

static void *spawn_many(void *path)
{
  char *const marked[] = {path, "nothing", 0};
  for (int i = 0; i < 2500; i++) {
    pid_t pid;
    int status;
    if (posix_spawn(&pid, path, 0, 0, marked, environ) || waitpid(pid, &status, 0) != pid) abort();
  }
  return 0;
}

/* 5,000 processes, as fast as two threads can. */
static void storm(void)
{
  pthread_t thread;
  char self[4096] = "";
  if (readlink("/proc/self/exe", self, sizeof(self) - 1) < 0) abort();
  pthread_create(&thread, 0, spawn_many, self);
  spawn_many(self);
  pthread_join(thread, 0);
}

/* A process whose namespace of pids is within another one. */
static void nested(void)
{
  if (unshare(CLONE_NEWPID)) exit(77);
  if (fork()) {
    wait(0);
    return;
  }
  if (unshare(CLONE_NEWPID)) _exit(77);
  if (fork()) {
    wait(0);
    _exit(0);
  }
  execv("/bin/true", arguments);
  _exit(1);
}

/* Executes a copy of /bin/true whose name is removed before. */
static void removed(void)
{
  char copy[65536];
  char name[] = "/tmp/tasktrail-removed-XXXXXX";
  size_t n;
  int fd = mkstemp(name);
  FILE *from = fopen("/bin/true", "r");
  while ((n = fread(copy, 1, sizeof(copy), from)) > 0)
    if (write(fd, copy, n) < 0) abort();
  fchmod(fd, 0755);
  close(fd);
  fd = open(name, O_RDONLY);
  unlink(name);
  fexecve(fd, arguments, environ);
}

/* Is executed, and then moves the bounds of what the kernel takes for its argv, as setproctitle(3) does. */
static void renamed(void)
{
  char *title = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  strcpy(title, "forged title");
  prctl(PR_SET_MM, PR_SET_MM_ARG_START, (unsigned long)title, 0, 0);
  prctl(PR_SET_MM, PR_SET_MM_ARG_END, (unsigned long)title + 12, 0, 0);
}

static void nothing(void)
{
}

static const struct {
  const char *name;
  void (*run)(void);
} all[] = {{"thread-exec", thread_exec},   {"leader-first", leader_first}, {"threads", threads},
           {"vfork", vforked},             {"daemon", daemonize},          {"clone-parent", clone_parent},
           {"memory-file", memory_file},   {"many-arguments", many_arguments}, {"bytes", bytes},
           {"nested", nested},             {"removed", removed},       {"renamed", renamed},
           {"storm", storm},               {"nothing", nothing}};

int main(int argc, char **argv)
{
  for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
    if (argc > 1 && !strcmp(argv[1], all[i].name)) {
      all[i].run();
      return 0;
    }
  return 2;
}
