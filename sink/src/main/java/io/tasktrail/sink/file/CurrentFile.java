package io.tasktrail.sink.file;

import static java.nio.file.StandardOpenOption.READ;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// The file that lines are added to.
final class CurrentFile {

  /// Lines are gathered up to so many bytes before they are written.
  private static final int BUFFER_BYTES = 256 << 10;

  private final Path file;
  private final Disk disk;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER_BYTES);
  private FileChannel channel;
  private long written;

  CurrentFile(Path file, Disk disk) {
    this.file = file;
    this.disk = disk;
  }

  /// What has the name now; an empty file if nothing has.
  void open() throws IOException {
    close();
    channel = disk.open(file);
    written = channel.size();
    channel.position(written);
  }

  /// In bytes, with those that are gathered.
  long length() {
    return written + buffer.size();
  }

  /// Cuts off what is behind.
  void cutTo(long length) throws IOException {
    disk.truncate(channel, length);
    written = length;
    channel.position(written);
  }

  /// Cuts off half a line at the end, if there is one.
  void cutToWholeLines() throws IOException {
    long length = wholeLines();
    if (length < written) {
      cutTo(length);
    }
  }

  private long wholeLines() throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BUFFER_BYTES);
    try (FileChannel reading = FileChannel.open(file, READ)) {
      for (long end = written; end > 0; end -= block.capacity()) {
        long begin = Math.max(0, end - block.capacity());
        int read = reading.read(block.clear().limit((int) (end - begin)), begin);
        for (int at = read - 1; at >= 0; at--) {
          if (block.get(at) == '\n') {
            return begin + at + 1;
          }
        }
      }
    }
    return 0;
  }

  void add(byte[] line) throws IOException {
    buffer.writeBytes(line);
    buffer.write('\n');
    if (buffer.size() >= BUFFER_BYTES) {
      drain();
    }
  }

  /// Writes what is gathered.
  void drain() throws IOException {
    byte[] gathered = buffer.toByteArray();
    buffer.reset();
    disk.write(channel, ByteBuffer.wrap(gathered));
    written += gathered.length;
  }

  void force() throws IOException {
    disk.force(channel);
  }

  /// What is gathered is forgotten.
  void close() throws IOException {
    buffer.reset();
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
