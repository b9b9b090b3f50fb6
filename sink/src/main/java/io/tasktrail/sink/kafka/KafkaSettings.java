package io.tasktrail.sink.kafka;

import io.tasktrail.role.Declared;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Parser;
import io.tasktrail.role.Setting;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.SinkSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/// The settings of this room.
public final class KafkaSettings {

  /// Beginning of the names of the producer's own settings.
  public static final String PREFIX = "sink.kafka.producer.";

  /// Where events go.
  static final Setting<String> TOPIC =
      Setting.of(
          "sink.kafka.topic",
          "tasktrail.siem-events",
          "The topic of the destination kafka.",
          "It must exist. Its cluster is that of sink.kafka.producer.bootstrap.servers, where every"
              + " setting of Kafka's producer may be given behind sink.kafka.producer.; without"
              + " that, the cluster that events come from.",
          Parser.matching("[a-zA-Z0-9._-]{1,249}", "a name of a topic"));

  /// Who writes.
  static final Setting<String> ID =
      Setting.of(
          "sink.kafka.id",
          "tasktrail-sink-kafka",
          "The name of this sink at the cluster that it writes to: its transactional id, and the"
              + " group whose offset says how far it is.",
          "No two sinks may have the same one: each would stop the other. With a new name, the"
              + " offsets of group.id alone say how far it is.",
          Parser.text());

  /// All of them.
  public static final List<Setting<?>> ALL = List.of(TOPIC, ID);

  /// On these the promise of exactly once rests.
  private static final Set<String> FIXED =
      Set.of(
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

  /// Twice the longest interval of syncs.
  private static final int TRANSACTION_MILLIS = 120_000;

  private static final String SERVERS = ProducerConfig.BOOTSTRAP_SERVERS_CONFIG;

  private static final int RECORD_BYTES = 1 << 20;

  private KafkaSettings() {}

  /// What they say.
  ///
  /// @throws Failure if the producer has no such setting, or it is not the user's, or if what is
  ///     written would be read again
  public static KafkaPlan plan(Settings settings) {
    Map<String, Object> client = client(settings);
    if (settings.get(TOPIC).equals(settings.get(SinkSettings.TOPIC))
        && client.get(SERVERS).equals(settings.get(SinkSettings.BOOTSTRAP_SERVERS))) {
      throw new Failure("it is the topic that is read", TOPIC.key(), "choose another topic");
    }
    Map<String, Object> producer = new HashMap<>(client);
    producer.keySet().retainAll(ProducerConfig.configNames());
    producer.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.get(ID));
    producer.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    return new KafkaPlan(
        settings.get(TOPIC),
        settings.get(ID),
        producer,
        reader(client, settings.get(ID)),
        longest(producer));
  }

  private static Map<String, Object> reader(Map<String, Object> client, String id) {
    Map<String, Object> reader = new HashMap<>(client);
    reader.keySet().retainAll(ConsumerConfig.configNames());
    reader.put(ConsumerConfig.GROUP_ID_CONFIG, id);
    reader.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    reader.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return reader;
  }

  private static int longest(Map<String, Object> producer) {
    Object most = producer.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RECORD_BYTES);
    return Integer.parseInt(most.toString());
  }

  /// To another cluster nothing goes that is of this one: least of all its credentials.
  private static Map<String, Object> client(Settings settings) {
    Map<String, Object> own = new HashMap<>();
    settings
        .where(key -> key.startsWith(PREFIX))
        .forEach((key, value) -> own.put(known(key), value));
    if (own.containsKey(SERVERS)) {
      return own;
    }
    Map<String, Object> client =
        settings.where(
            key ->
                key.equals(SERVERS)
                    || Declared.CONNECTION_PREFIXES.stream().anyMatch(key::startsWith));
    client.putAll(own);
    return client;
  }

  private static String known(String key) {
    String name = key.substring(PREFIX.length());
    if (FIXED.contains(name)) {
      throw new Failure(
          "exactly once rests on it, so it is not to be set", key, "take it out of the settings");
    }
    if (!ProducerConfig.configNames().contains(name)) {
      throw new Failure("Kafka's producer has no such setting", key, "correct its name");
    }
    return name;
  }
}
