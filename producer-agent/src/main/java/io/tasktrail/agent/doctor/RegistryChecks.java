package io.tasktrail.agent.doctor;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializerConfig;
import io.confluent.kafka.serializers.subject.strategy.SubjectNameStrategy;
import io.tasktrail.agent.publish.Reason;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Whether the schema registry answers, and takes the schema of events. Asks, and registers
/// nothing.
record RegistryChecks(Connection connection) {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  List<Check> all() {
    Check answers = Check.of("schema registry", this::answers);
    return List.of(answers, Check.after(answers, "schema of events", this::schema));
  }

  private Finding answers() throws IOException {
    try (SchemaRegistryClient client = client()) {
      var _ = client.getId(subject(), ours());
      return Finding.ok(shown() + " answers");
    } catch (RestClientException said) {
      return answered(said);
    } catch (IOException cause) {
      return Finding.fail(
          shown() + " does not answer: " + Reason.of(cause),
          "start the registry, open the firewall, or correct schema.registry.url");
    }
  }

  private Finding answered(RestClientException said) {
    return switch (said.getStatus()) {
      case UNAUTHORIZED, FORBIDDEN ->
          Finding.fail(
              shown() + " refuses the login: " + said.getMessage(),
              "correct basic.auth.credentials.source and basic.auth.user.info, or bearer.auth.*");
      case NOT_FOUND ->
          isOfRegistry(said)
              ? Finding.ok(shown() + " answers")
              : Finding.fail(
                  shown() + " is not a schema registry: " + said.getMessage(),
                  "correct schema.registry.url, with its path where it has one");
      default ->
          Finding.fail(shown() + " fails: " + said.getMessage(), "see the log of the registry");
    };
  }

  /// 40401 and 40403: subject, or schema, not found; others only say that there is no such page.
  private static boolean isOfRegistry(RestClientException said) {
    return said.getErrorCode() > NOT_FOUND * 100;
  }

  private Finding schema() throws IOException, RestClientException {
    String subject = subject();
    try (SchemaRegistryClient client = client()) {
      return known(client, subject);
    }
  }

  private Finding known(SchemaRegistryClient client, String subject)
      throws IOException, RestClientException {
    try {
      return Finding.ok(subject + " has it, with id " + client.getId(subject, ours()));
    } catch (RestClientException unknown) {
      if (!isOfRegistry(unknown)) {
        throw unknown;
      }
      return config().autoRegisterSchema()
          ? judge(subject, client.testCompatibilityVerbose(subject, ours()))
          : Finding.fail(
              subject + " lacks it, and auto.register.schemas=false",
              "register schemas/src/main/avro there, or start one agent with"
                  + " --set auto.register.schemas=true");
    }
  }

  /// Pure.
  ///
  /// @param breaches what of the schema does not go with what is there
  static Finding judge(String subject, List<String> breaches) {
    return breaches.isEmpty()
        ? Finding.ok(subject + " will take it; the agent registers it with its first event")
        : Finding.fail(
            subject + " would refuse it: " + breaches.getFirst(),
            "have another subject (value.subject.name.strategy), or upgrade in the order that"
                + " the compatibility level of the subject asks for");
  }

  private String subject() {
    return ((SubjectNameStrategy) config().valueSubjectNameStrategy())
        .subjectName(Topics.TASK_EVENTS, false, ours());
  }

  private KafkaAvroSerializerConfig config() {
    return new KafkaAvroSerializerConfig(connection.settings());
  }

  private static AvroSchema ours() {
    return new AvroSchema(WireFormat.taskEventSchema());
  }

  private String shown() {
    return String.join(",", connection.registries()).replaceAll("://[^/@]*@", "://");
  }

  private SchemaRegistryClient client() {
    Map<String, Object> all = new HashMap<>(connection.settings());
    all.put(AbstractKafkaSchemaSerDeConfig.MAX_RETRIES_CONFIG, 0);
    all.put(SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, connection.millis());
    all.put(SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, connection.millis());
    return SchemaRegistryClientFactory.newClient(
        connection.registries(), 1, List.of(new AvroSchemaProvider()), all, Map.of());
  }
}
