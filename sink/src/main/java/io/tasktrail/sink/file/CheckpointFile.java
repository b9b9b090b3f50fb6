package io.tasktrail.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// The checkpoint of a file, replaced as a whole: at any instant, the old one or the new one is
/// there.
record CheckpointFile(Path path, Disk disk) {

  static CheckpointFile beside(Path file, Disk disk) {
    return new CheckpointFile(file.resolveSibling(file.getFileName() + ".checkpoint"), disk);
  }

  /// The last one. An empty one, which a power failure may leave where nothing is forced to the
  /// disk, is none.
  Optional<Checkpoint> read() throws IOException {
    try {
      String text = Files.readString(path, UTF_8);
      return text.isEmpty() ? Optional.empty() : Optional.of(Checkpoint.parse(text));
    } catch (NoSuchFileException neverWritten) {
      return Optional.empty();
    } catch (IOException damaged) {
      throw new IOException(
          path + ": " + damaged.getMessage() + ": move it away to continue behind the last line",
          damaged);
    }
  }

  /// Replaces it.
  ///
  /// @param forced whether the new one is on the disk when this returns
  void replace(Checkpoint checkpoint, boolean forced) throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try (FileChannel channel = disk.open(next)) {
      disk.truncate(channel, 0);
      disk.write(channel, ByteBuffer.wrap(checkpoint.text().getBytes(UTF_8)));
      if (forced) {
        disk.force(channel);
      }
    }
    disk.replace(next, path);
    if (forced) {
      disk.forceDirectory(path.getParent());
    }
  }
}
