package io.tasktrail.role;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// One key of a properties file.
///
/// @param where `FILE:LINE`, or the option that gave it
/// @param key empty when the line can't be read
/// @param value the text, without blanks at its end
record PropertyLine(String where, String key, String value) {

  /// The keys of a text in the syntax of [Properties], which by itself forgets lines and
  /// duplicates.
  static List<PropertyLine> parse(String file, String text) {
    List<PropertyLine> found = new ArrayList<>();
    List<String> lines = text.lines().toList();
    int at = 0;
    while (at < lines.size()) {
      int end = logicalEnd(lines, at);
      found.addAll(read(file + ":" + (at + 1), String.join("\n", lines.subList(at, end))));
      at = end;
    }
    return found;
  }

  /// A `KEY=VALUE` of the command line.
  static List<PropertyLine> override(String option) {
    return read("--set", option);
  }

  private static int logicalEnd(List<String> lines, int start) {
    int at = start;
    while (at < lines.size() - 1 && !isComment(lines.get(start)) && continues(lines.get(at))) {
      at++;
    }
    return at + 1;
  }

  private static boolean isComment(String line) {
    String stripped = line.stripLeading();
    return stripped.startsWith("#") || stripped.startsWith("!");
  }

  private static boolean continues(String line) {
    int slashes = 0;
    while (slashes < line.length() && line.charAt(line.length() - 1 - slashes) == '\\') {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  private static List<PropertyLine> read(String where, String logical) {
    Properties one = new Properties();
    try {
      one.load(new StringReader(logical));
    } catch (IOException fromMemory) {
      throw new UncheckedIOException(fromMemory);
    } catch (IllegalArgumentException malformedEscape) {
      return List.of(new PropertyLine(where, "", ""));
    }
    return one.stringPropertyNames().stream()
        .map(key -> new PropertyLine(where, key, one.getProperty(key).stripTrailing()))
        .toList();
  }
}
