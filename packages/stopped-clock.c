/*
 * Preloaded into the JVM that writes an archive of classes: a monotonic clock that stands still. The archive holds soft
 * references, each with the milliseconds at which it was made; with this, the same classes give the same bytes.
 */
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now)
{
  if (clock != CLOCK_MONOTONIC) return (int)syscall(SYS_clock_gettime, clock, now);
  now->tv_sec = 1;
  now->tv_nsec = 0;
  return 0;
}
