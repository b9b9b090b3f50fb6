package io.tasktrail.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is spliced is what would have been written anew, and that is what Avro writes.
class SpliceTest {

  private static final long SEED = 20_261_120;
  private static final int RECORDS = 2000;
  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "mock://splice-test");

  private final Serde<TaskEvent> events = WireFormat.taskEvents(REGISTRY);
  private final Serde<AuditEvent> audits = WireFormat.auditEvents(REGISTRY);
  private final Deserializer<ArrivedEvent> arrived = WireFormat.arrivedEvents(REGISTRY);
  private final Serializer<EnrichedEvent> enriched = WireFormat.enrichedEvents(REGISTRY);

  @AfterEach
  void close() {
    events.close();
    audits.close();
    arrived.close();
    enriched.close();
  }

  @Test
  void samplesAreSpliced() {
    Samples.auditEvents().forEach(this::assertSpliced);
  }

  @Test
  void anythingIsSpliced() {
    RandomRecords random = new RandomRecords(SEED);
    for (int i = 0; i < RECORDS; i++) {
      assertSpliced(random.auditEvent());
    }
  }

  @Test
  void recordedEventsAreSpliced() throws IOException {
    List<TaskEvent> recorded = new ArrayList<>();
    assertThat(CaptureFile.read(Path.of("../samples/guest.avro"), recorded::add)).isTrue();
    for (TaskEvent event : recorded) {
      assertSpliced(AuditEvent.of(event, Samples.auditedTask(event.header())));
    }
    assertThat(recorded).hasSizeGreaterThan(100);
  }

  private void assertSpliced(AuditEvent audit) {
    byte[] record = events.serializer().serialize(Topics.TASK_EVENTS, audit.event());
    ArrivedEvent came = arrived.deserialize(Topics.TASK_EVENTS, record);
    AuditEvent told = withEvent(audit, came.event());
    byte[] spliced = enriched.serialize(Topics.AUDIT_EVENTS, new EnrichedEvent(told, came));
    assertThat(spliced)
        .isEqualTo(audits.serializer().serialize(Topics.AUDIT_EVENTS, told))
        .isEqualTo(enriched.serialize(Topics.AUDIT_EVENTS, EnrichedEvent.of(told)));
    assertThat(Arrays.copyOfRange(spliced, Frame.LENGTH, spliced.length))
        .isEqualTo(
            Resolution.bytes(Contract.AUDIT_EVENT, GenericView.of(Contract.AUDIT_EVENT, told)));
    assertThat(audits.deserializer().deserialize(Topics.AUDIT_EVENTS, spliced)).isEqualTo(told);
  }

  private static AuditEvent withEvent(AuditEvent audit, TaskEvent event) {
    return new AuditEvent(
        event,
        audit.revision(),
        audit.notice(),
        audit.task(),
        audit.other(),
        audit.module(),
        audit.firstSeenOnHost(),
        audit.signalOrigin());
  }

  @Test
  void theBytesThatCameAreUsed() {
    TaskEvent event = Samples.events().getFirst();
    byte[] record = events.serializer().serialize(Topics.TASK_EVENTS, event);
    ArrivedEvent came = arrived.deserialize(Topics.TASK_EVENTS, record);
    assertThat(new EnrichedEvent(AuditEvent.of(came.event()), came).canBeSpliced()).isTrue();
  }

  @Test
  void theBytesOfAnotherEventAreNot() {
    byte[] record = events.serializer().serialize(Topics.TASK_EVENTS, Samples.events().getFirst());
    ArrivedEvent came = arrived.deserialize(Topics.TASK_EVENTS, record);
    AuditEvent ofAnother = AuditEvent.of(Samples.events().getLast());
    byte[] told = enriched.serialize(Topics.AUDIT_EVENTS, new EnrichedEvent(ofAnother, came));
    assertThat(audits.deserializer().deserialize(Topics.AUDIT_EVENTS, told)).isEqualTo(ofAnother);
  }
}
