package io.tasktrail.sink.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// A disk whose process ends before a certain operation, or in the middle of it where that is a
/// write. Nothing is forced: it is not the machine that ends.
final class StoppingDisk implements Disk {

  /// The process has ended.
  static final class Stopped extends IOException {
    private static final long serialVersionUID = 1;
  }

  private int operationsLeft;

  /// @param operations that are done before the one that is not
  StoppingDisk(int operations) {
    this.operationsLeft = operations;
  }

  private void step() throws IOException {
    if (operationsLeft == 0) {
      throw new Stopped();
    }
    operationsLeft--;
  }

  @Override
  public FileChannel open(Path file) throws IOException {
    step();
    return REAL.open(file);
  }

  @Override
  public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    if (operationsLeft == 0 && bytes.remaining() > 1) {
      REAL.write(channel, bytes.slice(bytes.position(), bytes.remaining() / 2));
    }
    step();
    REAL.write(channel, bytes);
  }

  @Override
  public void truncate(FileChannel channel, long length) throws IOException {
    step();
    REAL.truncate(channel, length);
  }

  @Override
  public void force(FileChannel channel) throws IOException {
    step();
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    step();
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    step();
    REAL.replace(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    REAL.delete(file);
  }
}
