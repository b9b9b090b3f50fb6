package io.tasktrail.agent.publish;

import io.tasktrail.role.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Makes Kafka producers that neither lose, reorder nor duplicate within their own life.
final class ProducerFactory implements Supplier<Producer<byte[], byte[]>> {

  /// What holds where the settings say nothing.
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          ProducerConfig.CLIENT_ID_CONFIG,
          "tasktrail-agent",
          ProducerConfig.COMPRESSION_TYPE_CONFIG,
          "lz4",
          ProducerConfig.LINGER_MS_CONFIG,
          5,
          ProducerConfig.BATCH_SIZE_CONFIG,
          64 << 10,
          // Never give up on what the ring could not give again after a release.
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          Integer.MAX_VALUE,
          // The one who calls reads the ring and must not be kept; the publisher tries again.
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          1_000,
          ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
          5_000);

  /// For batches that are not full, and for the poll that reaches the bound.
  private static final long BUFFER_SPARE_BYTES = 8 << 20;

  /// What the promise to lose nothing rests on; a setting that contradicts it is refused by Kafka.
  private static final Map<String, Object> PROMISE =
      Map.of(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);

  /// A producer that replaces another is made while Kafka does not answer: it asks, and what it is
  /// given is tried again.
  private static final int REPLACING_BLOCK_MILLIS = 50;

  private final Map<String, Object> settings;
  private final boolean patienceIsGiven;
  private boolean isReplacing;

  /// @param bytesInFlightMax how much is given to a producer before it acknowledges
  ProducerFactory(Map<String, Object> given, long bytesInFlightMax) {
    Map<String, Object> all = new HashMap<>(DEFAULTS);
    all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_SPARE_BYTES + bytesInFlightMax);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.putAll(given);
    all.putAll(PROMISE);
    // What is Confluent's would be reported as unknown to Kafka.
    all.keySet().retainAll(ProducerConfig.configNames());
    settings = Map.copyOf(all);
    patienceIsGiven = given.containsKey(ProducerConfig.MAX_BLOCK_MS_CONFIG);
  }

  @Override
  public Producer<byte[], byte[]> get() {
    try {
      Producer<byte[], byte[]> made =
          new KafkaProducer<>(settingsNow(), new ByteArraySerializer(), new ByteArraySerializer());
      isReplacing = true;
      return made;
    } catch (KafkaException cause) {
      throw failure(cause);
    }
  }

  private Failure failure(KafkaException cause) {
    if (Reason.of(cause).contains("JAAS config")) {
      // Without Kafka's words: of a password with a blank in it they quote a part.
      return new Failure(
          "can't be read",
          "sasl.jaas.config",
          "it must be: MODULE required username=\"…\" password=\"…\";");
    }
    return new Failure(
        "can't make a Kafka producer (" + Reason.of(cause) + ")",
        String.valueOf(settings.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)),
        "check bootstrap.servers, security.protocol, ssl.*, sasl.*",
        cause);
  }

  private Map<String, Object> settingsNow() {
    Map<String, Object> now = new HashMap<>(settings);
    if (isReplacing && !patienceIsGiven) {
      now.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, REPLACING_BLOCK_MILLIS);
    }
    return now;
  }
}
