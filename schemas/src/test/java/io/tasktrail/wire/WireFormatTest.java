package io.tasktrail.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class WireFormatTest {

  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "mock://wire-format-test");

  @Test
  void aValueIsAMagicByteAnIdAndThePayload() {
    TaskEvent event = Samples.event(new Fact.SnapshotFinished(3));
    try (Serde<TaskEvent> serde = WireFormat.taskEvents(REGISTRY)) {
      byte[] bytes = serde.serializer().serialize(Topics.TASK_EVENTS, event);
      assertThat(bytes[0]).isZero();
      assertThat(Arrays.copyOfRange(bytes, 5, bytes.length))
          .isEqualTo(BinaryCodec.taskEvents().encode(event));
      assertThat(serde.deserializer().deserialize(Topics.TASK_EVENTS, bytes)).isEqualTo(event);
    }
  }

  @Test
  void aTombstoneStaysOne() {
    try (Serde<TaskEvent> serde = WireFormat.taskEvents(REGISTRY)) {
      assertThat(serde.serializer().serialize(Topics.TASK_EVENTS, null)).isNull();
      assertThat(serde.deserializer().deserialize(Topics.TASK_EVENTS, null)).isNull();
    }
  }

  @Test
  void aRecordOfAnotherSubjectIsRefused() {
    try (Serde<TaskEvent> events = WireFormat.taskEvents(REGISTRY);
        Serde<AuditEvent> audits = WireFormat.auditEvents(REGISTRY)) {
      byte[] audit =
          audits
              .serializer()
              .serialize(Topics.AUDIT_EVENTS, Samples.auditEvent(new Fact.SnapshotStarted()));
      assertThatThrownBy(() -> events.deserializer().deserialize(Topics.TASK_EVENTS, audit))
          .isInstanceOf(SerializationException.class);
    }
  }
}
