// SPDX-License-Identifier: Apache-2.0
// The odd ways in which a task can live and die. Each subcommand is one of them; `end STATUS` is where most of them go.
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *self;

static void fail(const char *what) {
  perror(what);
  _exit(99);
}

static int await(pid_t child) {
  int status;
  if (child < 0 || waitpid(child, &status, 0) != child) fail("wait");
  return status;
}

// Executes this program again as `ARG...`, without a fork.
static void become(const char *a, const char *b, const char *c) {
  execl(self, "zoo", a, b, c, (char *)0);
  fail("exec");
}

static void *exec_in_thread(void *arg) {
  (void)arg;
  become("end", "31", NULL);
  return NULL;
}

static void *outlive_the_leader(void *arg) {
  (void)arg;
  usleep(200 * 1000);
  exit(32);
}

static int with_many_arguments(int count) {
  char **argv = calloc((size_t)count + 1, sizeof *argv);
  argv[0] = "zoo";
  argv[1] = "end";
  argv[2] = "33";
  for (int i = 3; i < count; i++) argv[i] = "argue";
  execv(self, argv);
  fail("exec");
  return 99;
}

static void sleep_until(struct timespec *next, long nanos) {
  next->tv_nsec += nanos;
  next->tv_sec += next->tv_nsec / 1000000000;
  next->tv_nsec %= 1000000000;
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, next, NULL);
}

// Writes a byte for each child that has ended. With a rate, so many are started each second; who is late makes it up. With
// subshells, before each there is one child that executes nothing.
static int storm(int count, int rate, int subshells) {
  struct timespec next;
  clock_gettime(CLOCK_MONOTONIC, &next);
  extern char **environ;
  char *argv[] = {"zoo", "end", "0", NULL};
  for (int i = 0; i < count; i++) {
    pid_t child;
    if (subshells) {
      child = fork();
      if (child < 0) fail("fork");
      if (child == 0) _exit(0);
      await(child);
    }
    if (posix_spawn(&child, self, NULL, NULL, argv, environ) != 0) fail("spawn");
    await(child);
    if (write(STDOUT_FILENO, ".", 1) != 1) fail("write");
    if (rate) sleep_until(&next, 1000000000 / rate);
  }
  return 0;
}

int main(int argc, char **argv) {
  static char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  if (argc < 2 || length < 0) return 2;
  path[length] = 0;
  self = path;
  const char *what = argv[1];

  if (!strcmp(what, "end")) return atoi(argv[2]);
  if (!strcmp(what, "twice")) become("once", NULL, NULL);
  if (!strcmp(what, "once")) become("end", "30", NULL);
  if (!strcmp(what, "wait")) for (;;) pause();
  if (!strcmp(what, "segv")) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    raise(SIGSEGV);
  }
  if (!strcmp(what, "thread-exec")) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, exec_in_thread, NULL)) fail("thread");
    for (;;) pause();
  }
  if (!strcmp(what, "leader-first")) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, outlive_the_leader, NULL)) fail("thread");
    pthread_exit(NULL);
  }
  if (!strcmp(what, "vfork")) {
    pid_t child = vfork();
    if (child == 0) {
      execl(self, "zoo", "end", "34", (char *)0);
      _exit(99);
    }
    return WEXITSTATUS(await(child)) == 34 ? 0 : 99;
  }
  if (!strcmp(what, "daemon")) {
    pid_t child = fork();
    if (child == 0) {
      setsid();
      if (fork() == 0) {
        usleep(200 * 1000);  // by now the middle is gone, and this task has another parent
        become("end", "35", NULL);
      }
      _exit(0);
    }
    await(child);
    return 0;
  }
  if (!strcmp(what, "many-arguments")) return with_many_arguments(atoi(argv[2]));
  if (!strcmp(what, "hostile-arguments"))
    execl(self, "zoo", "end", "36", "new\nline", "not\xff\xfeUTF-8", "", "=>comm=init;start=1", (char *)0);
  if (!strcmp(what, "storm")) return storm(atoi(argv[2]), argc > 3 ? atoi(argv[3]) : 0, argc > 4);
  return 2;
}
