package io.tasktrail.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.BinaryCodec;
import io.tasktrail.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.serialization.Serde;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What tasktrail needs of any registry that speaks Confluent's API, asked by Confluent's own
/// client. Each test has a subject of its own, so that one registry may serve them all.
abstract class RegistryContract {

  private static final int CACHED_SCHEMAS = 100;

  private static final AvroSchema WORD = schema("{'name':'text','type':'string'}");
  private static final AvroSchema WITH_NULLABLE =
      schema("{'name':'text','type':'string'},{'name':'n','type':['null','long'],'default':null}");
  private static final AvroSchema WITH_REQUIRED =
      schema("{'name':'text','type':'string'},{'name':'n','type':'long'}");
  private static final AvroSchema WITH_BRANCH =
      schema(
          "{'name':'text','type':'string'},{'name':'n','type':['null','long','string'],'default':null}");

  private final String topic = "topic-" + UUID.randomUUID();
  private final String subject = topic + "-value";
  private SchemaRegistryClient client;

  /// Where the registry is: one whose level for new subjects is FULL_TRANSITIVE.
  abstract String url();

  @BeforeEach
  void connect() {
    client = another();
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
  }

  @Test
  void yesterdaysConsumerGoesOnWhenAKindAndAFieldAreAdded() throws Exception {
    TaskEvent known = event(new Fact.SnapshotFinished(251));
    Map<String, String> settings = Map.of("schema.registry.url", url());
    try (Serde<TaskEvent> yesterday = WireFormat.taskEvents(settings);
        KafkaAvroSerializer writer = new KafkaAvroSerializer()) {
      writer.configure(settings, false);
      yesterday.serializer().serialize(topic, known);
      byte[] payload = BinaryCodec.taskEvents().encode(known);
      TomorrowsEvent tomorrow =
          TomorrowsEvent.after(
              new Schema.Parser().parse(client.getLatestSchemaMetadata(subject).getSchema()));
      byte[] withNewField = writer.serialize(topic, tomorrow.withNewField(payload));
      byte[] ofNewKind = writer.serialize(topic, tomorrow.ofNewKind(payload));

      assertThat(client.getAllVersions(subject)).containsExactly(1, 2);
      assertThat(yesterday.deserializer().deserialize(topic, withNewField)).isEqualTo(known);
      assertThat(yesterday.deserializer().deserialize(topic, ofNewKind))
          .isEqualTo(event(tomorrow.unrecognized(ofNewKind)));
    }
  }

  private static TaskEvent event(Fact fact) {
    return new TaskEvent(
        new Header(
            new HostId(new UUID(1, 2)),
            "web-1",
            new BootId(new UUID(3, 4)),
            new CaptureId(new UUID(5, 6)),
            Header.SNAPSHOT_CPU,
            252,
            9_000_000_001L,
            1_790_000_000_000_000_000L),
        fact);
  }

  @Test
  void aSchemaRegisteredTwiceKeepsItsId() throws Exception {
    int id = client.register(subject, WORD);
    assertThat(client.register(subject, WORD)).isEqualTo(id);
    assertThat(another().register(subject, WORD)).isEqualTo(id);
    assertThat(client.getAllVersions(subject)).containsExactly(1);
  }

  @Test
  void oneSchemaHasOneIdInAllSubjects() throws Exception {
    assertThat(client.register(subject, WORD)).isEqualTo(another().register(topic + "-key", WORD));
    assertThat(client.getAllSubjects()).contains(subject, topic + "-key");
  }

  @Test
  void aSecondClientFindsTheSchemaByItsId() throws Exception {
    int id = client.register(subject, WITH_NULLABLE);
    ParsedSchema found = another().getSchemaById(id);
    assertThat(found.rawSchema()).isEqualTo(WITH_NULLABLE.rawSchema());
    assertThat(another().getAllSubjectsById(id)).contains(subject);
  }

  @Test
  void aRegisteredSchemaIsFoundByItsText() throws Exception {
    int id = client.register(subject, WORD);
    assertThat(another().getId(subject, WORD)).isEqualTo(id);
    assertThat(another().getVersion(subject, WORD)).isEqualTo(1);
  }

