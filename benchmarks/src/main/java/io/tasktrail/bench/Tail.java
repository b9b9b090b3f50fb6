package io.tasktrail.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The whole lines that a file has grown by since the last look.
final class Tail implements AutoCloseable {

  private static final int CHUNK_BYTES = 1 << 16;

  private final FileChannel file;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  Tail(Path path) throws IOException {
    file = FileChannel.open(path);
  }

  /// Costs one system call when there is nothing new.
  List<String> read() throws IOException {
    int end = -1;
    while (file.read(chunk.clear()) > 0) {
      int lineEnd = lastLineEnd();
      end = lineEnd < 0 ? end : begun.size() + lineEnd;
      begun.write(chunk.array(), 0, chunk.position());
    }
    return end < 0 ? List.of() : take(end);
  }

  private int lastLineEnd() {
    int at = chunk.position() - 1;
    while (at >= 0 && chunk.get(at) != '\n') {
      at--;
    }
    return at;
  }

  private List<String> take(int end) {
    byte[] bytes = begun.toByteArray();
    begun.reset();
    begun.write(bytes, end + 1, bytes.length - end - 1);
    return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
