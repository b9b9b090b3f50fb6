package io.tasktrail.wire;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;

/// The schemas that records were written with, out of the registry: asked and failing as
/// Confluent's deserializer does, whose settings it takes. Finds nothing but what is there: what
/// failed is asked for again the next time.
final class WriterSchemas extends KafkaAvroDeserializer {

  WriterSchemas(Map<String, ?> settings) {
    configure(settings, false);
  }

  /// The schema of this id, a record of this full name.
  ///
  /// @throws TimeoutException if the registry does not answer in time
  /// @throws org.apache.kafka.common.KafkaException of another kind, as Confluent's deserializer
  ///     throws it, if the registry is not there, refuses, or does not know the id
  /// @throws SerializationException if the schema is another's
  Schema record(String fullName, String topic, int id) {
    if (find(topic, id).rawSchema() instanceof Schema schema) {
      if (schema.getFullName().equals(fullName)) {
        return schema;
      }
      throw new SerializationException(
          "%s: schema id %d is %s, not %s".formatted(topic, id, schema.getFullName(), fullName));
    }
    throw new SerializationException("%s: schema id %d is not of Avro".formatted(topic, id));
  }

  private ParsedSchema find(String topic, int id) {
    try {
      return getSchemaBySubjectAndId(subject(topic), id);
    } catch (InterruptedIOException late) {
      throw new TimeoutException(failure(topic, id), late);
    } catch (IOException unreachable) {
      throw new SerializationException(failure(topic, id), unreachable);
    } catch (RestClientException refused) {
      throw toKafkaException(refused, failure(topic, id));
    }
  }

  private String subject(String topic) {
    return strategyUsesSchema(isKey)
        ? getContextName(topic)
        : getSubjectName(topic, isKey, null, null);
  }

  private static String failure(String topic, int id) {
    return "%s: error retrieving Avro value schema for id %d".formatted(topic, id);
  }
}
