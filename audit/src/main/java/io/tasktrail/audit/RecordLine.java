package io.tasktrail.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.Optional;

/// One line of an audit log: `[node=N] type=T msg=audit(S.MMM:SERIAL): FIELDS`, also without `msg=`
/// and with a number for the type, as in the kernel's own log.
///
/// @param type such as `SYSCALL`
/// @param body what follows the stamp, a character a byte; with the part that auditd adds where
///     `log_format` is ENRICHED
record RecordLine(Stamp stamp, String type, String body) {

  /// Why a line is none.
  static final class Corrupt extends Exception {
    private static final long serialVersionUID = 1;

    Corrupt(String reason) {
      super(reason, null, false, false);
    }
  }

  private static final long SERIAL_MAX = 0xFFFF_FFFFL;
  private static final long SECONDS_MAX = 1L << 33;
  private static final int NAME_MAX = 256;

  /// linux/audit.h: those that the rest of this room knows by name.
  private static final Map<String, String> NUMBERS =
      Map.ofEntries(
          Map.entry("1006", "LOGIN"),
          Map.entry("1300", "SYSCALL"),
          Map.entry("1302", "PATH"),
          Map.entry("1307", "CWD"),
          Map.entry("1309", "EXECVE"),
          Map.entry("1318", "OBJ_PID"),
          Map.entry("1319", "TTY"),
          Map.entry("1320", "EOE"),
          Map.entry("1321", "BPRM_FCAPS"),
          Map.entry("1327", "PROCTITLE"),
          Map.entry("1330", "KERN_MODULE"),
          Map.entry("1400", "AVC"),
          Map.entry("1701", "ANOM_ABEND"));

  static RecordLine of(byte[] line, int length) throws Corrupt {
    String text = new String(line, 0, length, ISO_8859_1);
    int at = 0;
    String node = "";
    if (text.startsWith("node=")) {
      at = end(text, 5) + 1;
      node = text.substring(5, at - 1);
    }
    if (!text.startsWith("type=", at)) {
      throw new Corrupt("no type=");
    }
    int typeEnd = end(text, at + 5);
    String type = text.substring(at + 5, typeEnd);
    int from = text.startsWith("msg=", typeEnd + 1) ? typeEnd + 5 : typeEnd + 1;
    if (type.isEmpty() || !text.startsWith("audit(", from)) {
      throw new Corrupt("no audit(TIME:SERIAL)");
    }
    int close = text.indexOf(')', from);
    if (close < 0) {
      throw new Corrupt("ends within audit(TIME:SERIAL)");
    }
    Stamp stamp = stamp(node, text.substring(from + 6, close));
    int body = close + 1;
    if (body >= text.length() || text.charAt(body) != ':') {
      throw new Corrupt("ends after audit(TIME:SERIAL)");
    }
    return new RecordLine(stamp, NUMBERS.getOrDefault(type, type), text.substring(body + 1));
  }

  private static int end(String text, int from) throws Corrupt {
    int end = text.indexOf(' ', from);
    if (end < 0 || end - from > NAME_MAX) {
      throw new Corrupt("ends within its head");
    }
    return end;
  }

  private static Stamp stamp(String node, String text) throws Corrupt {
    int dot = text.indexOf('.');
    int colon = text.indexOf(':');
    if (dot < 0 || colon != dot + 4) {
      throw new Corrupt("not a TIME:SERIAL");
    }
    long seconds = Numbers.decimal(text.substring(0, dot)).orElse(-1);
    long millis = Numbers.decimal(text.substring(dot + 1, colon)).orElse(-1);
    long serial = Numbers.decimal(text.substring(colon + 1)).orElse(-1);
    if (seconds < 0 || seconds > SECONDS_MAX || millis < 0 || serial < 0 || serial > SERIAL_MAX) {
      throw new Corrupt("not a TIME:SERIAL");
    }
    return new Stamp(node, seconds * 1000 + millis, serial);
  }

  /// Its fields; each time anew.
  Fields fields() {
    return Fields.of(body);
  }

  /// One field, where there is no need for the others.
  Optional<String> field(String name) {
    return fields().raw(name);
  }
}
