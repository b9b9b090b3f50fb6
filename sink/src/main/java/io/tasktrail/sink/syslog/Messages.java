package io.tasktrail.sink.syslog;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.formats.syslog.SyslogFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events as messages of bounded length. The format `syslog` is one of messages; a line in any
/// other is carried by a message, whole.
final class Messages {

  private static final Logger LOG = LoggerFactory.getLogger(Messages.class);

  private final Format format;
  private final int bytesMax;
  private final boolean isCarried;
  private long shortened;

  Messages(Format format, int bytesMax) {
    this.format = format;
    this.bytesMax = bytesMax;
    this.isCarried = !format.name().equals("syslog");
  }

  /// The message of an event, without a count before it.
  byte[] of(AuditEvent event) throws TooLong {
    byte[] line = format.format(event);
    byte[] message = isCarried ? SyslogFormat.around(event, line) : line;
    if (message.length <= bytesMax) {
      return message;
    }
    if (isCarried) {
      throw new TooLong(message.length, bytesMax);
    }
    byte[] shorter =
        SyslogFormat.shortened(event, bytesMax)
            .orElseThrow(() -> new TooLong(message.length, bytesMax));
    tell(message.length);
    return shorter;
  }

  /// The 1st, 2nd, 4th, 8th, …: a flood of them does not become a flood of lines.
  private void tell(int bytes) {
    shortened++;
    if (Long.bitCount(shortened) == 1) {
      LOG.warn(
          "a message of {} bytes was shortened to sink.syslog.message.bytes={}, {} so far",
          bytes,
          bytesMax,
          shortened);
    }
  }
}
