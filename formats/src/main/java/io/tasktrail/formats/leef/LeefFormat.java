package io.tasktrail.formats.leef;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.Action;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Header;
import io.tasktrail.formats.facts.Attribute;
import io.tasktrail.formats.facts.Attributes;
import io.tasktrail.formats.facts.VisibleText;
import io.tasktrail.formats.facts.WallTime;

/// LEEF 2.0: `LEEF:2.0|tasktrail|tasktrail|1|ACTION|x09|`, then `NAME=VALUE` with a tab between.
///
/// No value holds a tab: characters that act are written by their numbers ([VisibleText]), and a
/// backslash is doubled. Names are LEEF's own where it has one (`devTime`, `identHostName`,
/// `usrName`), else those of [Attributes].
public final class LeefFormat {

  private static final int VALUE_MAX = 4096;
  private static final char TAB = '\t';

  private LeefFormat() {}

  /// The event as a line of UTF-8.
  public static byte[] format(AuditEvent audit) {
    Header header = audit.event().header();
    StringBuilder line = new StringBuilder(1024);
    line.append("LEEF:2.0|tasktrail|tasktrail|1|").append(Action.of(audit)).append("|x09|");
    line.append("devTime=").append(WallTime.of(header).millis(header.bootNanos()));
    add(line, "identHostName", ByteText.of(header.hostName()));
    Attributes.of(audit).forEach(it -> add(line, name(it), it.value()));
    return line.toString().getBytes(UTF_8);
  }

  private static String name(Attribute attribute) {
    return attribute.name().equals("user") ? "usrName" : attribute.name();
  }

  private static void add(StringBuilder line, String name, ByteText value) {
    line.append(TAB).append(name).append('=');
    line.append(VisibleText.of(value, VALUE_MAX, it -> it == '\\' ? "\\\\" : null));
  }
}
