package io.tasktrail.agent.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether events can wait on the disk while Kafka is away.
///
/// @param spool the folder, where there is to be one
/// @param bytesMax how large it may grow
/// @param bytesFree what it leaves free
/// @param account who runs the agent
record SpoolChecks(Optional<Path> spool, long bytesMax, long bytesFree, Account account) {

  List<Check> all() {
    if (spool.isEmpty()) {
      return List.of(
          Check.of(
              "spool folder",
              () ->
                  Finding.warn(
                      "spool.dir is empty: while Kafka is away, only the ring keeps events",
                      "set spool.dir to a folder on a disk")));
    }
    Path dir = spool.get().toAbsolutePath();
    Check folder = Check.of("spool folder", () -> folder(dir));
    return List.of(folder, Check.after(folder, "spool space", () -> space(dir)));
  }

  private Finding folder(Path dir) throws IOException {
    Path there = existing(dir);
    if (!Files.isDirectory(there)) {
      return Finding.fail(there + " is not a folder", "set spool.dir to a folder");
    }
    Optional<Path> barrier = account.barrier(there);
    if (barrier.isPresent() || !account.may(there, Account.WRITE + Account.PASS)) {
      return Finding.fail(
          account.name() + " may not write to " + barrier.orElse(there),
          "install -d -o " + account.name() + " -m 0700 " + dir + " (as root)");
    }
    if (Files.getFileStore(there).isReadOnly()) {
      return Finding.fail(
          there + " is on a file system mounted read-only",
          "set spool.dir to a folder that can be written to");
    }
    return Finding.ok(
        there.equals(dir)
            ? dir + ", writable for " + account.name()
            : dir + " is not there yet; the agent of " + account.name() + " may make it");
  }

  private Finding space(Path dir) throws IOException {
    FileStore disk = Files.getFileStore(existing(dir));
    return judge(disk.getUsableSpace(), held(dir));
  }

  /// Pure.
  ///
  /// @param free bytes that the file system has left
  /// @param held bytes in the spool already
  Finding judge(long free, long held) {
    String found = megabytes(free) + " free, " + megabytes(held) + " spooled now";
    if (free <= bytesFree) {
      return Finding.fail(
          found + ": less than spool.bytes.free=" + megabytes(bytesFree) + ", nothing is spooled",
          "free some space, move spool.dir to a larger disk, or lower spool.bytes.free");
    }
    if (free - bytesFree < bytesMax - held) {
      return Finding.warn(
          found
              + ": the spool can grow by "
              + megabytes(free - bytesFree)
              + " only, less than spool.bytes.max="
              + megabytes(bytesMax)
              + " says",
          "free some space, move spool.dir to a larger disk, or lower spool.bytes.max");
    }
    return Finding.ok(found + ", enough for spool.bytes.max=" + megabytes(bytesMax));
  }

  /// Others may not look into a folder that the agent made: then it counts as empty.
  private static long held(Path dir) throws IOException {
    if (!Files.isReadable(dir)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(dir)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static Path existing(Path dir) {
    Path at = dir;
    while (at.getParent() != null && !Files.exists(at)) {
      at = at.getParent();
    }
    return at;
  }

  private static String megabytes(long bytes) {
    return (bytes >> 20) + " MB";
  }
}
