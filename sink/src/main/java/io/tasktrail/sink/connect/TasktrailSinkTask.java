package io.tasktrail.sink.connect;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.Destination;
import io.tasktrail.sink.Destinations;
import io.tasktrail.sink.SinkSettings;
import io.tasktrail.sink.Source;
import io.tasktrail.wire.WireFormat;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One consumer's share of the topic, and one destination. What is done, [Delivery] says.
public final class TasktrailSinkTask extends SinkTask {

  private static final Logger LOG = LoggerFactory.getLogger(TasktrailSinkTask.class);

  private Destination destination;
  private Deserializer<AuditEvent> values;
  private DeadLetters deadLetters;
  private Delivery delivery;

  /// For Connect, which makes it.
  public TasktrailSinkTask() {}

  @Override
  public String version() {
    return new TasktrailSinkConnector().version();
  }

  @Override
  public void start(Map<String, String> told) {
    Settings settings = ConnectorSettings.settings(told);
    destination = Destinations.of(settings);
    values = WireFormat.auditEvents(SinkSettings.registry(settings)).deserializer();
    deadLetters =
        new DeadLetters(
            new KafkaProducer<>(
                SinkSettings.producer(settings),
                new ByteArraySerializer(),
                new ByteArraySerializer()),
            settings.get(SinkSettings.DEAD_LETTERS));
    delivery =
        new Delivery(
            context,
            new Broker(settings),
            new Decoder(values),
            destination,
            deadLetters,
            Pace.of(settings),
            System::nanoTime,
            () -> ThreadLocalRandom.current().nextDouble());
    TaskMetrics.register(context.pluginMetrics(), delivery::counters, delivery::failure);
    LOG.info(
        "delivering {} of group {} to {}",
        settings.get(SinkSettings.TOPIC),
        settings.get(SinkSettings.GROUP),
        destination.name());
    delivery.begin();
  }

  /// Whatever the broker does not tell just now is a failure that passes.
  private record Broker(Settings settings) implements Delivery.SourceLookup {

    @Override
    public Source find() throws IOException {
      return answer(() -> SourceTopic.find(settings));
    }

    @Override
    public long firstOffset(TopicPartition partition) throws IOException {
      return answer(() -> SourceTopic.firstOffset(settings, partition));
    }

    private static <T> T answer(Supplier<T> question) throws IOException {
      try {
        return question.get();
      } catch (Failure notNow) {
        throw new IOException(notNow.getMessage(), notNow);
      }
    }
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    delivery.open(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    delivery.put(records);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> current) {
    return delivery.commit(current);
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    delivery.close(partitions);
  }

  /// Connect calls it also when [#start] failed in its middle.
  @Override
  public void stop() {
    if (delivery != null) {
      LOG.info("{}: {}", destination.name(), delivery.counters());
    }
    if (deadLetters != null) {
      deadLetters.close();
    }
    if (values != null) {
      values.close();
    }
    closeDestination();
  }

  private void closeDestination() {
    try {
      if (destination != null) {
        destination.close();
      }
    } catch (IOException unconfirmed) {
      LOG.warn("{}: not closed in good order: {}", destination.name(), unconfirmed.getMessage());
    }
  }
}
