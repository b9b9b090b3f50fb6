package io.tasktrail.formats.cef;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import io.tasktrail.event.Action;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.formats.facts.Attribute;
import io.tasktrail.formats.facts.Attributes;
import io.tasktrail.formats.facts.VisibleText;
import io.tasktrail.formats.facts.WallTime;
import java.util.Map;

/// CEF 0: `CEF:0|tasktrail|tasktrail|1|ACTION|ACTION|SEVERITY|EXTENSION`, on one line.
///
/// The process is the destination (`dpid`, `dproc`, `duser`), its parent the source (`spid`,
/// `sproc`). Eight texts and four numbers are custom fields with their labels; what CEF's
/// dictionary has nothing for is not written. In the extension a backslash and `=` are escaped;
/// characters that act are written by their numbers ([VisibleText]), and that backslash is escaped
/// as any. The header holds no foreign text.
public final class CefFormat {

  /// Bytes of a value: what the dictionary allows of most, and of custom texts.
  private static final int VALUE_MAX = 1023;

  private static final int CUSTOM_MAX = 4000;

  private static final int LOW = 3;
  private static final int HIGH = 8;

  private static final Map<String, String> KEYS =
      Map.ofEntries(
          entry("id", "externalId"),
          entry("action", "act"),
          entry("outcome", "outcome"),
          entry("lost", "cnt"),
          entry("cause", "reason"),
          entry("errno", "reason"),
          entry("pid", "dpid"),
          entry("exe", "dproc"),
          entry("euid", "duid"),
          entry("effective_user", "duser"),
          entry("auid", "suid"),
          entry("login", "suser"),
          entry("parent_pid", "spid"),
          entry("parent_exe", "sproc"),
          entry("module", "fname"),
          entry("module_path", "filePath"),
          entry("file", "oldFilePath"),
          entry("sha256", "fileHash"),
          entry("record", "msg"));

  private static final Map<String, String> TEXTS =
      Map.of(
          "history", "cs1",
          "completeness", "cs2",
          "cmdline", "cs3",
          "parent_cmdline", "cs4",
          "task", "cs5",
          "key", "cs6",
          "comm", "flexString1",
          "killer_history", "flexString2",
          "target_history", "flexString2");

  private static final Map<String, String> NUMBERS =
      Map.of(
          "exit_code", "cn1", "signal", "cn2", "missing_links", "cn3", "revision", "flexNumber1");

  private CefFormat() {}

  /// The event as a line of UTF-8.
  public static byte[] format(AuditEvent audit) {
    Header header = audit.event().header();
    String action = Action.of(audit);
    StringBuilder line = new StringBuilder(1024);
    line.append("CEF:0|tasktrail|tasktrail|1|").append(action).append('|').append(action);
    line.append('|').append(isLoss(audit) ? HIGH : LOW).append('|');
    line.append("rt=").append(WallTime.of(header).millis(header.bootNanos()));
    add(line, "dvchost", ByteText.of(header.hostName()), VALUE_MAX);
    Attributes.of(audit).forEach(attribute -> add(line, attribute));
    return line.toString().getBytes(UTF_8);
  }

  private static boolean isLoss(AuditEvent audit) {
    return audit.notice().isEmpty() && audit.event().fact() instanceof Fact.EventsLost;
  }

  private static void add(StringBuilder line, Attribute attribute) {
    String name = attribute.name();
    if (KEYS.containsKey(name)) {
      add(line, KEYS.get(name), attribute.value(), VALUE_MAX);
    } else if (TEXTS.containsKey(name)) {
      labelled(line, TEXTS.get(name), attribute);
    } else if (NUMBERS.containsKey(name)) {
      labelled(line, NUMBERS.get(name), attribute);
    }
  }

  private static void labelled(StringBuilder line, String key, Attribute attribute) {
    add(line, key + "Label", ByteText.of(attribute.name()), VALUE_MAX);
    add(line, key, attribute.value(), CUSTOM_MAX);
  }

  private static void add(StringBuilder line, String key, ByteText value, int bytesMax) {
    line.append(' ').append(key).append('=');
    line.append(VisibleText.of(value, bytesMax, CefFormat::escape));
  }

  private static String escape(int character) {
    return switch (character) {
      case '\\' -> "\\\\";
      case '=' -> "\\=";
      default -> null;
    };
  }
}
