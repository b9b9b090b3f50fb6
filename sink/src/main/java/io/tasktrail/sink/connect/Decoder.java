package io.tasktrail.sink.connect;

import io.tasktrail.event.AuditEvent;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Deserializer;

/// Bytes of the topic as events. Tells bytes that will never be an event from a registry that does
/// not answer just now.
record Decoder(Deserializer<AuditEvent> values) {

  /// How deep a chain of causes is searched.
  private static final int CAUSES_MAX = 16;

  /// The bytes are not an event, and never will be.
  static final class Undecodable extends Exception {
    private static final long serialVersionUID = 1;

    Undecodable(Throwable cause) {
      super(cause.toString(), cause);
    }
  }

  /// The event.
  ///
  /// @throws IOException if the registry does not answer, or refuses the credentials
  /// @throws Undecodable if the bytes are no event
  AuditEvent decode(String topic, byte[] bytes) throws IOException, Undecodable {
    if (bytes == null) {
      throw new Undecodable(new IllegalArgumentException("no value"));
    }
    try {
      return values.deserialize(topic, bytes);
    } catch (AuthenticationException | AuthorizationException refused) {
      throw new IOException(
          "the schema registry refuses this sink ("
              + root(refused)
              + "): check basic.auth.*, ssl.*",
          refused);
    } catch (RuntimeException failed) {
      if (passes(failed)) {
        throw new IOException("the schema registry does not answer: " + root(failed), failed);
      }
      throw new Undecodable(failed);
    }
  }

  private static boolean passes(Throwable failed) {
    Throwable cause = failed;
    for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
      switch (cause) {
        case RetriableException _,
            SocketException _,
            SocketTimeoutException _,
            UnknownHostException _,
            SSLException _ -> {
          return true;
        }
        default -> cause = cause.getCause();
      }
    }
    return false;
  }

  private static Throwable root(Throwable failed) {
    Throwable cause = failed;
    for (int depth = 0; cause.getCause() != null && depth < CAUSES_MAX; depth++) {
      cause = cause.getCause();
    }
    return cause;
  }
}
