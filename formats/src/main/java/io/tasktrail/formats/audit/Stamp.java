package io.tasktrail.formats.audit;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Header;
import io.tasktrail.formats.facts.WallTime;
import java.util.UUID;

/// What the records of an event begin with: `node=N type=T msg=audit(S.MMM:SERIAL): `.
///
/// Whoever reads puts records of one time and serial together. So two events of one millisecond
/// must differ in their serials, and no more is promised of these: they are neither consecutive nor
/// in order, and what reads them must know them by `op=tasktrail-…`.
record Stamp(String node, long millis, long serial) {

  private static final int NODE_BYTES_MAX = 63;
  private static final int CPU_BITS = 10;
  private static final long CPU_MASK = (1L << CPU_BITS) - 1;
  private static final long MASK = 0xFFFF_FFFFL;

  static Stamp of(AuditEvent audit) {
    Header header = audit.event().header();
    return new Stamp(
        node(header.hostName()),
        WallTime.of(header).millis(header.bootNanos()),
        audit.notice().isPresent() || audit.revision() > 0 ? told(audit) : captured(header));
  }

  /// Within a millisecond no cpu has four million events, and few hosts have a thousand cpus.
  private static long captured(Header header) {
    return ((header.sequence() << CPU_BITS) | (header.cpu() & CPU_MASK)) & MASK;
  }

  /// They have the number of the event on whose occasion they are told.
  private static long told(AuditEvent audit) {
    UUID id = audit.id();
    long mixed = id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    return ((mixed ^ (mixed >>> 32)) + audit.revision()) & MASK;
  }

  private static String node(String host) {
    ByteText name = ByteText.of(host);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(name.length(), NODE_BYTES_MAX); i++) {
      char letter = (char) name.at(i);
      boolean plain =
          (letter < 0x80 && Character.isLetterOrDigit(letter)) || ".-_".indexOf(letter) >= 0;
      text.append(plain ? letter : '_');
    }
    return text.isEmpty() ? "unknown" : text.toString();
  }

  String head(String type) {
    return "node=%s type=%s msg=audit(%d.%03d:%d): "
        .formatted(node, type, Math.floorDiv(millis, 1000), Math.floorMod(millis, 1000), serial);
  }
}
