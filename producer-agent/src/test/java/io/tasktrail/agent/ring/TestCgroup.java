package io.tasktrail.agent.ring;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A cgroup of a test's own, removed when closed. Skips the test where there can be none.
record TestCgroup(Path path) implements AutoCloseable {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /// One whose processes may have so much memory, swap included.
  static TestCgroup ofMemory(long bytes) {
    boolean first = Files.exists(ROOT.resolve("memory/memory.limit_in_bytes"));
    boolean second = contains(ROOT.resolve("cgroup.subtree_control"), "memory");
    assumeTrue(first || second, "skipped: no memory controller of cgroups");
    TestCgroup made = make(first ? ROOT.resolve("memory") : ROOT);
    made.put(first ? "memory.limit_in_bytes" : "memory.max", bytes);
    made.putIfAny(first ? "memory.memsw.limit_in_bytes" : "memory.swap.max", first ? bytes : 0);
    return made;
  }

  /// One of the second version.
  static TestCgroup unified() {
    return make(hierarchy());
  }

  private static Path hierarchy() {
    Path hierarchy =
        List.of(ROOT, ROOT.resolve("unified")).stream()
            .filter(path -> Files.exists(path.resolve("cgroup.controllers")))
            .findFirst()
            .orElse(ROOT);
    assumeTrue(
        Files.exists(hierarchy.resolve("cgroup.controllers")), "skipped: no cgroups of version 2");
    return hierarchy;
  }

  /// One of the second version with a name of its own.
  static TestCgroup unified(String name) {
    return make(hierarchy(), name);
  }

  /// One below it.
  TestCgroup below(String name) {
    return make(path, name);
  }

  private static TestCgroup make(Path parent) {
    return make(parent, "tasktrail-test-" + ProcessHandle.current().pid());
  }

  private static TestCgroup make(Path parent, String name) {
    try {
      Path path = parent.resolve(name);
      return new TestCgroup(Files.createDirectory(path));
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  private static boolean contains(Path file, String word) {
    try {
      return Files.exists(file) && Files.readString(file).contains(word);
    } catch (IOException refused) {
      return false;
    }
  }

  private void putIfAny(String name, long value) {
    if (Files.exists(path.resolve(name))) {
      put(name, value);
    }
  }

  private void put(String name, long value) {
    try {
      Files.writeString(path.resolve(name), Long.toString(value));
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  @Override
  public void close() {
    try {
      Files.delete(path);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }
}
