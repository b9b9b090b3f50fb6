package io.tasktrail.formats.audit;

import java.util.OptionalLong;

/// A system call.
///
/// @param number of x86_64
/// @param exit what it returned; empty where it never does
record Call(int number, OptionalLong exit, long firstArgument, long secondArgument) {

  Call(int number, long exit, long firstArgument, long secondArgument) {
    this(number, OptionalLong.of(exit), firstArgument, secondArgument);
  }

  static Call of(int number) {
    return new Call(number, 0, 0, 0);
  }

  static Call failed(int number, int errno) {
    return new Call(number, -errno, 0, 0);
  }

  static Call ending(int number, int argument) {
    return new Call(number, OptionalLong.empty(), argument, 0);
  }
}
