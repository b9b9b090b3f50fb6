package io.tasktrail.wire;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.serialization.Serializer;

/// Writes values in Confluent's wire format. For use by several threads at once.
///
/// The first record of a topic is the work of Confluent's serializer, which registers the schema or
/// finds its id, as its settings say, and shows what it puts before the Avro binary. Should it do
/// more than that, all records of the topic are its work.
final class FramedSerializer<D> implements Serializer<D> {

  /// Confluent's serializer does more than to frame.
  private static final byte[] NO_FRAME = {};

  private final WritingForm<D> form;
  private final KafkaAvroSerializer confluents;

  /// By topic, of which one serializer has a few.
  private final Map<String, byte[]> frames = new ConcurrentHashMap<>();
  private final ThreadLocal<AvroOutput> outputs = ThreadLocal.withInitial(AvroOutput::new);

  FramedSerializer(WritingForm<D> form, Map<String, ?> settings) {
    this(form, new KafkaAvroSerializer());
    confluents.configure(settings, false);
  }

  FramedSerializer(WritingForm<D> form, KafkaAvroSerializer confluents) {
    this.form = form;
    this.confluents = confluents;
  }

  @Override
  public byte[] serialize(String topic, D value) {
    if (value == null) {
      return null;
    }
    byte[] frame = frames.get(topic);
    return frame == null || frame.length == 0
        ? genuine(topic, value, frame == null)
        : framed(frame, value);
  }

  private byte[] framed(byte[] frame, D value) {
    AvroOutput out = outputs.get();
    out.clear();
    out.raw(frame, 0, frame.length);
    form.write(value, out);
    return out.toBytes();
  }

  private byte[] genuine(String topic, D value, boolean isFirst) {
    byte[] payload = framed(NO_FRAME, value);
    Foreign written = new Foreign(form.schema(), payload, 0, payload.length);
    byte[] record =
        confluents.serialize(topic, new Resolution(form.schema(), form.schema()).read(written));
    if (isFirst) {
      frames.put(topic, onlyFrames(record, payload) ? Frame.of(record) : NO_FRAME);
    }
    return record;
  }

  /// A rule may change one record and not the next.
  private boolean onlyFrames(byte[] record, byte[] payload) {
    return confluents.getRuleExecutors().isEmpty() && Frame.isAllBefore(payload, record);
  }

  @Override
  public void close() {
    confluents.close();
  }
}
