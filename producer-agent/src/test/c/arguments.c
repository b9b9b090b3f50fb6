// SPDX-License-Identifier: Apache-2.0
/*
 * Arguments as their process has them.
 *
 * arguments run SEED COUNT LENGTH FILE: executes itself with so many random arguments of at most so many bytes each, any byte
 * but NUL; what it then finds as its own goes to the file, each with its NUL. arguments none FILE: with no argument at all.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void write_own(const char *file, int argc, char **argv)
{
  FILE *out = fopen(file, "w");
  if (!out) abort();
  for (int i = 0; i < argc; i++) fwrite(argv[i], 1, strlen(argv[i]) + 1, out);
  if (fclose(out)) abort();
}

static char *random_text(int most)
{
  int length = most ? rand() % (most + 1) : 0;
  char *text = malloc(length + 1);
  for (int i = 0; i < length; i++) text[i] = 1 + rand() % 255;
  text[length] = 0;
  return text;
}

int main(int argc, char **argv)
{
  const char *file = getenv("TASKTRAIL_ARGUMENTS");
  if (file) {
    write_own(file, argc, argv);
    return 0;
  }
  int count = argc == 6 ? atoi(argv[3]) : 0;
  char **all = calloc(count + 1, sizeof(char *));
  if (argc == 6) srand(atoi(argv[2]));
  for (int i = 0; i < count; i++) all[i] = random_text(atoi(argv[4]));
  setenv("TASKTRAIL_ARGUMENTS", argv[argc - 1], 1);
  execv("/proc/self/exe", all);
  return 1;
}
