package io.tasktrail.sink.file;

import java.nio.file.Path;
import java.util.OptionalInt;

/// Where lines go, and what becomes of the file.
///
/// @param file the current one
/// @param kept finished files that stay; empty: all of them
public record FilePlan(Path file, Rotation rotation, Durability durability, OptionalInt kept) {

  public FilePlan {
    file = file.toAbsolutePath();
  }
}