  @Test
  void aNullableFieldMayBeAdded() throws Exception {
    client.register(subject, WORD);
    assertThat(client.testCompatibility(subject, WITH_NULLABLE)).isTrue();
    int id = client.register(subject, WITH_NULLABLE);
    assertThat(client.getLatestSchemaMetadata(subject).getId()).isEqualTo(id);
    assertThat(client.getLatestSchemaMetadata(subject).getVersion()).isEqualTo(2);
  }

  @Test
  void aRequiredFieldIsRefused() throws Exception {
    client.register(subject, WORD);
    assertThat(client.testCompatibility(subject, WITH_REQUIRED)).isFalse();
    assertThat(codeOf(() -> client.register(subject, WITH_REQUIRED))).isEqualTo(409);
    assertThat(client.getAllVersions(subject)).containsExactly(1);
  }

  @Test
  void aBranchAddedToAUnionIsRefused() throws Exception {
    client.register(subject, WITH_NULLABLE);
    assertThat(codeOf(() -> client.register(subject, WITH_BRANCH))).isEqualTo(409);
  }

  @Test
  void everyEarlierVersionCounts() throws Exception {
    client.register(subject, WITH_NULLABLE);
    client.register(subject, WORD);
    AvroSchema another =
        schema(
            "{'name':'text','type':'string'},{'name':'n','type':['null','string'],'default':null}");
    assertThat(codeOf(() -> client.register(subject, another))).isEqualTo(409);
  }

  @Test
  void aSubjectMayHaveALevelOfItsOwn() throws Exception {
    client.register(subject, WORD);
    client.updateCompatibility(subject, "NONE");
    assertThat(another().getCompatibility(subject)).isEqualTo("NONE");
    client.register(subject, WITH_REQUIRED);
    assertThat(client.getAllVersions(subject)).containsExactly(1, 2);
  }

  @Test
  void theGlobalLevelIsFullTransitive() throws Exception {
    assertThat(client.getCompatibility(null)).isEqualTo("FULL_TRANSITIVE");
  }

  @Test
  void whatIsNotThereHasConfluentsCode() throws Exception {
    assertThat(codeOf(() -> client.getAllVersions(subject))).isEqualTo(40401);
    assertThat(codeOf(() -> client.getLatestSchemaMetadata(subject))).isEqualTo(40401);
    assertThat(codeOf(() -> client.getSchemaById(999_999))).isEqualTo(40403);
    client.register(subject, WORD);
    assertThat(codeOf(() -> client.getSchemaMetadata(subject, 7))).isEqualTo(40402);
    assertThat(codeOf(() -> client.getId(subject, WITH_REQUIRED))).isEqualTo(40403);
  }

  @Test
  void recordsTravelBetweenTwoSchemaVersions() {
    GenericRecord first = new GenericData.Record(WORD.rawSchema());
    first.put("text", new Utf8("fork"));
    GenericRecord second = new GenericData.Record(WITH_NULLABLE.rawSchema());
    second.put("text", new Utf8("exec"));
    second.put("n", 7L);
    assertThat(deserialized(serialized(first))).isEqualTo(first);
    assertThat(deserialized(serialized(second))).isEqualTo(second);
  }

  @Test
  void theSerializerWritesTheRegisteredId() throws Exception {
    GenericRecord word = new GenericData.Record(WORD.rawSchema());
    word.put("text", new Utf8("fork"));
    ByteBuffer wire = ByteBuffer.wrap(serialized(word));
    assertThat(wire.get()).isZero();
    assertThat(wire.getInt()).isEqualTo(client.getId(subject, WORD));
  }

  final SchemaRegistryClient another() {
    return new CachedSchemaRegistryClient(url(), CACHED_SCHEMAS);
  }

  private byte[] serialized(GenericRecord value) {
    try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
      serializer.configure(Map.of("schema.registry.url", url()), false);
      return serializer.serialize(topic, value);
    }
  }

  private Object deserialized(byte[] value) {
    try (KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer()) {
      deserializer.configure(Map.of("schema.registry.url", url()), false);
      return deserializer.deserialize(topic, value);
    }
  }

  static int codeOf(ThrowingCallable request) {
    return catchThrowableOfType(RestClientException.class, request).getErrorCode();
  }

  /// A record `Word` with these fields, in JSON with `'` for `"`.
  private static AvroSchema schema(String fields) {
    return new AvroSchema(
        ("{'type':'record','name':'Word','fields':[" + fields + "]}").replace('\'', '"'));
  }
}
