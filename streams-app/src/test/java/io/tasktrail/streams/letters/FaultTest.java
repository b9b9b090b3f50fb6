package io.tasktrail.streams.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class FaultTest {

  static final Exception[] OUTAGES = {
    new TimeoutException("broker"),
    new InvalidTxnStateException("commit"),
    new InvalidProducerEpochException("commit"),
    new ConnectException("registry"),
    new SocketTimeoutException("registry"),
    new UnknownHostException("registry"),
    new RestClientException("no leader", 503, 50003),
    new RestClientException("slow down", 429, 429),
  };

  static final Exception[] SETTINGS = {
    new SaslAuthenticationException("password"),
    new TopicAuthorizationException("topic"),
    new ConfigException("key"),
    new InvalidConfigurationException("the registry's way to say 4xx"),
    new RestClientException("user", 401, 40101),
  };

  static final Exception[] OTHERS = {
    new EOFException(),
    new IOException("Invalid int encoding"),
    new IllegalArgumentException(),
    new SerializationException("Unknown magic byte!"),
    new RestClientException("Schema not found", 404, 40403),
  };

  @ParameterizedTest
  @FieldSource("OUTAGES")
  void whatIsAwayComesBack(Exception cause) {
    assertThat(Fault.of(within(cause))).isEqualTo(Fault.OUTAGE);
  }

  @ParameterizedTest
  @FieldSource("SETTINGS")
  void whatIsRefusedIsRefusedForEver(Exception cause) {
    assertThat(Fault.of(within(cause))).isEqualTo(Fault.SETTINGS);
  }

  @ParameterizedTest
  @FieldSource("OTHERS")
  void whatIsInTheRecordStaysInTheRecord(Exception cause) {
    assertThat(Fault.of(within(cause))).isEqualTo(Fault.OTHER);
  }

  /// As Confluent's deserializer and Kafka Streams wrap what they meet.
  private static Exception within(Exception cause) {
    return new RuntimeException(new SerializationException("Error deserializing", cause));
  }
}
