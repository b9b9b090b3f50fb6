package io.tasktrail.bench.streams;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Sends without waiting, and holds back what failed until the end.
record Sending<K, V>(KafkaProducer<K, V> producer, AtomicReference<Exception> failure)
    implements AutoCloseable {

  Sending(KafkaProducer<K, V> producer) {
    this(producer, new AtomicReference<>());
  }

  /// The callback, not the future, tells what became of it.
  @SuppressWarnings("FutureReturnValueIgnored")
  void send(ProducerRecord<K, V> record) {
    producer.send(
        record,
        (_, failed) -> {
          if (failed != null) {
            failure.compareAndSet(null, failed);
          }
        });
  }

  /// Returns when all is acknowledged.
  ///
  /// @throws IllegalStateException if something was not
  void flush() {
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("a record was not taken", failure.get());
    }
  }

  @Override
  public void close() {
    try (producer) {
      flush();
    }
  }
}
