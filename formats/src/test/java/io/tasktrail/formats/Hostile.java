package io.tasktrail.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.ByteText;
import java.util.stream.Stream;

/// Names by which a process might try to end a line, a field or a word, or to act on a terminal.
public final class Hostile {

  /// An argument may be that long.
  private static final int LONG = 64 << 10;

  private Hostile() {}

  /// All of them.
  public static Stream<ByteText> names() {
    return Stream.concat(
        Stream.of(
                "a\nb",
                "a\r\nb",
                "a b  c",
                "x=>comm=init;st",
                "\" , \"event\": {\"action\": \"exit\"} }",
                "\\\"\\\\\\",
                "a|b=c]d[e",
                "\u001b[2J\u001b]0;title\u0007",
                "\u0085\u009b2J\u007f",
                "\u2028\u2029\u202e\u2066",
                "größe-日本-🦔",
                "\0",
                "\\xff",
                "a".repeat(LONG))
            .map(text -> ByteText.of(text.getBytes(UTF_8))),
        Stream.of(
                "\u00ff\u00fe",
                "\u00c0\u0080",
                "\u00ed\u00a0\u0080",
                "cut \u00e2\u0082",
                "\u0080\n\u00ff",
                "\u00ff".repeat(LONG))
            .map(text -> ByteText.of(text.getBytes(ISO_8859_1))));
  }
}
