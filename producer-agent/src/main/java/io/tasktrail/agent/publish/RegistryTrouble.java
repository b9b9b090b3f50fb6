package io.tasktrail.agent.publish;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;

/// Tells an event that can't be encoded from a registry that can't be asked now, or that refuses
/// the schema until somebody changes something: both come as a SerializationException.
final class RegistryTrouble {

  private RegistryTrouble() {}

  static boolean isBehind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RestClientException || cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }
}
