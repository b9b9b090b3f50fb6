package io.tasktrail.agent.publish;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/// Why something can't be published now, in words for who can change that.
///
/// @param what what is in the way
/// @param fix what to do about it; empty where time may do it
/// @param isRefusal somebody refuses, and will until somebody changes something: to ask often is of
///     no use, and may lock an account
record Obstacle(String what, Optional<String> fix, boolean isRefusal) {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int DEPTH = 20;

  /// The alerts by which the other side says so; RFC 8446, 6.2.
  private static final Pattern OURS_REFUSED =
      Pattern.compile(
          "Received fatal alert: (bad_certificate|certificate_|unsupported_certificate|unknown_ca)");

  /// What Kafka, or its registry, said. The registry's refusals come wrapped in Kafka's exceptions.
  static Obstacle of(Throwable failure) {
    return find(failure, RestClientException.class)
        .flatMap(Obstacle::registry)
        .orElseGet(() -> kafka(failure));
  }

  private static Obstacle kafka(Throwable failure) {
    return switch (failure) {
      case SaslAuthenticationException refused -> sasl(refused);
      case SslAuthenticationException refused -> tls(refused);
      case AuthenticationException refused ->
          refusal("who this agent is, is refused (" + Reason.of(refused) + ")", "check sasl.*");
      case AuthorizationException refused ->
          refusal(
              "this agent has not the right (" + Reason.of(refused) + ")",
              "give it: kafka-acls --add --allow-principal User:NAME --operation Write --operation"
                  + " Describe --topic tasktrail.task-events");
      default -> new Obstacle(Reason.of(failure), Optional.empty(), false);
    };
  }

  private static Obstacle sasl(SaslAuthenticationException refused) {
    return refusal(
        "user or password is refused (" + Reason.of(refused) + ")",
        "correct them in sasl.jaas.config and start the agent again, or set the user's password with"
            + " kafka-configs --entity-type users");
  }

  private static Obstacle tls(SslAuthenticationException refused) {
    String reason = Reason.of(refused);
    if (find(refused, CertificateExpiredException.class).isPresent()) {
      return refusal(
          "the broker's certificate has expired (" + reason + ")",
          "renew it there; is the clock of this host right?");
    }
    if (find(refused, CertificateNotYetValidException.class).isPresent()) {
      return refusal(
          "the broker's certificate is not valid yet (" + reason + ")",
          "is the clock of this host right?");
    }
    if (reason.contains("No subject alternative") || reason.contains("No name matching")) {
      return refusal(
          "the broker's certificate is for another host (" + reason + ")",
          "bootstrap.servers and the broker's advertised.listeners must use a name that is in it");
    }
    if (reason.contains("unable to find valid certification path")
        || reason.contains("Signature does not match")) {
      return refusal(
          "the broker's certificate is of an authority that is not trusted (" + reason + ")",
          "put that authority into ssl.truststore.location and start the agent again");
    }
    if (OURS_REFUSED.matcher(reason).find()) {
      return refusal(
          "the broker refuses this agent's certificate (" + reason + ")",
          "put a good one, of an authority that the broker trusts, into ssl.keystore.location and"
              + " start the agent again");
    }
    return refusal("no TLS connection (" + reason + ")", "check ssl.* and security.protocol");
  }

  private static Optional<Obstacle> registry(RestClientException answer) {
    return switch (answer.getStatus()) {
      case UNAUTHORIZED ->
          Optional.of(
              refusal(
                  "user or password is refused (401)",
                  "correct basic.auth.user.info and start the agent again"));
      case FORBIDDEN ->
          Optional.of(
              refusal(
                  "this agent has not the right (" + answer.getMessage() + ")",
                  "let it read the subject tasktrail.task-events-value"));
      default -> Optional.empty();
    };
  }

  private static Obstacle refusal(String what, String fix) {
    return new Obstacle(what, Optional.of(fix), true);
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
    Throwable cause = failure;
    for (int i = 0; i < DEPTH && cause != null; i++) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
