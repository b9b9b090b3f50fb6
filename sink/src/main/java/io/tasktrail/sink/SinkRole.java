package io.tasktrail.sink;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Settings;
import io.tasktrail.wire.WireFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running sink: one thread that reads the topic and feeds one destination.
public final class SinkRole implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SinkRole.class);

  /// How long the last sync may take.
  private static final Duration END = Duration.ofSeconds(20);

  private final Delivery delivery;
  private final Destination destination;
  private final Deserializer<AuditEvent> values;
  private final Thread thread;
  private volatile boolean ending;

  private SinkRole(
      Delivery delivery,
      Destination destination,
      Deserializer<AuditEvent> values,
      Consumer<Throwable> failed) {
    this.delivery = delivery;
    this.destination = destination;
    this.values = values;
    this.thread = Thread.ofPlatform().name("sink").unstarted(() -> run(failed));
  }

  /// Starts a sink to the destination that the settings name.
  ///
  /// @param settings by [SinkSettings#DECLARED]
  /// @param failed is told, once, what ended the sink by itself
  /// @throws Failure if Kafka can't be used
  /// @throws IOException if the destination can't be used
  public static SinkRole start(Settings settings, Consumer<Throwable> failed) throws IOException {
    return start(settings, Destinations.of(settings), failed);
  }

  /// Starts a sink to this destination, which it closes in the end.
  ///
  /// @throws Failure if Kafka can't be used
  /// @throws IOException if the destination can't be used
  public static SinkRole start(
      Settings settings, Destination destination, Consumer<Throwable> failed) throws IOException {
    Source source = SourceTopic.find(settings);
    Deserializer<AuditEvent> values =
        WireFormat.auditEvents(SinkSettings.registry(settings)).deserializer();
    Delivery delivery =
        new Delivery(
            reader(settings),
            new Decoder(values),
            destination,
            deadLetters(settings),
            source,
            Pace.of(settings),
            Backoff.upTo(settings.get(SinkSettings.RETRY_MOST)),
            System::nanoTime);
    SinkRole role = new SinkRole(delivery, destination, values, failed);
    role.begin(source);
    return role;
  }

  private void begin(Source source) throws IOException {
    try {
      delivery.begin();
    } catch (IOException unusable) {
      delivery.close();
      values.close();
      destination.close();
      throw unusable;
    }
    LOG.info("delivering {} of group {} to {}", source.topic(), source.group(), destination.name());
    thread.start();
  }

  /// What became of the records so far.
  public Counters counters() {
    return delivery.counters();
  }

  private void run(Consumer<Throwable> failed) {
    try (delivery) {
      while (!ending) {
        delivery.step();
      }
      delivery.end();
    } catch (KafkaException refused) {
      failed.accept(KafkaTrouble.explain(refused, "reading"));
    } catch (RuntimeException | Error defect) {
      failed.accept(defect);
    }
  }

  /// Makes durable what is delivered so far, and ends.
  @Override
  public void close() throws IOException {
    ending = true;
    try {
      if (!thread.join(END)) {
        throw new IOException(
            destination.name() + ": not done within " + END.toSeconds() + " s: check its disk");
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    values.close();
    destination.close();
    LOG.info("{}: {}", destination.name(), counters());
  }

  private static Reader reader(Settings settings) {
    try {
      var consumer =
          new KafkaConsumer<>(
              SinkSettings.consumer(settings),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      return new Reader(
          consumer,
          settings.get(SinkSettings.TOPIC),
          settings.get(SinkSettings.START).equals("earliest"));
    } catch (KafkaException refused) {
      throw KafkaTrouble.explain(refused, "the consumer's settings");
    }
  }

  private static DeadLetters deadLetters(Settings settings) {
    try {
      var producer =
          new KafkaProducer<>(
              SinkSettings.producer(settings),
              new ByteArraySerializer(),
              new ByteArraySerializer());
      return new DeadLetters(producer, settings.get(SinkSettings.DEAD_LETTERS));
    } catch (KafkaException refused) {
      throw KafkaTrouble.explain(refused, "the producer's settings");
    }
  }
}
