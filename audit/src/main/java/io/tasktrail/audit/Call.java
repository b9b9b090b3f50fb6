package io.tasktrail.audit;

import java.util.Map;

/// The system calls that make, change and end tasks, signal them, or handle modules. Numbers: the
/// kernel's syscall tables of each architecture; arches: linux/audit.h.
enum Call {
  CLONE,
  CLONE3,
  FORK,
  VFORK,
  EXEC,
  EXIT,
  EXIT_GROUP,
  KILL,
  TKILL,
  TGKILL,
  LOAD,
  UNLOAD,
  OTHER;

  private static final long X86_64 = 0xC000_003EL;
  private static final long I386 = 0x4000_0003L;
  private static final long AARCH64 = 0xC000_00B7L;

  /// The x32 interface of x86_64 has the same numbers with this bit.
  private static final long X32_BIT = 0x4000_0000L;

  private static final Map<Long, Call> OF_X86_64 =
      Map.ofEntries(
          Map.entry(56L, CLONE),
          Map.entry(57L, FORK),
          Map.entry(58L, VFORK),
          Map.entry(59L, EXEC),
          Map.entry(60L, EXIT),
          Map.entry(62L, KILL),
          Map.entry(175L, LOAD),
          Map.entry(176L, UNLOAD),
          Map.entry(200L, TKILL),
          Map.entry(231L, EXIT_GROUP),
          Map.entry(234L, TGKILL),
          Map.entry(313L, LOAD),
          Map.entry(322L, EXEC),
          Map.entry(435L, CLONE3),
          Map.entry(520L, EXEC),
          Map.entry(545L, EXEC));

  private static final Map<Long, Call> OF_I386 =
      Map.ofEntries(
          Map.entry(1L, EXIT),
          Map.entry(2L, FORK),
          Map.entry(11L, EXEC),
          Map.entry(37L, KILL),
          Map.entry(120L, CLONE),
          Map.entry(128L, LOAD),
          Map.entry(129L, UNLOAD),
          Map.entry(190L, VFORK),
          Map.entry(238L, TKILL),
          Map.entry(252L, EXIT_GROUP),
          Map.entry(270L, TGKILL),
          Map.entry(350L, LOAD),
          Map.entry(358L, EXEC),
          Map.entry(435L, CLONE3));

  private static final Map<Long, Call> OF_AARCH64 =
      Map.ofEntries(
          Map.entry(93L, EXIT),
          Map.entry(94L, EXIT_GROUP),
          Map.entry(105L, LOAD),
          Map.entry(106L, UNLOAD),
          Map.entry(129L, KILL),
          Map.entry(130L, TKILL),
          Map.entry(131L, TGKILL),
          Map.entry(220L, CLONE),
          Map.entry(221L, EXEC),
          Map.entry(273L, LOAD),
          Map.entry(281L, EXEC),
          Map.entry(435L, CLONE3));

  /// The call that a SYSCALL record tells of; [#OTHER] also for what is not a number, or of another
  /// architecture.
  static Call of(Fields syscall) {
    long arch = syscall.hex("arch").orElse(0);
    long number = syscall.number("syscall").orElse(-1);
    if (arch == X86_64) {
      return OF_X86_64.getOrDefault(number & ~X32_BIT, OTHER);
    }
    if (arch == I386) {
      return OF_I386.getOrDefault(number, OTHER);
    }
    return arch == AARCH64 ? OF_AARCH64.getOrDefault(number, OTHER) : OTHER;
  }
}
