package io.tasktrail.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireFormatTest {

  private static final String SCOPE = "wire-format-test";
  private static final Map<String, Object> REGISTRY =
      Map.of("schema.registry.url", "mock://" + SCOPE);
  private static final String TOPIC = Topics.TASK_EVENTS;
  private static final String SUBJECT = TOPIC + "-value";

  private final TaskEvent event = Samples.events().getFirst();
  private final SchemaRegistryClient registry = MockSchemaRegistry.getClientForScope(SCOPE);
  private final Serde<TaskEvent> events = WireFormat.taskEvents(REGISTRY);

  @AfterEach
  void forget() {
    events.close();
    MockSchemaRegistry.dropScope(SCOPE);
  }

  @Test
  void aValueIsAMagicByteAnIdAndThePayload() throws Exception {
    for (TaskEvent each : Samples.events()) {
      byte[] bytes = write(events, each);
      assertThat(bytes[0]).isZero();
      assertThat(ByteBuffer.wrap(bytes).getInt(1))
          .isEqualTo(registry.getId(SUBJECT, new AvroSchema(Contract.TASK_EVENT)));
      assertThat(Arrays.copyOfRange(bytes, Frame.LENGTH, bytes.length))
          .isEqualTo(BinaryCodec.taskEvents().encode(each));
      assertThat(read(bytes)).isEqualTo(each);
    }
  }

  @Test
  void confluentsClientsReadWhatWeWriteAndWeReadWhatTheyWrite() {
    try (KafkaAvroSerializer serializer = new KafkaAvroSerializer();
        KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer()) {
      serializer.configure(REGISTRY, false);
      deserializer.configure(REGISTRY, false);
      for (TaskEvent each : Samples.events()) {
        GenericRecord view = GenericView.of(Contract.TASK_EVENT, each);
        assertThat(serializer.serialize(TOPIC, view)).isEqualTo(write(events, each));
        assertThat(deserializer.deserialize(TOPIC, write(events, each))).isEqualTo(view);
      }
    }
  }

  @Test
  void aTombstoneStaysOne() {
    assertThat(write(events, null)).isNull();
    assertThat(read(null)).isNull();
  }

  @Test
  void aRecordOfAnotherSubjectIsRefusedByName() {
    try (Serde<AuditEvent> audits = WireFormat.auditEvents(REGISTRY)) {
      byte[] audit =
          audits.serializer().serialize(Topics.AUDIT_EVENTS, Samples.auditEvents().getFirst());
      int id = ByteBuffer.wrap(audit).getInt(1);
      assertThatThrownBy(() -> read(audit))
          .isInstanceOf(SerializationException.class)
          .hasMessage(
              TOPIC
                  + ": schema id "
                  + id
                  + " is io.tasktrail.avro.AuditEvent, not io.tasktrail.avro.TaskEvent");
    }
  }

  @Test
  void whatHasNoFrameIsRefused() {
    for (byte[] garbage : List.of(new byte[0], new byte[4], new byte[] {1, 0, 0, 0, 1, 0})) {
      assertThatThrownBy(() -> read(garbage))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining(TOPIC);
    }
  }

  @Test
  void aMalformedPayloadIsRefused() {
    byte[] bytes = write(events, event);
    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(TOPIC + ": not a TaskEvent: malformed at byte");
  }

  @Test
  void anIdThatTheRegistryLearnsLaterIsThenRead() throws Exception {
    byte[] bytes = write(events, event);
    byte[] unknown = bytes.clone();
    ByteBuffer.wrap(unknown).putInt(1, 77);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> read(unknown))
          .isInstanceOf(SerializationException.class)
          .hasCauseInstanceOf(RestClientException.class);
    }
    registry.register(SUBJECT, new AvroSchema(Tomorrow.after(Contract.TASK_EVENT)), 2, 77);
    byte[] tomorrows = Arrays.copyOf(unknown, unknown.length + 1);
    assertThat(read(tomorrows)).isEqualTo(event);
  }

  @Test
  void aRegistryThatIsAwayIsTellable() throws Exception {
    try (Serde<TaskEvent> lonely =
        WireFormat.taskEvents(Map.of("schema.registry.url", nowhere(), "max.retries", 0))) {
      assertThatThrownBy(
              () -> lonely.deserializer().deserialize(TOPIC, new byte[] {0, 0, 0, 0, 1, 2}))
          .isInstanceOf(SerializationException.class)
          .hasCauseInstanceOf(SocketException.class);
      assertThatThrownBy(() -> write(lonely, event)).hasCauseInstanceOf(SocketException.class);
    }
  }

  private static String nowhere() throws Exception {
    try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + closedSoon.getLocalPort();
    }
  }

  @Test
  void aRegistryThatWasAwayForTheFirstRecordIsAskedAgain() throws Exception {
    try (Serde<TaskEvent> obedient =
        WireFormat.taskEvents(with(Map.of("auto.register.schemas", false)))) {
      assertThatThrownBy(() -> write(obedient, event)).isInstanceOf(SerializationException.class);
      registry.register(SUBJECT, new AvroSchema(Contract.TASK_EVENT));
      assertThat(read(write(obedient, event))).isEqualTo(event);
    }
  }

  /// Its payload is not ours: the latest schema lacks a field, that of the newest kind.
  @Test
  void whereTheLatestSchemaIsToBeUsedConfluentsSerializerWritesAll() throws Exception {
    Schema yesterday = Tomorrow.before(Contract.TASK_EVENT);
    int id = registry.register(SUBJECT, new AvroSchema(yesterday));
    try (Serde<TaskEvent> latest =
        WireFormat.taskEvents(
            with(Map.of("auto.register.schemas", false, "use.latest.version", true)))) {
      for (TaskEvent each : Samples.events()) {
        if (each.fact() instanceof Fact.AuditRecord) {
          continue;
        }
        byte[] bytes = write(latest, each);
        assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(id);
        assertThat(Arrays.copyOfRange(bytes, Frame.LENGTH, bytes.length))
            .isEqualTo(Resolution.bytes(yesterday, GenericView.of(yesterday, each)));
        assertThat(read(bytes)).isEqualTo(each);
      }
    }
  }

  @Test
  void eachTopicHasItsOwnFrame() throws Exception {
    byte[] first = write(events, event);
    byte[] ofOther = events.serializer().serialize("other", event);
    assertThat(Arrays.copyOfRange(ofOther, Frame.LENGTH, ofOther.length))
        .isEqualTo(Arrays.copyOfRange(first, Frame.LENGTH, first.length));
    assertThat(registry.getAllSubjects()).contains(SUBJECT, "other-value");
  }

  @Test
  void severalThreadsMayUseOne() {
    RandomRecords random = new RandomRecords(20_261_120);
    List<TaskEvent> all = IntStream.range(0, 2000).mapToObj(_ -> random.event()).toList();
    assertThat(all.parallelStream().map(each -> read(write(events, each))).toList()).isEqualTo(all);
  }

  private static byte[] write(Serde<TaskEvent> serde, TaskEvent value) {
    return serde.serializer().serialize(TOPIC, value);
  }

  private TaskEvent read(byte[] bytes) {
    return events.deserializer().deserialize(TOPIC, bytes);
  }

  private static Map<String, Object> with(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(REGISTRY);
    all.putAll(settings);
    return all;
  }
}
