package io.tasktrail.agent.follow;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// A log that is open, wherever it is renamed to.
///
/// @param key its device and inode: no other file has them while it is open
record LogFile(FileChannel channel, Object key) implements AutoCloseable {

  /// Between two looks at the name it may be renamed so often.
  private static final int TRIES = 8;

  /// Opens what has a name now; empty where nothing has.
  static Optional<LogFile> open(Path path) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Optional<Object> before = key(path);
      if (before.isEmpty()) {
        return Optional.empty();
      }
      Optional<LogFile> opened = open(path, before.get());
      if (opened.isPresent()) {
        return opened;
      }
    }
    return Optional.empty();
  }

  private static Optional<LogFile> open(Path path, Object key) throws IOException {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      if (Optional.of(key).equals(key(path))) {
        return Optional.of(new LogFile(channel, key));
      }
      channel.close();
    } catch (NoSuchFileException justRenamed) {
      // The next look finds what took its place.
    }
    return Optional.empty();
  }

  static Optional<Object> key(Path path) throws IOException {
    return attributes(path).map(BasicFileAttributes::fileKey);
  }

  static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
    try {
      return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
