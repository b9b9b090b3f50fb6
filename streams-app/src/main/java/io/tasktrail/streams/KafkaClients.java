package io.tasktrail.streams;

import io.tasktrail.event.HostStatus;
import io.tasktrail.role.Failure;
import io.tasktrail.streams.letters.Fault;
import io.tasktrail.wire.WireFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/// Makes Kafka's clients of settings; what they refuse is a failure that a user can cure.
final class KafkaClients {

  /// Of the clients that only look: how long one look at the broker may take, and how
  /// often Kafka's client tries, and logs that it did, meanwhile.
  private static final Map<String, String> LOOKS =
      Map.of(
          AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000",
          AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000",
          AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "10000");

  private KafkaClients() {}

  static Admin admin(StreamsSettings settings) {
    Map<String, Object> looking = new TreeMap<>(LOOKS);
    looking.putAll(settings.admin());
    return configured(() -> Admin.create(looking));
  }

  static Consumer<String, HostStatus> hosts(StreamsSettings settings) {
    Map<String, Object> looking = new TreeMap<>(LOOKS);
    looking.putAll(settings.tableReader());
    return configured(
        () ->
            new KafkaConsumer<>(
                looking,
                new StringDeserializer(),
                WireFormat.hostStatuses(settings.registry()).deserializer()));
  }

  static KafkaStreams streams(Topology topology, Properties settings) {
    return configured(() -> new KafkaStreams(topology, settings));
  }

  private static <T> T configured(Supplier<T> client) {
    try {
      return client.get();
    } catch (KafkaException refused) {
      throw new Failure(
          Fault.root(refused).getMessage(), "Kafka's client", "correct the settings", refused);
    }
  }
}
