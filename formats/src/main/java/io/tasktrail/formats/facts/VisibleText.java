package io.tasktrail.formats.facts;

import io.tasktrail.event.ByteText;
import io.tasktrail.formats.json.VisibleEscapes;
import java.util.function.IntFunction;

/// A value as visible characters on one line: what would act on a terminal, break a line or reorder
/// what is shown is written by its number, as JSON does (a backslash, `u`, four digits), and bytes
/// that are not UTF-8 are `\xNN`.
public final class VisibleText {

  private VisibleText() {}

  /// The text.
  ///
  /// @param bytesMax of the value: of a longer one the rest goes, and three dots come
  /// @param escape what a format wants instead of a visible character; null for the character
  ///     itself. It is asked about each backslash of an escape too.
  public static String of(ByteText value, int bytesMax, IntFunction<String> escape) {
    boolean isCut = value.length() > bytesMax;
    ByteText kept = isCut ? ByteText.of(value.asBuffer().limit(bytesMax)) : value;
    StringBuilder text = new StringBuilder(kept.length() + 16);
    kept.toString().codePoints().forEach(character -> append(text, character, escape));
    return text.append(isCut ? "..." : "").toString();
  }

  private static void append(StringBuilder text, int character, IntFunction<String> escape) {
    if (VisibleEscapes.acts(character)) {
      "\\u%04x".formatted(character).chars().forEach(it -> escaped(text, it, escape));
    } else {
      escaped(text, character, escape);
    }
  }

  private static void escaped(StringBuilder text, int character, IntFunction<String> escape) {
    String instead = escape.apply(character);
    if (instead == null) {
      text.appendCodePoint(character);
    } else {
      text.append(instead);
    }
  }
}
