package io.tasktrail.sink.bulk;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Header;
import io.tasktrail.sink.Refusal;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// An event as it is sent: JSON in one line, and where it belongs.
final class Document {

  private static final long NANOS = 1_000_000_000L;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu.MM.dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String index;
  private final String id;
  private final long version;
  private final byte[] source;
  private final Refusal refusal;

  private Document(String index, String id, long version, byte[] source, Refusal refusal) {
    this.index = index;
    this.id = id;
    this.version = version;
    this.source = source;
    this.refusal = refusal;
  }

  /// @param index name of indices before the day of the event, by its host's clock
  static Document of(AuditEvent event, String index, byte[] source, Refusal refusal) {
    Header header = event.event().header();
    long nanos = header.bootNanos() + header.wallOffsetNanos();
    return new Document(
        index + "-" + DAY.format(Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS))),
        event.id().toString(),
        event.revision() + 1L,
        source,
        refusal);
  }

  String index() {
    return index;
  }

  String id() {
    return id;
  }

  /// The event's revision, and one: stores count from 1.
  long version() {
    return version;
  }

  /// The document itself.
  byte[] source() {
    return source;
  }

  /// The store will never take it.
  void refuse(RefusedDocument reason) throws IOException {
    refusal.because(reason);
  }

  /// About how much it takes of a request.
  int size() {
    return source.length + index.length() + id.length() + BulkBody.AROUND;
  }
}
