package io.tasktrail.sink.kafka;

import static java.util.stream.Collectors.joining;

import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Source;
import java.util.Map;
import java.util.TreeMap;

/// Positions as the metadata of an offset: `PARTITION:NEXT,…;TOPIC-ID;TOPIC;GROUP`, numbers to the
/// base of 36. A broker takes 4096 bytes (`offset.metadata.max.bytes`): some 250 partitions.
record Bookmark(Source source, Positions positions) {

  private static final int BASE = 36;
  private static final int PARTS = 4;

  String text() {
    String next =
        new TreeMap<>(positions.next())
            .entrySet().stream()
                .map(
                    each ->
                        Integer.toString(each.getKey(), BASE)
                            + ":"
                            + Long.toString(each.getValue(), BASE))
                .collect(joining(","));
    return String.join(";", next, source.topicId(), source.topic(), source.group());
  }

  /// Reads one.
  ///
  /// @throws IllegalArgumentException if it is none
  static Bookmark of(String text) {
    String[] parts = text.split(";", PARTS);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException("'" + text + "' is no bookmark of a sink");
    }
    Map<Integer, Long> next = new TreeMap<>();
    for (String each : parts[0].isEmpty() ? new String[0] : parts[0].split(",", -1)) {
      String[] pair = each.split(":", 2);
      next.put(Integer.parseInt(pair[0], BASE), Long.parseLong(pair[1], BASE));
    }
    return new Bookmark(new Source(parts[2], parts[1], parts[3]), new Positions(next));
  }
}
