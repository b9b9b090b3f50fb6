package io.tasktrail.demo;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.role.Failure;
import io.tasktrail.wire.CaptureFile;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events that were captured before, from capture files.
final class Recordings implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);

  /// With an argv of 64 KiB an event may be larger than Kafka's default allows.
  private static final int REQUEST_BYTES_MAX = 2 << 20;

  private final List<Path> files;
  private final KafkaProducer<String, TaskEvent> producer;
  private final AtomicReference<Exception> refused = new AtomicReference<>();

  private Recordings(List<Path> files, KafkaProducer<String, TaskEvent> producer) {
    this.files = files;
    this.producer = producer;
  }

  static Recordings of(List<Path> files, Backbone backbone) {
    TreeMap<String, Object> settings = new TreeMap<>(backbone.addresses());
    var values = WireFormat.taskEvents(settings).serializer();
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES_MAX);
    return new Recordings(files, new KafkaProducer<>(settings, new StringSerializer(), values));
  }

  /// Publishes all of them, in order.
  ///
  /// @throws Failure if a file can't be read, or the broker refuses an event
  @Override
  public void finish() {
    files.forEach(this::publish);
    producer.flush();
    if (refused.get() != null) {
      throw new Failure(
          "an event was not accepted (" + refused.get().getMessage() + ")",
          files.toString(),
          "is it a capture file of tasktrail?",
          refused.get());
    }
  }

  private void publish(Path file) {
    try {
      if (!CaptureFile.read(file, this::publish)) {
        LOG.warn("{}: its end is torn; what is whole before it was read", file);
      }
    } catch (IOException cause) {
      throw new Failure(
          cause.getMessage(), "--input " + file, "name a capture file of tasktrail", cause);
    }
  }

  /// The callback, not the future, tells of a refusal.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void publish(TaskEvent event) {
    producer.send(
        new ProducerRecord<>(Topics.TASK_EVENTS, event.header().host().toString(), event),
        (_, failure) -> {
          if (failure != null) {
            refused.compareAndSet(null, failure);
          }
        });
  }

  @Override
  public void close() {
    producer.close();
  }
}
