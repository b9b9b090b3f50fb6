package io.tasktrail.agent.filter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The cgroups as their file system shows them. All are read when an id is asked for that was not
/// there, and not again within a second: meanwhile a new one is not known.
public final class HostCgroups implements Cgroups {

  /// Bound of the folders that are read.
  static final int FOLDERS_MAX = 20_000;

  private static final long BETWEEN_NANOS = Duration.ofSeconds(1).toNanos();

  private final Path root;
  private final LongSupplier nanoTime;
  private Map<Long, UnitPlace> places = Map.of();
  private long readNanos;
  private boolean isRead;

  /// @param root the root directory, `/`
  /// @param nanoTime nanoseconds of a clock that only goes forward
  public HostCgroups(Path root, LongSupplier nanoTime) {
    Path unified = root.resolve("sys/fs/cgroup/unified");
    this.root = Files.isDirectory(unified) ? unified : root.resolve("sys/fs/cgroup");
    this.nanoTime = nanoTime;
  }

  @Override
  public Optional<UnitPlace> place(long id) {
    UnitPlace known = places.get(id);
    if (known == null && isDue()) {
      places = read();
      known = places.get(id);
    }
    return Optional.ofNullable(known);
  }

  private boolean isDue() {
    long now = nanoTime.getAsLong();
    boolean due = !isRead || now - readNanos >= BETWEEN_NANOS;
    if (due) {
      isRead = true;
      readNanos = now;
    }
    return due;
  }

  private Map<Long, UnitPlace> read() {
    Map<Long, UnitPlace> found = new HashMap<>();
    try {
      Files.walkFileTree(root, new Folders(found));
    } catch (IOException | UncheckedIOException unreadable) {
      // What was found so far is right; the rest is not known.
    }
    return found;
  }

  private final class Folders extends SimpleFileVisitor<Path> {

    private final Map<Long, UnitPlace> found;

    Folders(Map<Long, UnitPlace> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
        throws IOException {
      long id = (Long) Files.getAttribute(dir, "unix:ino");
      found.put(id, UnitPlace.of(root.relativize(dir).toString()));
      return found.size() < FOLDERS_MAX ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path dir, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }
}
