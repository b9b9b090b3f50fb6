package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Image;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The command lines that stand beside the tests.
final class CommandLines {

  private static final String MASKED = "=> ";

  private CommandLines() {}

  /// A line, and what leaves the host of it.
  record Masked(String line, String masked) {

    @Override
    public String toString() {
      return line;
    }
  }

  static List<Masked> secrets() {
    List<Masked> all = new ArrayList<>();
    String line = "";
    for (String next : lines("secrets.txt")) {
      if (next.startsWith(MASKED)) {
        all.add(new Masked(line, next.substring(MASKED.length())));
      }
      line = next;
    }
    return all;
  }

  static List<String> ordinary() {
    return lines("ordinary.txt");
  }

  private static List<String> lines(String file) {
    try (InputStream in = CommandLines.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Words separated by a space; within `'…'` a space is one like others.
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char next : (line + ' ').toCharArray()) {
      if (next == '\'') {
        quoted = !quoted;
      } else if (next == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(next);
      }
    }
    return words;
  }

  static Arguments arguments(List<String> words) {
    return new Arguments(words.stream().map(ByteText::of).toList(), words.size(), 0, false);
  }

  static List<String> strings(Arguments arguments) {
    return arguments.values().stream().map(ByteText::toString).toList();
  }

  static Image image(String path) {
    ByteText file = ByteText.of(path);
    return new Image(file, ByteText.EMPTY, file, 0, 0, false, false);
  }
}
