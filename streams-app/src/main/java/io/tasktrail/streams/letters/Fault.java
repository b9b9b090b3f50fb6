package io.tasktrail.streams.letters;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/// Whose fault it is that something was thrown.
public enum Fault {
  /// A broker or the registry is away, or came back and knows a transaction no more that it had
  /// known: the same works later, with another producer.
  OUTAGE,
  /// What is set does not fit what is there, a password for one: the same never works.
  SETTINGS,
  /// Neither: that of the record at hand, or a defect.
  OTHER;

  /// How deep a chain of causes is searched.
  private static final int CAUSES_MAX = 16;

  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERRORS = 500;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /// The first in the chain of causes that tells.
  public static Fault of(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
      Fault fault = ofOne(cause);
      if (fault != OTHER) {
        return fault;
      }
      cause = cause.getCause();
    }
    return OTHER;
  }

  /// What it all began with: the last of the chain of causes.
  public static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    for (int depth = 0; root.getCause() != null && depth < CAUSES_MAX; depth++) {
      root = root.getCause();
    }
    return root;
  }

  /// Other IOExceptions come of the bytes of a record: Avro throws them where one ends too early.
  private static Fault ofOne(Throwable cause) {
    return switch (cause) {
      case RetriableException _,
          ApplicationRecoverableException _,
          InvalidTxnStateException _,
          TransactionAbortableException _,
          SocketException _,
          InterruptedIOException _,
          HttpTimeoutException _,
          UnknownHostException _ ->
          OUTAGE;
      case RestClientException answer -> ofStatus(answer.getStatus());
      case AuthenticationException _,
          AuthorizationException _,
          InvalidConfigurationException _,
          ConfigException _ ->
          SETTINGS;
      default -> OTHER;
    };
  }

  private static Fault ofStatus(int http) {
    if (http >= SERVER_ERRORS || http == REQUEST_TIMEOUT || http == TOO_MANY_REQUESTS) {
      return OUTAGE;
    }
    return http == UNAUTHORIZED || http == FORBIDDEN ? SETTINGS : OTHER;
  }
}
