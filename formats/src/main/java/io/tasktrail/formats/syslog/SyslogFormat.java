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

  private SyslogFormat() {}

  /// The event as a message of UTF-8, on one line.
  public static byte[] format(AuditEvent audit) {
    Header header = audit.event().header();
    StringBuilder line = new StringBuilder(1024);
    int severity = isLoss(audit) ? WARNING : INFORMATIONAL;
    line.append('<').append(FACILITY * 8 + severity).append(">1 ");
    line.append(WallTime.of(header).showMicros(header.bootNanos()));
    line.append(' ').append(host(header.hostName())).append(" tasktrail ");
    line.append(pid(audit)).append(' ').append(Action.of(audit)).append(" [tasktrail@32473");
    for (Attribute attribute : Attributes.of(audit)) {
      if (!attribute.name().equals("history")) {
        line.append(' ').append(attribute.name()).append("=\"");
        line.append(VisibleText.of(attribute.value(), VALUE_MAX, SyslogFormat::escape)).append('"');
      }
    }
    line.append("] ").append(message(audit));
    return line.toString().getBytes(UTF_8);
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

  private static String message(AuditEvent audit) {
    long offset = audit.event().header().wallOffsetNanos();
    return audit
        .task()
        .map(AuditedTask::history)
        .map(history -> TextForm.TASKTRACKER.of(history, offset))
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
