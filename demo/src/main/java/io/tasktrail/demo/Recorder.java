package io.tasktrail.demo;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Shutdown;
import io.tasktrail.wire.CaptureFile;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Keeps what was captured in a file, for `--input` and `tasktrail replay`.
final class Recorder implements AutoCloseable {

  /// The group whose backlog tells whether everything is in the file.
  static final String GROUP = "tasktrail-demo-recorder";

  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConsumer<String, TaskEvent> consumer;
  private final Path file;
  private final Shutdown shutdown;
  private final Thread thread = Thread.ofPlatform().name("recorder").unstarted(this::run);

  private Recorder(KafkaConsumer<String, TaskEvent> consumer, Path file, Shutdown shutdown) {
    this.consumer = consumer;
    this.file = file;
    this.shutdown = shutdown;
  }

  /// @param shutdown told when the file can't be written any more
  static Recorder start(Backbone backbone, Path file, Shutdown shutdown) {
    TreeMap<String, Object> settings = new TreeMap<>(backbone.addresses());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    var values = WireFormat.taskEvents(new TreeMap<>(backbone.addresses())).deserializer();
    Recorder recorder =
        new Recorder(
            new KafkaConsumer<>(settings, new StringDeserializer(), values), file, shutdown);
    recorder.thread.start();
    return recorder;
  }

  private void run() {
    try (consumer;
        CaptureFile.Writer writer = CaptureFile.create(file)) {
      consumer.subscribe(List.of(Topics.TASK_EVENTS));
      while (true) {
        record(consumer.poll(POLL), writer);
      }
    } catch (WakeupException closed) {
      // What was read is written.
    } catch (IOException cause) {
      shutdown.failed(
          new Failure(
              "can't keep the capture (" + cause.getMessage() + ")",
              file.toString(),
              "name an --out folder on a disk with space",
              cause));
    } catch (RuntimeException failure) {
      shutdown.failed(failure);
    }
  }

  private void record(ConsumerRecords<String, TaskEvent> records, CaptureFile.Writer writer)
      throws IOException {
    if (records.isEmpty()) {
      return;
    }
    for (ConsumerRecord<String, TaskEvent> record : records) {
      writer.append(record.value());
    }
    writer.sync();
    consumer.commitSync();
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException enough) {
      Thread.currentThread().interrupt();
    }
  }
}
