package io.tasktrail.replay;

import io.tasktrail.role.Failure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Lines for whoever reads them. Unlike a PrintStream it notices when that fails.
final class LineOutput {

  private static final int BUFFER_BYTES = 64 << 10;

  private final OutputStream out;

  LineOutput(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  /// Nobody reads any more, as when `head` has seen enough: no failure, and the end.
  static final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReaderGone(IOException cause) {
      super(cause);
    }
  }

  private interface Writing {
    void write() throws IOException;
  }

  /// @throws ReaderGone if nobody reads any more
  /// @throws Failure if it can't be written
  void line(byte[] text) {
    checked(
        () -> {
          out.write(text);
          out.write('\n');
        });
  }

  /// Hands over what is still held back.
  void flush() {
    checked(out::flush);
  }

  private static void checked(Writing writing) {
    try {
      writing.write();
    } catch (IOException failed) {
      if ("Broken pipe".equals(failed.getMessage())) {
        throw new ReaderGone(failed);
      }
      throw new Failure(
          "can't write the output",
          "standard output (" + failed.getMessage() + ")",
          "make room, or write it elsewhere",
          failed);
    }
  }
}
