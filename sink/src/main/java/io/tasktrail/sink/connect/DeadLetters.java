package io.tasktrail.sink.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.connect.sink.SinkRecord;

/// Records that can't be delivered, as they were received, with the reason in headers. At least
/// once: one may come again after a crash, with the same coordinates.
///
/// Not by Connect's own queue: a letter that it can't write ends the task at the next commit, or
/// blocks it for ever where the topic is missing; and without its headers, which are off by
/// default, nobody knows where a letter came from. Here a letter that can't be written is a failure
/// like one of the destination: it is said, and tried again.
final class DeadLetters implements AutoCloseable {

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  DeadLetters(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  void send(SinkRecord record, Exception reason) throws IOException {
    var letter = new ProducerRecord<>(topic, (byte[]) record.key(), (byte[]) record.value());
    header(letter, "tasktrail.reason", reason.toString());
    header(letter, "tasktrail.role", "sink");
    header(letter, "tasktrail.topic", record.topic());
    header(letter, "tasktrail.partition", record.kafkaPartition().toString());
    header(letter, "tasktrail.offset", Long.toString(record.kafkaOffset()));
    try {
      sent.add(producer.send(letter));
    } catch (KafkaException refused) {
      throw failed(refused);
    }
  }

  /// Waits until all of them are acknowledged.
  void sync() throws IOException {
    for (Future<RecordMetadata> letter : sent) {
      try {
        letter.get();
      } catch (ExecutionException | InterruptedException refused) {
        throw failed(refused);
      }
    }
    sent.clear();
  }

  /// Those that were not waited for will be sent again with their records.
  void forget() {
    sent.clear();
  }

  @Override
  public void close() {
    producer.close();
  }

  private IOException failed(Exception refused) {
    if (refused instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new IOException(
        topic + ": can't be written, it must exist: " + refused.getMessage(), refused);
  }

  private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
    letter.headers().add(name, value.getBytes(UTF_8));
  }
}
