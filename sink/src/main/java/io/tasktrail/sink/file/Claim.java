package io.tasktrail.sink.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/// That one sink writes a file: a lock on a file beside it, which stays when the other is renamed.
/// The kernel ends it with the process.
record Claim(FileChannel locked) implements AutoCloseable {

  /// @throws IOException if another sink has it
  static Claim to(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file.resolveSibling(file.getFileName() + ".lock"), CREATE, WRITE);
    try {
      if (channel.tryLock() != null) {
        return new Claim(channel);
      }
      throw inUse(file, null);
    } catch (OverlappingFileLockException byThisProcess) {
      channel.close();
      throw inUse(file, byThisProcess);
    } catch (IOException byAnother) {
      channel.close();
      throw byAnother;
    }
  }

  private static IOException inUse(Path file, Exception cause) {
    return new IOException(
        file + ": another sink writes it: give each its own sink.file.path", cause);
  }

  @Override
  public void close() throws IOException {
    locked.close();
  }
}
