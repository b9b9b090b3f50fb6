package io.tasktrail.sink.bulk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Header;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Where in a store the document of an event belongs, and what is to be done with it there. Neither
/// names nor ids hold anything that JSON would have to escape.
sealed interface Target {

  /// As the user calls it.
  String name();

  /// What indices it has, as rights and templates name them.
  String pattern();

  /// The line before a document, without its end.
  byte[] action(AuditEvent event);

  /// An index for each day of events, by the clocks of their hosts, so that what comes again finds
  /// its own document. `index` by a version from outside: the same again is a conflict, and that is
  /// fine; a higher revision replaces a lower one, never the other way round.
  record Days(String name) implements Target {

    private static final long NANOS = 1_000_000_000L;

    private static final DateTimeFormatter DAY =
        DateTimeFormatter.ofPattern("uuuu.MM.dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public String pattern() {
      return name + "-*";
    }

    @Override
    public String toString() {
      return "indices " + pattern();
    }

    /// Stores count versions from 1.
    @Override
    public byte[] action(AuditEvent event) {
      return ("{\"index\":{\"_index\":\""
              + name
              + "-"
              + day(event.event().header())
              + "\",\"_id\":\""
              + event.id()
              + "\",\"version\":"
              + (event.revision() + 1L)
              + ",\"version_type\":\"external\"}}")
          .getBytes(US_ASCII);
    }

    private static String day(Header header) {
      long nanos = header.bootNanos() + header.wallOffsetNanos();
      return DAY.format(Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS)));
    }
  }

  /// A data stream, which only creates: each revision is a document beside the others.
  record Stream(String name) implements Target {

    @Override
    public String pattern() {
      return name;
    }

    @Override
    public String toString() {
      return "data stream " + name;
    }

    @Override
    public byte[] action(AuditEvent event) {
      return ("{\"create\":{\"_index\":\""
              + name
              + "\",\"_id\":\""
              + event.id()
              + ":"
              + event.revision()
              + "\"}}")
          .getBytes(US_ASCII);
    }
  }
}
