package io.tasktrail.sink.kafka;

import java.util.Map;

/// How a destination reaches its topic.
///
/// @param id of the transactions, and of the group whose offset holds the bookmark: no two sinks
///     may have the same one
/// @param producer what its client gets; may hold secrets
/// @param reader what the client gets that reads the bookmark; may hold secrets
/// @param recordBytesMax of a record with everything around it
public record KafkaPlan(
    String topic,
    String id,
    Map<String, Object> producer,
    Map<String, Object> reader,
    int recordBytesMax) {

  public KafkaPlan {
    producer = Map.copyOf(producer);
    reader = Map.copyOf(reader);
  }

  /// The addresses of its cluster.
  String servers() {
    return String.valueOf(producer.get("bootstrap.servers"));
  }

  @Override
  public String toString() {
    return "KafkaPlan[" + topic + " at " + servers() + "]";
  }
}
