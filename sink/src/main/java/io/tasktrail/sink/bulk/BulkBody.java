package io.tasktrail.sink.bulk;

import io.tasktrail.sink.remote.FastGzip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// The body of a request: for each document a line that says what is to be done, and the document.
final class BulkBody {

  private static final int BUFFER_BYTES = 64 << 10;

  private BulkBody() {}

  /// Compressed by gzip.
  static byte[] of(List<Document> documents) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(BUFFER_BYTES);
    try (OutputStream out = new FastGzip(body)) {
      for (Document document : documents) {
        document.writeTo(out);
      }
    }
    return body.toByteArray();
  }
}
