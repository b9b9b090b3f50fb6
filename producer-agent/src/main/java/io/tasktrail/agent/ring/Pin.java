package io.tasktrail.agent.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tasktrail.agent.ring.RecordLayout.ProgramInfo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// One pinned map or program, opened. Closed together with its arena's owner.
final class Pin implements AutoCloseable {

  /// How it is opened (`BPF_F_RDONLY` of linux/bpf.h). Only a writable map can be mapped.
  enum Access {
    READ(1 << 3),
    READ_AND_WRITE(0);

    private final int flag;

    Access(int flag) {
      this.flag = flag;
    }
  }

  private static final int BPF_MAP_LOOKUP_ELEM = 1;
  private static final int BPF_OBJ_GET = 7;
  private static final int BPF_OBJ_GET_INFO_BY_FD = 15;
  private static final int BPF_MAP_LOOKUP_BATCH = 24;
  private static final int ATTRIBUTES = 64;

  private final Libc libc;
  private final Path path;
  private final int fd;

  private Pin(Libc libc, Path path, int fd) {
    this.libc = libc;
    this.path = path;
    this.fd = fd;
  }

  /// Opens a pin by its path.
  ///
  /// @throws CaptureException if it is not there or may not be opened: with the command that helps
  static Pin open(Libc libc, Path path, Access access) {
    int fd = get(libc, path, access);
    if (fd < 0) {
      throw cannotOpen(path, -fd);
    }
    return new Pin(libc, path, fd);
  }

  /// Opens a pin that need not be there, nor be open to everybody.
  static Optional<Pin> openIfAllowed(Libc libc, Path path, Access access) {
    int fd = get(libc, path, access);
    return fd < 0 ? Optional.empty() : Optional.of(new Pin(libc, path, fd));
  }

  private static int get(Libc libc, Path path, Access access) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES, JAVA_LONG.byteAlignment());
      attributes.set(JAVA_LONG, 0, arena.allocateFrom(path.toString()).address());
      attributes.set(JAVA_INT, 12, access.flag);
      return libc.bpf(BPF_OBJ_GET, attributes);
    }
  }

  /// Says why a pin cannot be opened, and what to do about it.
  static CaptureException cannotOpen(Path path, int errno) {
    Path dir = path.getParent();
    return new CaptureException(
        switch (errno) {
          case Errno.ENOENT -> nothingThere(dir);
          case Errno.EROFS ->
              path
                  + ": this bpffs is read-only, and an agent writes there how far it has read; as"
                  + " root: mount -o remount,rw "
                  + dir.getParent();
          case Errno.EACCES ->
              path
                  + ": permission denied; only "
                  + groupOf(dir)
                  + " may read this capture: be of that group, or arm again with --group";
          case Errno.EPERM ->
              path + ": bpf(2) is forbidden here; see the service's SystemCallFilter, or seccomp";
          default -> path + ": cannot open: " + Errno.text(errno);
        });
  }

  private static String nothingThere(Path dir) {
    Path bpffs = dir.getParent();
    return isBpffs(bpffs)
        ? dir + ": no capture is armed here; as root: tasktrail-arm --pin " + dir
        : bpffs
            + ": no bpf file system is mounted here; as root: mount -t bpf bpf "
            + bpffs
            + ", then tasktrail-arm --pin "
            + dir;
  }

  private static boolean isBpffs(Path place) {
    try {
      return Files.getFileStore(place).type().equals("bpf");
    } catch (IOException | RuntimeException unknown) {
      return true;
    }
  }

  private static String groupOf(Path dir) {
    try {
      return "group " + Files.getAttribute(dir, "unix:gid");
    } catch (IOException | RuntimeException unknown) {
      return "its group";
    }
  }

  /// The value of one element.
  void lookup(int key, MemorySegment value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES, JAVA_LONG.byteAlignment());
      attributes.set(JAVA_INT, 0, fd);
      attributes.set(JAVA_LONG, 8, arena.allocateFrom(JAVA_INT, key).address());
      attributes.set(JAVA_LONG, 16, value.address());
      check(libc.bpf(BPF_MAP_LOOKUP_ELEM, attributes));
    }
  }

  /// The values of all elements of an array, in order, in one call.
  void lookupAll(int count, MemorySegment values) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES, JAVA_LONG.byteAlignment());
      attributes.set(JAVA_LONG, 8, arena.allocate(JAVA_INT).address());
      attributes.set(JAVA_LONG, 16, arena.allocate(JAVA_INT, count).address());
      attributes.set(JAVA_LONG, 24, values.address());
      attributes.set(JAVA_INT, 32, count);
      attributes.set(JAVA_INT, 36, fd);
      int result = libc.bpf(BPF_MAP_LOOKUP_BATCH, attributes);
      // ENOENT: that was the last batch.
      check(result == -Errno.ENOENT ? 0 : result);
    }
  }

  /// Of a program: how often the kernel passed it over because it was at work on that cpu already.
  long recursionMisses() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info =
          arena.allocate(
              ProgramInfo.RECURSION_MISSES + JAVA_LONG.byteSize(), JAVA_LONG.byteAlignment());
      MemorySegment attributes = arena.allocate(ATTRIBUTES, JAVA_LONG.byteAlignment());
      attributes.set(JAVA_INT, 0, fd);
      attributes.set(JAVA_INT, 4, (int) info.byteSize());
      attributes.set(JAVA_LONG, 8, info.address());
      check(libc.bpf(BPF_OBJ_GET_INFO_BY_FD, attributes));
      return info.get(JAVA_LONG, ProgramInfo.RECURSION_MISSES);
    }
  }

  /// The memory of the map, until [Libc#munmap].
  MemorySegment map(long size, int protection, long offset) {
    long address = libc.mmap(fd, size, protection, offset);
    if (address < 0) {
      throw new CaptureException(path + ": cannot map: " + Errno.text((int) -address));
    }
    return Libc.at(address, size);
  }

  private void check(int result) {
    if (result < 0) {
      throw new CaptureException(path + ": cannot read: " + Errno.text(-result));
    }
  }

  @Override
  public void close() {
    libc.close(fd);
  }
}
