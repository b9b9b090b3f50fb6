package io.tasktrail.agent.publish;

import org.apache.kafka.clients.producer.ProducerRecord;

/// An event on its way to Kafka, in Avro binary: as it was given, or as the record that Kafka gets,
/// which names its schema as the registry does.
sealed interface Outgoing {

  /// As it was given.
  final class Event implements Outgoing {

    private final long token;
    private final byte[] event;

    Event(long token, byte[] event) {
      this.token = token;
      this.event = event;
    }

    long token() {
      return token;
    }

    byte[] event() {
      return event;
    }
  }

  /// In the form in which it travels.
  record Encoded(long token, ProducerRecord<byte[], byte[]> record) implements Outgoing {

    int bytes() {
      return record.value().length;
    }
  }
}
