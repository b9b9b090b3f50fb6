package io.tasktrail.agent.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A line of `/proc/self/mounts` (proc_pid_mounts(5), fstab(5)).
record Mount(Path point, String type, List<String> options) {

  private static final int FIELDS_LEAST = 4;

  /// What is mounted where a path lies; the last one of those that lie deepest.
  ///
  /// @param root the root directory, `/`
  static Optional<Mount> of(Path root, Path path) throws IOException {
    return Files.readAllLines(root.resolve("proc/self/mounts")).stream()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length >= FIELDS_LEAST)
        .map(Mount::parse)
        .filter(mount -> path.startsWith(mount.point))
        .reduce((one, next) -> depth(one) > depth(next) ? one : next);
  }

  private static int depth(Mount mount) {
    return mount.point.getNameCount();
  }

  private static Mount parse(String[] fields) {
    return new Mount(
        Path.of(fields[1].replace("\\040", " ")),
        fields[2],
        Arrays.asList(fields[3].split(",", -1)));
  }

  boolean has(String option) {
    return options.contains(option);
  }

  /// The value of `KEY=VALUE`.
  Optional<String> option(String key) {
    return options.stream()
        .filter(option -> option.startsWith(key + "="))
        .map(option -> option.substring(key.length() + 1))
        .max(Comparator.naturalOrder());
  }
}
