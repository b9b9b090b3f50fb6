package io.tasktrail.bench.streams;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What changelogs hold once they are compacted: the last value of each key.
final class StateRows implements Consumer<ConsumerRecord<byte[], byte[]>> {

  /// A key may be in several changelogs.
  private record Row(String topic, ByteBuffer key) {}

  private final Map<Row, Integer> valueBytes = new HashMap<>();

  @Override
  public void accept(ConsumerRecord<byte[], byte[]> record) {
    Row row = new Row(record.topic(), ByteBuffer.wrap(record.key()));
    if (record.value() == null) {
      valueBytes.remove(row);
    } else {
      valueBytes.put(row, record.value().length);
    }
  }

  long keyBytes() {
    return valueBytes.keySet().stream().mapToLong(row -> row.key().capacity()).sum();
  }

  long valueBytes() {
    return valueBytes.values().stream().mapToLong(Integer::longValue).sum();
  }
}
