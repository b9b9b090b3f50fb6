package io.tasktrail.bench.streams;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What somebody else makes of the events that the topology reads, held against what it wrote: key,
/// order within a host, and payload. Of each payload the digest is kept (SHA-256), so that millions
/// find room.
final class ExpectedOutput {

  /// What names the schema: its id depends on the registry.
  private static final int SCHEMA_BYTES = 5;

  private final String maker;
  private final UnaryOperator<byte[]> asMaker;
  private final Map<String, Queue<byte[]>> digests = new HashMap<>();
  private final MessageDigest sha256 = sha256();

  /// @param maker who expects it
  /// @param asMaker what the maker would say in place of a payload
  ExpectedOutput(String maker, UnaryOperator<byte[]> asMaker) {
    this.maker = maker;
    this.asMaker = asMaker;
  }

  /// Comes next on a host.
  void add(String host, byte[] said) {
    digests.computeIfAbsent(host, _ -> new ArrayDeque<>()).add(sha256.digest(said));
  }

  /// Another one to hold against as much: this one is used up by it.
  ExpectedOutput copy() {
    ExpectedOutput copy = new ExpectedOutput(maker, asMaker);
    digests.forEach((host, queue) -> copy.digests.put(host, new ArrayDeque<>(queue)));
    return copy;
  }

  /// @throws IllegalStateException unless the record is the next one of its host
  void require(ConsumerRecord<byte[], byte[]> record) {
    String host = new String(record.key(), StandardCharsets.UTF_8);
    byte[] expected = digests.getOrDefault(host, new ArrayDeque<>()).poll();
    byte[] payload = Arrays.copyOfRange(record.value(), SCHEMA_BYTES, record.value().length);
    if (!Arrays.equals(expected, sha256.digest(asMaker.apply(payload)))) {
      throw new IllegalStateException(
          "the topology wrote another record than %s: host %s, partition %d, offset %d"
              .formatted(maker, host, record.partition(), record.offset()));
    }
  }

  /// @throws IllegalStateException unless all of it was there
  void requireNothingLeft() {
    long left = digests.values().stream().mapToLong(Queue::size).sum();
    if (left > 0) {
      throw new IllegalStateException(
          "the topology did not write %d audit events that %s did".formatted(left, maker));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
