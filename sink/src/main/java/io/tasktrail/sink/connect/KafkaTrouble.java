package io.tasktrail.sink.connect;

import io.tasktrail.role.Failure;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Says what a user can do about what Kafka's clients throw.
final class KafkaTrouble {

  private KafkaTrouble() {}

  static Failure explain(Throwable refused, String where) {
    Throwable cause = refused.getCause() == null ? refused : refused.getCause();
    return switch (cause) {
      case AuthenticationException _ ->
          failure("not let in", where, "correct sasl.* and ssl.* settings", cause);
      case AuthorizationException _ ->
          failure("not allowed", where, "grant this user READ and DESCRIBE", cause);
      case TimeoutException _ ->
          failure("no broker answers", where, "start Kafka, or correct bootstrap.servers", cause);
      case UnknownTopicOrPartitionException _ ->
          failure("no such topic", where, "start the streams role, which makes it", cause);
      case ConfigException _ ->
          failure("Kafka refuses a setting", where, cause.getMessage(), cause);
      default -> failure("Kafka's client failed", where, cause.toString(), cause);
    };
  }

  private static Failure failure(String what, String where, String fix, Throwable cause) {
    return new Failure(what, where, fix, cause);
  }
}
