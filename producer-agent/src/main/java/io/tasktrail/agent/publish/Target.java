package io.tasktrail.agent.publish;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.tasktrail.event.HostId;
import io.tasktrail.role.Secrets;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Where an agent publishes to.
public interface Target {

  /// Opens it.
  ///
  /// @param numbering for what the publisher itself has to say
  /// @param nanoTime nanoseconds of a clock that only goes forward
  /// @throws io.tasktrail.role.Failure if that can't be; a Kafka that only can't be reached is fine
  Publisher open(
      HostId host, Acknowledgements acknowledgements, Numbering numbering, LongSupplier nanoTime);

  /// The topic `tasktrail.task-events`.
  ///
  /// @param settings Kafka's and Confluent's, under their own names
  /// @param bytesInFlightMax bound of what is sent and not yet acknowledged
  record Kafka(Map<String, Object> settings, long bytesInFlightMax) implements Target {

    @Override
    public Publisher open(
        HostId host,
        Acknowledgements acknowledgements,
        Numbering numbering,
        LongSupplier nanoTime) {
      return new EncodingPublisher(remote(host, acknowledgements, nanoTime));
    }

    /// Opens it for one who keeps the events elsewhere while Kafka does not answer.
    public RemotePublisher remote(
        HostId host, Acknowledgements acknowledgements, LongSupplier nanoTime) {
      return new KafkaPublisher(
          new KafkaPublisher.Destination(
              Topics.TASK_EVENTS,
              host,
              bytesInFlightMax,
              shown("bootstrap.servers"),
              shown("schema.registry.url")),
          WireFormat.encodedTaskEvents(registrySettings()),
          new ProducerFactory(settings, bytesInFlightMax),
          acknowledgements,
          nanoTime);
    }

    private String shown(String key) {
      return Secrets.show(key, String.valueOf(settings.get(key)));
    }

    /// The one who encodes reads the ring and must not be kept; the publisher tries again.
    private Map<String, Object> registrySettings() {
      Map<String, Object> all = new HashMap<>();
      all.put(AbstractKafkaSchemaSerDeConfig.MAX_RETRIES_CONFIG, 0);
      all.put(SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, 2_000);
      all.put(SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, 5_000);
      all.putAll(settings);
      return all;
    }
  }

  /// A capture file, in place of any old one.
  record File(Path path) implements Target {

    @Override
    public Publisher open(
        HostId host,
        Acknowledgements acknowledgements,
        Numbering numbering,
        LongSupplier nanoTime) {
      return new FilePublisher(path, acknowledgements, nanoTime);
    }
  }
}
