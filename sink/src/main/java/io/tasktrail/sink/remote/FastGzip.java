package io.tasktrail.sink.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// A stream of gzip that is as fast as may be: it is read again a moment later.
public final class FastGzip extends GZIPOutputStream {

  private static final int BUFFER_BYTES = 64 << 10;

  /// Writes its head at once.
  ///
  /// @param out gets what is compressed
  public FastGzip(OutputStream out) throws IOException {
    super(out, BUFFER_BYTES);
    def.setLevel(Deflater.BEST_SPEED);
  }
}
