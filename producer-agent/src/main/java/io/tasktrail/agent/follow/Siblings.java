package io.tasktrail.agent.follow;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// The files of a rotated log: `audit.log`, `audit.log.1`, `audit.log.2` …, the oldest last, as
/// auditd and logrotate name them.
final class Siblings {

  /// auditd's own bound of `num_logs`.
  private static final int COUNT_MAX = 999;

  /// While a log is rotated a name may be missing.
  private static final int HOLES_MAX = 4;

  private final Path newest;

  Siblings(Path newest) {
    this.newest = newest;
  }

  /// @param index 0 for the one that is written
  Path at(int index) {
    return index == 0 ? newest : newest.resolveSibling(newest.getFileName() + "." + index);
  }

  /// The one that has this key now.
  OptionalInt indexOf(Object key) throws IOException {
    return first(found -> key.equals(found.fileKey()));
  }

  /// The oldest of those that are newer than one which is not there any more.
  int oldestSince(long modifiedMillis) throws IOException {
    OptionalInt older = first(found -> found.lastModifiedTime().toMillis() <= modifiedMillis);
    return Math.max(0, (older.isPresent() ? older.getAsInt() : count()) - 1);
  }

  /// One more than the highest index that there is.
  int count() throws IOException {
    int count = 0;
    for (int index = 0; index <= COUNT_MAX && index - count < HOLES_MAX; index++) {
      if (LogFile.attributes(at(index)).isPresent()) {
        count = index + 1;
      }
    }
    return count;
  }

  /// What moves while this looks moves ahead of it, and is not passed over.
  private OptionalInt first(Predicate<BasicFileAttributes> wanted) throws IOException {
    int holes = 0;
    for (int index = 0; index <= COUNT_MAX && holes < HOLES_MAX; index++) {
      Optional<BasicFileAttributes> found = LogFile.attributes(at(index));
      if (found.filter(wanted).isPresent()) {
        return OptionalInt.of(index);
      }
      holes = found.isPresent() ? 0 : holes + 1;
    }
    return OptionalInt.empty();
  }
}
