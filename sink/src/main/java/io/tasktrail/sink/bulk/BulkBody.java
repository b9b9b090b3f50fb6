package io.tasktrail.sink.bulk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tasktrail.sink.remote.FastGzip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// The body of a request: for each document a line that says what is to be done, and the document.
final class BulkBody {

  /// Bytes of a document's first line beside its index and id.
  static final int AROUND = 80;

  private static final int BUFFER_BYTES = 64 << 10;

  private BulkBody() {}

  /// Compressed by gzip.
  static byte[] of(List<Document> documents) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(BUFFER_BYTES);
    try (OutputStream out = new FastGzip(body)) {
      for (Document document : documents) {
        out.write(action(document));
        out.write(document.source());
        out.write('\n');
      }
    }
    return body.toByteArray();
  }

  /// `index` by a version from outside: the same again is a conflict, and that is fine; a higher
  /// revision replaces a lower one, never the other way round. Neither index nor id hold anything
  /// that JSON would have to escape.
  private static byte[] action(Document document) {
    return ("{\"index\":{\"_index\":\""
            + document.index()
            + "\",\"_id\":\""
            + document.id()
            + "\",\"version\":"
            + document.version()
            + ",\"version_type\":\"external\"}}\n")
        .getBytes(US_ASCII);
  }
}
