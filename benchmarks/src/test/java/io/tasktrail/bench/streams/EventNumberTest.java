package io.tasktrail.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class EventNumberTest {

  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "mock://event-number");
  private static final AuditEvent AUDITED = TypicalTask.event();
  private static final EventNumber NUMBER = EventNumber.of(AUDITED.event().header());

  @Test
  void anEventIsFoundAgainByItsNumber() {
    try (Serializer<TaskEvent> values = WireFormat.taskEvents(REGISTRY).serializer()) {
      byte[] value = values.serialize(Topics.TASK_EVENTS, AUDITED.event());
      assertThat(EventNumber.in(value)).isEqualTo(NUMBER);
    }
  }

  @Test
  void soIsAnEnrichedOne() {
    try (Serializer<AuditEvent> values = WireFormat.auditEvents(REGISTRY).serializer()) {
      byte[] value = values.serialize(Topics.AUDIT_EVENTS, AUDITED);
      assertThat(EventNumber.in(value)).isEqualTo(NUMBER);
    }
  }
}
