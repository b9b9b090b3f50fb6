package io.tasktrail.bench.streams;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.history.Fleet;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.wire.BinaryCodec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What the fold alone makes of events, held against what the topology wrote: key, order within a
/// host, and payload. Of each payload its digest is kept (SHA-256), so that millions find room.
final class ExpectedOutput implements Consumer<TaskEvent> {

  /// What names the schema: its id depends on the registry.
  private static final int SCHEMA_BYTES = 5;

  private final Fleet fleet = new Fleet(new Fold(FoldLimits.DEFAULT));
  private final BinaryCodec<AuditEvent> codec = BinaryCodec.auditEvents();
  private final MessageDigest sha256 = sha256();
  private final Map<String, Queue<byte[]>> digests = new HashMap<>();

  @Override
  public void accept(TaskEvent event) {
    Queue<byte[]> ofHost =
        digests.computeIfAbsent(event.header().host().toString(), _ -> new ArrayDeque<>());
    fleet.apply(event).forEach(audited -> ofHost.add(sha256.digest(codec.encode(audited))));
  }

  /// Another one to hold against as much: this one is used up by it.
  ExpectedOutput copy() {
    ExpectedOutput copy = new ExpectedOutput();
    digests.forEach((host, queue) -> copy.digests.put(host, new ArrayDeque<>(queue)));
    return copy;
  }

  /// @throws IllegalStateException unless the record is the next one of its host
  void require(ConsumerRecord<byte[], byte[]> record) {
    String host = new String(record.key(), StandardCharsets.UTF_8);
    byte[] expected = digests.getOrDefault(host, new ArrayDeque<>()).poll();
    sha256.update(record.value(), SCHEMA_BYTES, record.value().length - SCHEMA_BYTES);
    if (!Arrays.equals(expected, sha256.digest())) {
      throw new IllegalStateException(
          "the topology wrote another record than the fold alone: host %s, partition %d, offset %d"
              .formatted(host, record.partition(), record.offset()));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /// @throws IllegalStateException unless all of it was there
  void requireNothingLeft() {
    long left = digests.values().stream().mapToLong(Queue::size).sum();
    if (left > 0) {
      throw new IllegalStateException("the topology did not write " + left + " audit events");
    }
  }
}
