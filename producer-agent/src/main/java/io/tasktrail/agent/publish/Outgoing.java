package io.tasktrail.agent.publish;

import io.tasktrail.event.TaskEvent;
import org.apache.kafka.clients.producer.ProducerRecord;

/// An event on its way to Kafka: as it was given, or already as a record of bytes (so that an exec
/// with a long command line weighs no more than its bytes while it waits).
sealed interface Outgoing {

  /// As it was given.
  record Event(long token, TaskEvent event) implements Outgoing {}

  /// In the form in which it travels.
  record Encoded(long token, ProducerRecord<byte[], byte[]> record) implements Outgoing {

    int bytes() {
      return record.value().length;
    }
  }
}
