package io.tasktrail.sink.file;

import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Source;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a file holds for certain.
///
/// @param length of the file in bytes: whole lines, on the disk
/// @param source of what they were made
/// @param positions what comes next
/// @param origin where the file began
/// @param finished the name that it is to have from now on, when it is not the current one any more
record Checkpoint(
    long length, Source source, Positions positions, Origin origin, Optional<String> finished) {

  /// Where a file began.
  ///
  /// @param from the offsets of all partitions, added up, that came next before its first line
  /// @param millis when its first line came, since 1970
  record Origin(long from, long millis) {

    /// Of a file that was begun before anybody noted that.
    static final Origin UNKNOWN = new Origin(0, 0);
  }

  /// Of a file that stays the current one.
  static Checkpoint of(long length, Source source, Positions positions, Origin origin) {
    return new Checkpoint(length, source, positions, origin, Optional.empty());
  }

  /// The same file, with the name that it is to have.
  Checkpoint finishedAs(String name) {
    return new Checkpoint(length, source, positions, origin, Optional.of(name));
  }

  private static final String MAGIC = "tasktrail-checkpoint 1";

  /// One fact a line, for people too; whole only with its last line.
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(MAGIC);
    lines.add("length " + length);
    lines.add("topic " + source.topic());
    lines.add("topic-id " + source.topicId());
    lines.add("group " + source.group());
    lines.add("from " + origin.from());
    lines.add("begun " + origin.millis());
    finished.ifPresent(name -> lines.add("finished " + name));
    new TreeMap<>(positions.next())
        .forEach((partition, offset) -> lines.add("next " + partition + ' ' + offset));
    lines.add("end");
    return String.join("\n", lines) + '\n';
  }

  /// Reads what [#text] made, now or before files were finished.
  ///
  /// @throws IOException if it is anything else
  static Checkpoint parse(String text) throws IOException {
    List<String> lines = text.lines().toList();
    if (lines.size() < 6 || !lines.getFirst().equals(MAGIC) || !lines.getLast().equals("end")) {
      throw new IOException("not a checkpoint of this version");
    }
    try {
      return parsed(new ArrayDeque<>(lines.subList(1, lines.size() - 1)));
    } catch (NumberFormatException notANumber) {
      throw new IOException("damaged: " + notANumber.getMessage(), notANumber);
    }
  }

  private static Checkpoint parsed(Deque<String> lines) throws IOException {
    long length = Long.parseLong(value(lines.poll(), "length "));
    Source source =
        new Source(
            value(lines.poll(), "topic "),
            value(lines.poll(), "topic-id "),
            value(lines.poll(), "group "));
    Origin origin =
        isNext(lines, "from ")
            ? new Origin(
                Long.parseLong(value(lines.poll(), "from ")),
                Long.parseLong(value(lines.poll(), "begun ")))
            : Origin.UNKNOWN;
    Optional<String> finished =
        isNext(lines, "finished ")
            ? Optional.of(value(lines.poll(), "finished "))
            : Optional.empty();
    return new Checkpoint(length, source, positions(lines), origin, finished);
  }

  private static boolean isNext(Deque<String> lines, String name) {
    return !lines.isEmpty() && lines.peek().startsWith(name);
  }

  private static Positions positions(Iterable<String> lines) throws IOException {
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
    if (line == null || !line.startsWith(name)) {
      throw new IOException("damaged: '" + line + "' where '" + name + "…' was expected");
    }
    return line.substring(name.length());
  }
}
