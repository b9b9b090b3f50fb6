/*
 * Preloaded into the JVM that writes an archive of classes: a monotonic clock that stands still. The archive holds soft
 * references, each with the milliseconds at which it was made; with this, the same classes give the same bytes. Who waits
 * for this clock to move on waits in vain, and after so many looks at it no longer at full speed.
 */
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 10000
#define REST_NS 1000000

static __thread unsigned looks;

int clock_gettime(clockid_t clock, struct timespec *now)
{
  if (clock != CLOCK_MONOTONIC) return (int)syscall(SYS_clock_gettime, clock, now);
  if (++looks > PATIENCE) nanosleep(&(struct timespec){.tv_nsec = REST_NS}, NULL);
  now->tv_sec = 1;
  now->tv_nsec = 0;
  return 0;
}
