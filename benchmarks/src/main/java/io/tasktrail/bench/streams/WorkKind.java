package io.tasktrail.bench.streams;

import io.tasktrail.role.Shutdown;
import java.util.Map;

/// What is measured beside the topology.
enum WorkKind {
  /// Consume, decode, encode, produce: no Streams, no state, no transaction.
  COPY("D+E: consume, decode, encode, produce") {
    @Override
    Work with(Map<String, ?> addresses, Shutdown shutdown) {
      return new CopyWork<>(addresses, () -> AvroCodec.with(addresses));
    }
  },
  /// The same, through Confluent's serializers.
  CONFLUENT("the same by Confluent's serializers") {
    @Override
    Work with(Map<String, ?> addresses, Shutdown shutdown) {
      return new CopyWork<>(addresses, () -> ConfluentCodec.with(addresses));
    }
  },
  /// Bytes through Kafka Streams.
  PASS("stateless pass through Streams") {
    @Override
    Work with(Map<String, ?> addresses, Shutdown shutdown) {
      return new PassWork(addresses, shutdown);
    }
  },
  /// Bytes to bytes without Kafka.
  FOLD("fold with its codec, no Kafka") {
    @Override
    Work with(Map<String, ?> addresses, Shutdown shutdown) {
      return new FoldWork(addresses);
    }

    @Override
    boolean writes() {
      return false;
    }
  };

  private final String title;

  WorkKind(String title) {
    this.title = title;
  }

  abstract Work with(Map<String, ?> addresses, Shutdown shutdown);

  /// Whether the audit events go to their topic.
  boolean writes() {
    return true;
  }

  String title() {
    return title;
  }
}
