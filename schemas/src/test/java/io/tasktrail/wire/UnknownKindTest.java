package io.tasktrail.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An event of a kind that only a newer version of tasktrail knows passes on untouched.
class UnknownKindTest {

  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "mock://unknown-kind-test");

  private final Schema tomorrow = Tomorrow.after(Contract.TASK_EVENT);
  private final GenericRecord event = Tomorrow.event(tomorrow);
  private final TaskEvent expected =
      Samples.event(
          new Fact.Unrecognized(
              Contract.fingerprint(tomorrow), ByteText.of(Resolution.bytes(tomorrow, event))));

  @Test
  void itComesOverTheRegistryWithAllItsBytes() {
    try (KafkaAvroSerializer writer = serializer();
        Serde<TaskEvent> reader = WireFormat.taskEvents(REGISTRY)) {
      byte[] record = writer.serialize(Topics.TASK_EVENTS, event);
      assertThat(reader.deserializer().deserialize(Topics.TASK_EVENTS, record)).isEqualTo(expected);
      assertThat(((Fact.Unrecognized) expected.fact()).original().toBytes())
          .isEqualTo(Arrays.copyOfRange(record, Frame.LENGTH, record.length));
    }
  }

  @Test
  void itComesOutOfACaptureFileWithAllItsBytes(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("capture.avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(tomorrow))
            .create(tomorrow, file.toFile())) {
      writer.append(event);
    }
    List<TaskEvent> read = new ArrayList<>();
    CaptureFile.read(file, read::add);
    assertThat(read).containsExactly(expected);
  }

  @Test
  void itGoesOnInsideAnAuditEvent() {
    AuditEvent audit = AuditEvent.of(expected);
    try (var writer = WireFormat.enrichedEvents(REGISTRY);
        var arrived = WireFormat.arrivedEvents(REGISTRY);
        KafkaAvroSerializer agent = serializer();
        Serde<AuditEvent> reader = WireFormat.auditEvents(REGISTRY)) {
      ArrivedEvent came =
          arrived.deserialize(Topics.TASK_EVENTS, agent.serialize(Topics.TASK_EVENTS, event));
      byte[] record =
          writer.serialize(
              Topics.AUDIT_EVENTS, new EnrichedEvent(AuditEvent.of(came.event()), came));
      assertThat(reader.deserializer().deserialize(Topics.AUDIT_EVENTS, record)).isEqualTo(audit);
    }
  }

  @Test
  void aNewerTopologysAuditEventStillGivesItsEvent() {
    Schema audits = Tomorrow.auditOf(tomorrow);
    GenericRecord audit =
        GenericView.of(audits, AuditEvent.of(Samples.event(new Fact.SnapshotStarted())));
    audit.put("event", event);
    AuditEvent read = Subject.auditEvents().decode(audits, Resolution.bytes(audits, audit));
    assertThat(read.event()).isEqualTo(expected);
  }

  @Test
  void aKindThatIsKnownIsReadWhateverElseIsNew() {
    TaskEvent known = Samples.events().getFirst();
    byte[] payload = Resolution.bytes(tomorrow, GenericView.of(tomorrow, known));
    assertThat(Subject.taskEvents().decode(tomorrow, payload)).isEqualTo(known);
  }

  private static KafkaAvroSerializer serializer() {
    KafkaAvroSerializer serializer = new KafkaAvroSerializer();
    serializer.configure(REGISTRY, false);
    return serializer;
  }
}
