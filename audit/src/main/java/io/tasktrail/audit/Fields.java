package io.tasktrail.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.event.ByteText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/// The fields of a record. Of two of one name the first holds: what a program wrote into its
/// `msg='…'` can't stand in for what the kernel said before it.
///
/// What is not `NAME=VALUE` is passed over. A quoted value ends at the next quote, or with the
/// record. What auditd adds for people behind the separator 0x1d is not read.
final class Fields {

  private static final char ENRICHED = 0x1d;
  private static final String NONE = "(null)";

  private final Map<String, String> values = new HashMap<>();

  private Fields() {}

  static Fields of(String body) {
    Fields fields = new Fields();
    each(body, fields.values::putIfAbsent);
    return fields;
  }

  /// Each field by its name, as it stands in the record, without keeping any.
  static void each(String body, BiConsumer<String, String> field) {
    int end = body.indexOf(ENRICHED);
    read(body, 0, end < 0 ? body.length() : end, field);
  }

  private static void read(String text, int from, int to, BiConsumer<String, String> field) {
    int at = from;
    while (at < to) {
      int equals = nameEnd(text, at, to);
      if (equals == to || text.charAt(equals) != '=') {
        at = equals + 1;
        continue;
      }
      int valueEnd = valueEnd(text, equals + 1, to);
      String name = text.substring(at, equals);
      if (equals + 1 < to && text.charAt(equals + 1) == '\'') {
        read(text, equals + 2, valueEnd - (closes(text, valueEnd, equals + 2) ? 1 : 0), field);
      } else {
        field.accept(name, text.substring(equals + 1, valueEnd));
      }
      at = valueEnd + 1;
    }
  }

  private static boolean closes(String text, int end, int from) {
    return end > from && text.charAt(end - 1) == '\'';
  }

  private static int nameEnd(String text, int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) != '=' && text.charAt(at) != ' ') {
      at++;
    }
    return at;
  }

  private static int valueEnd(String text, int from, int to) {
    if (from >= to) {
      return to;
    }
    return switch (text.charAt(from)) {
      case '"' -> after(text.indexOf('"', from + 1), to);
      case '\'' -> after(lastQuote(text, from, to), to);
      default -> {
        int space = text.indexOf(' ', from);
        yield space < 0 || space > to ? to : space;
      }
    };
  }

  private static int lastQuote(String text, int from, int to) {
    int quote = text.lastIndexOf('\'', to - 1);
    return quote > from ? quote : -1;
  }

  private static int after(int quote, int to) {
    return quote < 0 || quote >= to ? to : quote + 1;
  }

  /// As it stands in the record.
  Optional<String> raw(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.equals(NONE));
  }

  OptionalLong number(String name) {
    Optional<String> value = raw(name);
    return value.isPresent() ? Numbers.decimal(value.get()) : OptionalLong.empty();
  }

  OptionalLong hex(String name) {
    Optional<String> value = raw(name);
    return value.isPresent() ? Numbers.hex(value.get()) : OptionalLong.empty();
  }

  /// A text that the kernel quotes, or writes in hexadecimal where it holds a space, a quote or a
  /// control character; empty where there is none.
  ByteText text(String name) {
    return raw(name).map(Fields::decoded).orElse(ByteText.EMPTY);
  }

  static ByteText decoded(String raw) {
    if (raw.startsWith("\"")) {
      int end = raw.length() > 1 && raw.endsWith("\"") ? raw.length() - 1 : raw.length();
      return ByteText.of(raw.substring(1, end).getBytes(ISO_8859_1));
    }
    return isHex(raw) ? ByteText.of(bytes(raw)) : ByteText.of(raw.getBytes(ISO_8859_1));
  }

  static boolean isHex(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (!(('0' <= c && c <= '9') || ('A' <= c && c <= 'F'))) {
        return false;
      }
    }
    return raw.length() > 1 && raw.length() % 2 == 0;
  }

  private static byte[] bytes(String hex) {
    byte[] bytes = new byte[hex.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] =
          (byte)
              (Character.digit(hex.charAt(2 * i), 16) << 4
                  | Character.digit(hex.charAt(2 * i + 1), 16));
    }
    return bytes;
  }
}
