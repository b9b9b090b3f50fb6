// SPDX-License-Identifier: Apache-2.0
/* A loader that is the init of an initramfs and fails as the word armer= of the kernel's command line says. */
#define _GNU_SOURCE
#include <stdlib.h>

#include "as_init.h"

static int fail_to_arm(int argc, char **argv)
{
  const char *how = getenv("armer");
  (void)argc;
  (void)argv;
  if (how && !strcmp(how, "crash")) raise(SIGSEGV);
  if (how && !strcmp(how, "hang")) {
    signal(SIGALRM, SIG_IGN);
    for (;;) pause();
  }
  return 1;
}

int main(int argc, char **argv, char **environment)
{
  (void)argc;
  return is_init(argv) ? run_as_init(fail_to_arm, argv, environment) : 2;
}
