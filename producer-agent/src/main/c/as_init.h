/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tasktrail-arm as the very first program, installed as /init of an initramfs: arms, then executes the real init in its
 * own place. Whatever becomes of the arming, the real init starts: a child arms, so that not even its crash is that of
 * PID 1, and it is waited for no longer than ARMING_SECONDS_MAX.
 */
#ifndef TASKTRAIL_AS_INIT_H
#define TASKTRAIL_AS_INIT_H

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define REAL_INIT "/init.tasktrail" /* where the hooks put what was /init */
#define ARM_OPTIONS "/etc/tasktrail/arm.options"
#ifndef ARMING_SECONDS_MAX /* a test does not wait so long */
#define ARMING_SECONDS_MAX 10
#endif

/* The kernel calls it /init; in a container, whose first process is PID 1 too, it has a name of its own. */
static int is_init(char *const *argv)
{
  return getpid() == 1 && argv[0] && !strcmp(argv[0], "/init");
}

/* /sys as the real init will mount it: its own attempt then fails with EBUSY, which it takes for done. */
static void mount_sys(void)
{
  mkdir("/sys", 0755);
  if (mount("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, 0) && errno != EBUSY)
    fprintf(stderr, "tasktrail-arm: /sys: cannot mount: %s\n", strerror(errno));
}

/* On the kernel's command line; what the kernel does not know itself is the environment of its init. */
static int switched_off(void)
{
  const char *value = getenv("tasktrail");
  return value && !strcmp(value, "off");
}

static int arm_as_init(int (*command)(int, char **))
{
  char *argv[] = {"tasktrail-arm", "--how", "initramfs, as init", "--options", ARM_OPTIONS, 0};
  int given = access(ARM_OPTIONS, F_OK) == 0;
  if (!given) argv[3] = 0;
  alarm(ARMING_SECONDS_MAX);
  mount_sys();
  return command(given ? 5 : 3, argv);
}

static void wait_for(pid_t child, const sigset_t *ends)
{
  const struct timespec longest = {.tv_sec = ARMING_SECONDS_MAX};
  siginfo_t end;
  int status = 0;
  sigtimedwait(ends, &end, &longest);
  if (waitpid(child, &status, WNOHANG) == 0) {
    kill(child, SIGKILL);
    fputs("tasktrail-arm: takes too long, goes on without\n", stderr);
  } else if (WIFSIGNALED(status)) {
    fprintf(stderr, "tasktrail-arm: died of signal %d, goes on without\n", WTERMSIG(status));
  }
}

/* Ends in the real init. What the kernel itself would look for follows it, should it not be there. */
static int run_as_init(int (*command)(int, char **), char **argv, char **environment)
{
  static char *const inits[] = {REAL_INIT, "/sbin/init", "/etc/init", "/bin/init", "/bin/sh"};
  sigset_t ends, before;
  sigemptyset(&ends);
  sigaddset(&ends, SIGCHLD);
  sigprocmask(SIG_BLOCK, &ends, &before);
  pid_t child = switched_off() ? -1 : fork();
  if (child == 0) {
    sigprocmask(SIG_SETMASK, &before, 0);
    exit(arm_as_init(command));
  }
  if (child > 0) wait_for(child, &ends);
  sigprocmask(SIG_SETMASK, &before, 0);
  for (size_t i = 0; i < sizeof(inits) / sizeof(*inits); i++) {
    execve(inits[i], argv, environment);
    fprintf(stderr, "tasktrail-arm: %s: cannot execute: %s\n", inits[i], strerror(errno));
  }
  return 1;
}

#endif
