package io.tasktrail.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// The checkpoint of a file, replaced as a whole: at any instant, the old one or the new one is
/// there.
record CheckpointFile(Path path) {

  static CheckpointFile beside(Path file) {
    return new CheckpointFile(file.resolveSibling(file.getFileName() + ".checkpoint"));
  }

  Optional<Checkpoint> read() throws IOException {
    try {
      return Optional.of(Checkpoint.parse(Files.readString(path, UTF_8)));
    } catch (NoSuchFileException neverWritten) {
      return Optional.empty();
    } catch (IOException damaged) {
      throw new IOException(
          path + ": " + damaged.getMessage() + ": move it away to continue behind the last line",
          damaged);
    }
  }

  /// Replaces it; when this returns, the new one is on the disk.
  void replace(Checkpoint checkpoint) throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try (FileChannel channel = FileChannel.open(next, CREATE, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(checkpoint.text().getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, path, ATOMIC_MOVE, REPLACE_EXISTING);
    syncDirectory();
  }

  /// A rename is on the disk only with its directory.
  private void syncDirectory() throws IOException {
    try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent(), READ)) {
      directory.force(true);
    }
  }
}
