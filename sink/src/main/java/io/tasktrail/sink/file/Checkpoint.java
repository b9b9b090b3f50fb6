package io.tasktrail.sink.file;

import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a file holds for certain.
///
/// @param length of the file in bytes: whole lines, on the disk
/// @param source of what they were made
/// @param positions what comes next
record Checkpoint(long length, Source source, Positions positions) {

  private static final String MAGIC = "tasktrail-checkpoint 1";

  /// One fact a line, for people too; whole only with its last line.
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(MAGIC);
    lines.add("length " + length);
    lines.add("topic " + source.topic());
    lines.add("topic-id " + source.topicId());
    lines.add("group " + source.group());
    new TreeMap<>(positions.next())
        .forEach((partition, offset) -> lines.add("next " + partition + ' ' + offset));
    lines.add("end");
    return String.join("\n", lines) + '\n';
  }

  /// Reads what [#text] made.
  ///
  /// @throws IOException if it is anything else
  static Checkpoint parse(String text) throws IOException {
    List<String> lines = text.lines().toList();
    if (lines.size() < 6 || !lines.getFirst().equals(MAGIC) || !lines.getLast().equals("end")) {
      throw new IOException("not a checkpoint of this version");
    }
    try {
      Source source =
          new Source(
              value(lines.get(2), "topic "),
              value(lines.get(3), "topic-id "),
              value(lines.get(4), "group "));
      return new Checkpoint(
          Long.parseLong(value(lines.get(1), "length ")),
          source,
          positions(lines.subList(5, lines.size() - 1)));
    } catch (NumberFormatException notANumber) {
      throw new IOException("damaged: " + notANumber.getMessage(), notANumber);
    }
  }

  private static Positions positions(List<String> lines) throws IOException {
    Map<Integer, Long> next = new TreeMap<>();
    for (String line : lines) {
      String pair = value(line, "next ");
      int space = pair.indexOf(' ');
      if (space < 0) {
        throw new IOException("damaged: " + line);
      }
      next.put(
          Integer.parseInt(pair.substring(0, space)), Long.parseLong(pair.substring(space + 1)));
    }
    return new Positions(next);
  }

  private static String value(String line, String name) throws IOException {
    if (!line.startsWith(name)) {
      throw new IOException("damaged: '" + line + "' where '" + name + "…' was expected");
    }
    return line.substring(name.length());
  }
}
