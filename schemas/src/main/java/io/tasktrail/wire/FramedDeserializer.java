package io.tasktrail.wire;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;

/// Reads values in Confluent's wire format. For use by several threads at once, as Kafka Streams
/// does: each has a reader of its own.
final class FramedDeserializer<D> implements Deserializer<D> {

  private final WriterSchemas schemas;
  private final ThreadLocal<FramedReader<D>> readers;

  FramedDeserializer(Supplier<ReadingForm<D>> forms, Map<String, ?> settings) {
    schemas = new WriterSchemas(settings);
    readers = ThreadLocal.withInitial(() -> new FramedReader<>(forms.get(), schemas));
  }

  @Override
  public D deserialize(String topic, byte[] record) {
    return record == null ? null : readers.get().read(topic, record);
  }

  @Override
  public void close() {
    schemas.close();
  }
}
