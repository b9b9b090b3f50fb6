/* SPDX-License-Identifier: Apache-2.0 */
/* How a program ends that can't go on. It defines PROGRAM, its name, before it includes this. */
#ifndef TASKTRAIL_FAILURE_H
#define TASKTRAIL_FAILURE_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void complain(const char *format, va_list arguments)
{
  fputs(PROGRAM ": ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
}

/* Ends with status 1. */
__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  complain(format, arguments);
  exit(1);
}

/* Ends with status 2: it was not called as it wants to be. */
__attribute__((noreturn, format(printf, 1, 2))) static void misuse(const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  complain(format, arguments);
  fputs("try: " PROGRAM " --help\n", stderr);
  exit(2);
}

#endif
