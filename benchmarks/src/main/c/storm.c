// SPDX-License-Identifier: Apache-2.0
/*
 * storm PROGRAM COUNT WORKERS PAUSE_MICROS: threads start PROGRAM by posix_spawn COUNT times in all, each waiting for the
 * one it started, then for a random time whose mean is the pause (at a fixed beat one would measure the beat of others).
 * Prints the nanoseconds of it all: by the wall, and by the processors, its own and those of what it started. Without arguments it is such a PROGRAM itself: it ends at once.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORKERS_MAX 64

static char *program;
static atomic_long left;
static long pause_micros;

static void *work(void *seed)
{
  char *arguments[] = {program, NULL}, *environment[] = {NULL};
  unsigned random = (unsigned)(long)seed;
  while (atomic_fetch_sub(&left, 1) > 0) {
    pid_t pid;
    int status, error = posix_spawn(&pid, program, NULL, NULL, arguments, environment);
    if (error || waitpid(pid, &status, 0) != pid || status) {
      fprintf(stderr, "%s: %s\n", program, error ? strerror(error) : "did not end with 0");
      exit(1);
    }
    if (pause_micros) usleep(pause_micros / 2 + rand_r(&random) % pause_micros);
  }
  return NULL;
}

static long now_nanos(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000L + now.tv_nsec;
}

static long nanos(struct timeval time)
{
  return time.tv_sec * 1000000000L + time.tv_usec * 1000L;
}

static long cpu_nanos(int who)
{
  struct rusage usage;
  getrusage(who, &usage);
  return nanos(usage.ru_utime) + nanos(usage.ru_stime);
}

int main(int count, char **arguments)
{
  if (count == 1) return 0;
  if (count != 5) return 2;
  program = arguments[1];
  left = atol(arguments[2]);
  pause_micros = atol(arguments[4]);
  long workers = atol(arguments[3]), begin = now_nanos();
  pthread_t threads[WORKERS_MAX];
  if (workers < 1 || workers > WORKERS_MAX) return 2;
  for (long i = 0; i < workers; i++)
    if (pthread_create(&threads[i], NULL, work, (void *)(i + 1))) return 1;
  for (long i = 0; i < workers; i++) pthread_join(threads[i], NULL);
  printf("%ld %ld\n", now_nanos() - begin, cpu_nanos(RUSAGE_SELF) + cpu_nanos(RUSAGE_CHILDREN));
  return 0;
}
