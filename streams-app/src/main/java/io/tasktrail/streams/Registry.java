package io.tasktrail.streams;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tasktrail.wire.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Asks the schema registry whether it is there, as the serializers will ask it.
final class Registry {

  private static final String SUBJECT = Topics.AUDIT_EVENTS + "-value";
  private static final int NOT_FOUND = 404;

  private Registry() {}

  /// Returns when it answers; that it does not know the subject yet is an answer too.
  ///
  /// @throws IOException when it does not, or its client can't be closed
  /// @throws RestClientException when it refuses
  static void requireAnswer(String urls, Map<String, ?> settings)
      throws IOException, RestClientException {
    try (SchemaRegistryClient client =
        SchemaRegistryClientFactory.newClient(
            List.of(urls.split(",", -1)), 1, List.of(), settings, Map.of())) {
      client.getLatestSchemaMetadata(SUBJECT);
    } catch (RestClientException answer) {
      if (answer.getStatus() != NOT_FOUND) {
        throw answer;
      }
    }
  }
}
