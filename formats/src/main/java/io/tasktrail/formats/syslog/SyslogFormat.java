package io.tasktrail.formats.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.Action;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.formats.facts.Attribute;
import io.tasktrail.formats.facts.Attributes;
import io.tasktrail.formats.facts.Subject;
import io.tasktrail.formats.facts.VisibleText;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.history.text.TextForm;
import java.util.Arrays;
import java.util.Optional;

/// RFC 5424: `<PRI>1 TIME HOST tasktrail PID ACTION [tasktrail@32473 NAME="VALUE" …] HISTORY`.
///
/// The facility is 13, log audit. 32473 is the enterprise number that RFC 5612 sets aside for those
/// who have none. Of values `"`, `\` and `]` are escaped, as section 6.3.3 demands; characters that
/// act are written by their numbers ([VisibleText]), and that backslash is escaped as any. The
/// message is the history as TaskTracker has it, `-` where there is none.
public final class SyslogFormat {

  private static final int FACILITY = 13;
  private static final int INFORMATIONAL = 6;
  private static final int WARNING = 4;
  private static final int HOST_MAX = 255;
  private static final int VALUE_MAX = 4096;

  /// No value is cut to less: ids have room in it.
  private static final int VALUE_LEAST = 64;

  private static final String ELEMENT = " [tasktrail@32473";

  private SyslogFormat() {}

  /// The event as a message of UTF-8, on one line.
  public static byte[] format(AuditEvent audit) {
    return header(audit)
        .append(ELEMENT)
        .append(values(audit, VALUE_MAX))
        .append("] ")
        .append(message(audit, TextForm.DEFAULT_MAX_BYTES))
        .toString()
        .getBytes(UTF_8);
  }

  /// The event as a message that is short enough, as valid as any: its longest values are cut, as
  /// far as need be, and the parameter `shortened` says to how many bytes.
  ///
  /// @param bytesMax of the message
  /// @return empty if there is none: too much of it is not to be cut
  public static Optional<byte[]> shortened(AuditEvent audit, int bytesMax) {
    for (int most = VALUE_MAX / 2; most >= VALUE_LEAST; most /= 2) {
      byte[] message =
          header(audit)
              .append(ELEMENT)
              .append(values(audit, most))
              .append(" shortened=\"")
              .append(most)
              .append("\"] ")
              .append(message(audit, Math.max(most, TextForm.LEAST_MAX_BYTES)))
              .toString()
              .getBytes(UTF_8);
      if (message.length <= bytesMax) {
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }

  /// A message that carries the event as another format has it, with its id and revision beside it.
  ///
  /// @param content on one line
  public static byte[] around(AuditEvent audit, byte[] content) {
    byte[] before =
        header(audit)
            .append(ELEMENT)
            .append(" id=\"")
            .append(audit.id())
            .append("\" revision=\"")
            .append(audit.revision())
            .append("\"] ")
            .toString()
            .getBytes(UTF_8);
    byte[] message = Arrays.copyOf(before, before.length + content.length);
    System.arraycopy(content, 0, message, before.length, content.length);
    return message;
  }

  /// What stands before the structured data.
  private static StringBuilder header(AuditEvent audit) {
    Header header = audit.event().header();
    StringBuilder line = new StringBuilder(1024);
    int severity = isLoss(audit) ? WARNING : INFORMATIONAL;
    line.append('<').append(FACILITY * 8 + severity).append(">1 ");
    line.append(WallTime.of(header).showMicros(header.bootNanos()));
    line.append(' ').append(host(header.hostName())).append(" tasktrail ");
    return line.append(pid(audit)).append(' ').append(Action.of(audit));
  }

  private static StringBuilder values(AuditEvent audit, int bytesMax) {
    StringBuilder values = new StringBuilder(1024);
    for (Attribute attribute : Attributes.of(audit)) {
      if (!attribute.name().equals("history")) {
        values.append(' ').append(attribute.name()).append("=\"");
        values
            .append(VisibleText.of(attribute.value(), bytesMax, SyslogFormat::escape))
            .append('"');
      }
    }
    return values;
  }

  private static boolean isLoss(AuditEvent audit) {
    return audit.notice().isEmpty() && audit.event().fact() instanceof Fact.EventsLost;
  }

  /// PRINTUSASCII; what is not is `_`.
  private static String host(String name) {
    ByteText text = ByteText.of(name);
    StringBuilder host = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), HOST_MAX); i++) {
      int octet = text.at(i);
      host.append(0x21 <= octet && octet <= 0x7e ? (char) octet : '_');
    }
    return host.isEmpty() ? "-" : host.toString();
  }

  private static String pid(AuditEvent audit) {
    if (audit.notice().isEmpty() && audit.event().fact() instanceof Fact.OfTask fact) {
      return Integer.toString(Subject.of(fact).pid());
    }
    return audit.task().map(task -> Integer.toString(task.id().task().pid())).orElse("-");
  }

  private static String message(AuditEvent audit, int bytesMax) {
    long offset = audit.event().header().wallOffsetNanos();
    return audit
        .task()
        .map(AuditedTask::history)
        .map(history -> TextForm.TASKTRACKER.of(history, offset, bytesMax))
        .filter(text -> !text.isEmpty())
        .orElse("-");
  }

  private static String escape(int character) {
    return switch (character) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case ']' -> "\\]";
      default -> null;
    };
  }
}
