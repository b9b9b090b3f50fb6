package io.tasktrail.agent.ring;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The few functions of the C library that reading a capture takes. Results are as in C, but a
/// failure is `-errno`. Not for use by two threads at once.
// "restricted": calling native code is what this class is for.
@SuppressWarnings("restricted")
final class Libc {

  static final int PROT_READ = 1;
  static final int PROT_WRITE = 2;

  private static final int MAP_SHARED = 1;
  private static final int O_RDONLY_CLOEXEC = 0x80000;
  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCK_BOOTTIME = 7;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SYSCALL =
      handle(
          "syscall", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG), 1);
  private static final MethodHandle OPEN =
      handle("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
  private static final MethodHandle READ =
      handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle MMAP =
      handle(
          "mmap",
          FunctionDescriptor.of(
              JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle MUNMAP =
      handle("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle CLOCK_GETTIME =
      handle("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle GETPAGESIZE =
      handle("getpagesize", FunctionDescriptor.of(JAVA_INT));

  private final MemorySegment state;
  private final MemorySegment timespec;

  /// The arena must outlive this object.
  Libc(Arena arena) {
    state = arena.allocate(STATE);
    timespec = arena.allocate(2 * JAVA_LONG.byteSize(), JAVA_LONG.byteAlignment());
  }

  /// bpf(2).
  int bpf(int command, MemorySegment attributes) {
    return (int)
        result(
            () ->
                (long)
                    SYSCALL.invokeExact(
                        state,
                        bpfSyscallNumber(),
                        (long) command,
                        attributes,
                        attributes.byteSize()));
  }

  /// open(2) for reading.
  int open(MemorySegment path) {
    return (int) result(() -> (long) (int) OPEN.invokeExact(state, path, O_RDONLY_CLOEXEC));
  }

  /// read(2).
  long read(int fd, MemorySegment into) {
    return result(() -> (long) READ.invokeExact(state, fd, into, into.byteSize()));
  }

  /// close(2).
  void close(int fd) {
    var _ = result(() -> (long) (int) CLOSE.invokeExact(state, fd));
  }

  /// mmap(2), shared. The address, or -errno.
  long mmap(int fd, long size, int protection, long offset) {
    return result(
        () ->
            (long)
                MMAP.invokeExact(
                    state, MemorySegment.NULL, size, protection, MAP_SHARED, fd, offset));
  }

  /// munmap(2).
  void munmap(MemorySegment memory) {
    var _ = result(() -> (long) (int) MUNMAP.invokeExact(state, memory, memory.byteSize()));
  }

  /// Memory that mmap returned.
  static MemorySegment at(long address, long size) {
    return MemorySegment.ofAddress(address).reinterpret(size);
  }

  int pageSize() {
    return (int) result(() -> (long) (int) GETPAGESIZE.invokeExact(state));
  }

  /// CLOCK_BOOTTIME, nanoseconds: the clock of every event.
  long bootNanos() {
    return nanos(CLOCK_BOOTTIME);
  }

  /// CLOCK_REALTIME, nanoseconds.
  long wallNanos() {
    return nanos(CLOCK_REALTIME);
  }

  private long nanos(int clock) {
    var _ = result(() -> (long) (int) CLOCK_GETTIME.invokeExact(state, clock, timespec));
    return timespec.getAtIndex(JAVA_LONG, 0) * 1_000_000_000L + timespec.getAtIndex(JAVA_LONG, 1);
  }

  private long result(Call call) {
    try {
      long value = call.invoke();
      return value == -1 ? -(int) ERRNO.get(state, 0L) : value;
    } catch (Throwable broken) {
      throw new IllegalStateException(broken);
    }
  }

  /// `__NR_bpf`.
  private static long bpfSyscallNumber() {
    return "aarch64".equals(System.getProperty("os.arch")) ? 280 : 321;
  }

  private static MethodHandle handle(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle handle(String name, FunctionDescriptor type, int firstVariadic) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        type,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(firstVariadic));
  }

  private interface Call {
    // MethodHandle.invokeExact declares Throwable.
    long invoke() throws Throwable;
  }
}
