package io.tasktrail.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.rules.RuleBase;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tasktrail.event.TaskEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class FramedSerializerTest {

  private final List<TaskEvent> events = Samples.events();

  /// Confluent's, with a registry that forgets.
  private static class Counting extends KafkaAvroSerializer {

    int asked;

    Counting() {
      configure(Map.of("schema.registry.url", "mock://framed-serializer-test"), false);
    }

    @Override
    public byte[] serialize(String topic, Object event) {
      asked++;
      return super.serialize(topic, event);
    }
  }

  @Test
  void confluentsSerializerIsAskedOncePerTopic() {
    Counting confluents = new Counting();
    FramedSerializer<TaskEvent> serializer = serializer(confluents);
    assertWrites(serializer, "one");
    assertWrites(serializer, "other");
    assertThat(confluents.asked).isEqualTo(2);
  }

  @Test
  void encodedEventsBecomeTheSameRecords() {
    Serializer<TaskEvent> events =
        WireFormat.taskEvents(Map.of("schema.registry.url", "mock://encoded")).serializer();
    Serializer<byte[]> encoded =
        WireFormat.encodedTaskEvents(Map.of("schema.registry.url", "mock://encoded"));
    BinaryCodec<TaskEvent> codec = BinaryCodec.taskEvents();
    assertThat(Samples.events())
        .allSatisfy(
            event ->
                assertThat(encoded.serialize("one", codec.encode(event)))
                    .isEqualTo(events.serialize("one", event)));
  }

  @Test
  void oneThatMayApplyRulesDoesAll() {
    Counting ruled =
        new Counting() {
          @Override
          public Map<String, Map<String, RuleBase>> getRuleExecutors() {
            return Map.of("ENCRYPT", Map.of());
          }
        };
    assertWrites(serializer(ruled), "one");
    assertThat(ruled.asked).isEqualTo(events.size());
  }

  @Test
  void oneThatDoesMoreThanToFrameDoesAll() {
    Counting sealing =
        new Counting() {
          @Override
          public byte[] serialize(String topic, Object event) {
            byte[] record = super.serialize(topic, event);
            return Arrays.copyOf(record, record.length + 1);
          }
        };
    FramedSerializer<TaskEvent> serializer = serializer(sealing);
    for (TaskEvent event : events) {
      assertThat(serializer.serialize("one", event)).endsWith(0);
    }
    assertThat(sealing.asked).isEqualTo(events.size());
  }

  @Test
  void aFailureTeachesNothing() {
    Counting failing =
        new Counting() {
          @Override
          public byte[] serialize(String topic, Object event) {
            byte[] record = super.serialize(topic, event);
            if (asked == 1) {
              throw new SerializationException("no registry");
            }
            return record;
          }
        };
    FramedSerializer<TaskEvent> serializer = serializer(failing);
    assertThatThrownBy(() -> serializer.serialize("one", events.getFirst()))
        .isInstanceOf(SerializationException.class);
    assertWrites(serializer, "one");
    assertThat(failing.asked).isEqualTo(2);
  }

  private void assertWrites(FramedSerializer<TaskEvent> serializer, String topic) {
    try (Counting genuine = new Counting()) {
      for (TaskEvent event : events) {
        assertThat(serializer.serialize(topic, event))
            .isEqualTo(genuine.serialize(topic, GenericView.of(Contract.TASK_EVENT, event)));
      }
    }
  }

  private static FramedSerializer<TaskEvent> serializer(KafkaAvroSerializer confluents) {
    return new FramedSerializer<>(new TaskEventForm(), confluents);
  }
}
