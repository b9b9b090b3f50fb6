package io.tasktrail.sink.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The finished files of one current file, beside it: `NAME.FROM-TO.EXTENSION`, where `FROM` and
/// `TO` are the offsets of all partitions, added up, that come next before its first line and
/// behind its last. So the names sort by age, each begins where the one before ends, and what a
/// file holds decides its name; of a topic with one partition they are that partition's offsets.
///
/// A name that is taken, by a topic that was made anew or a group that reads again, gets a number.
final class FinishedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(FinishedFiles.class);

  private static final int SAME_NAMES_MAX = 10_000;

  private final Path directory;
  private final String stem;
  private final String extension;
  private final Disk disk;
  private long deleted;

  FinishedFiles(Path current, Disk disk) {
    String name = current.getFileName().toString();
    int dot = name.lastIndexOf('.');
    this.directory = current.getParent();
    this.stem = dot > 0 ? name.substring(0, dot) : name;
    this.extension = dot > 0 ? name.substring(dot) : "";
    this.disk = disk;
  }

  Path named(String name) {
    return directory.resolve(name);
  }

  /// A name that no file has.
  ///
  /// @throws IOException if there are absurdly many of that range
  String free(long from, long to) throws IOException {
    // as many digits as sort as numbers do
    String range = "%s.%020d-%020d".formatted(stem, from, to);
    String name = range + extension;
    for (int number = 2; Files.exists(named(name)); number++) {
      if (number > SAME_NAMES_MAX) {
        throw new IOException(named(name) + ": a file is there: move the finished files away");
      }
      name = range + '_' + number + extension;
    }
    return name;
  }

  /// Deletes the oldest of more than so many.
  void keep(int most) throws IOException {
    List<Path> all = byAge();
    for (Path oldest : all.subList(0, Math.max(0, all.size() - most))) {
      disk.delete(oldest);
      deleted++;
      LOG.info("{}: deleted, for {} are kept; {} so far", oldest, most, deleted);
    }
  }

  private record Aged(FileTime finished, Path file) {}

  /// By the last line of each: offsets begin anew with a new topic.
  private List<Path> byAge() throws IOException {
    Pattern ours =
        Pattern.compile(
            Pattern.quote(stem + '.') + "\\d{20}-\\d{20}(_\\d+)?" + Pattern.quote(extension));
    List<Aged> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (ours.matcher(file.getFileName().toString()).matches()) {
          found.add(new Aged(Files.getLastModifiedTime(file), file));
        }
      }
    }
    return found.stream()
        .sorted(Comparator.comparing(Aged::finished).thenComparing(Aged::file))
        .map(Aged::file)
        .toList();
  }
}
