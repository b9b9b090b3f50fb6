package io.tasktrail.sink.splunk;

import io.tasktrail.sink.EventVersion;
import io.tasktrail.sink.Refusal;
import io.tasktrail.sink.remote.FastGzip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// An event as it is sent.
final class HecEvent {

  private static final int BUFFER_BYTES = 64 << 10;

  private final EventVersion version;
  private final byte[] json;
  private final Refusal refusal;

  /// @param json one object
  HecEvent(EventVersion version, byte[] json, Refusal refusal) {
    this.version = version;
    this.json = json;
    this.refusal = refusal;
  }

  /// A body of them, one object behind the other, compressed by gzip.
  static byte[] body(List<HecEvent> events) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(BUFFER_BYTES);
    try (OutputStream out = new FastGzip(body)) {
      for (HecEvent event : events) {
        out.write(event.json);
        out.write('\n');
      }
    }
    return body.toByteArray();
  }

  EventVersion version() {
    return version;
  }

  /// How much it takes of a body before that is compressed.
  int size() {
    return json.length + 1;
  }

  /// The collector will never take it.
  void refuse(String reason) throws IOException {
    refusal.because(new RefusedEvent(reason));
  }
}
