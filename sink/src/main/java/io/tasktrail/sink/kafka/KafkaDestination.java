package io.tasktrail.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.sink.Destination;
import io.tasktrail.sink.EventVersion;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Refusal;
import io.tasktrail.sink.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes events into a topic, the events of a host into one partition, in their order, exactly
/// once for who reads committed records.
///
/// A record that the broker finds too long ends its transaction: the sink repeats from its last
/// sync, and this one is refused when it comes again.
public final class KafkaDestination implements Destination {

  /// What a record is more than its key and value: two headers, and Kafka's own words.
  static final int AROUND = 512;

  /// How many records may be on their way; `buffer.memory` bounds their bytes.
  private static final int SENT_MAX = 10_000;

  /// How many records that are too long are known; the oldest is forgotten, and found out again.
  private static final int TOO_LONG_MAX = 1_000;

  private static final Duration END = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final KafkaPlan plan;
  private final Format format;
  private final TopicPartition marked;
  private final Queue<Sent> sent = new ArrayDeque<>();
  private final SequencedSet<EventVersion> tooLong = new LinkedHashSet<>();
  private Optional<KafkaProducer<byte[], byte[]>> producer = Optional.empty();
  private Optional<ConsumerGroupMetadata> group = Optional.empty();
  private Optional<Source> source = Optional.empty();
  private boolean isInTransaction;

  private record Sent(EventVersion version, Future<RecordMetadata> acknowledged) {}

  /// Nothing is asked before [#resume].
  public KafkaDestination(KafkaPlan plan, Format format) {
    this.plan = plan;
    this.format = format;
    this.marked = new TopicPartition(plan.topic(), 0);
  }

  @Override
  public String name() {
    return "topic " + plan.topic() + " at " + plan.servers();
  }

  /// Ends what an earlier process began, also one that still runs: it will write no more.
  @Override
  public Positions resume(Source from) throws IOException {
    abandon();
    source = Optional.of(from);
    try {
      producer =
          Optional.of(
              new KafkaProducer<>(
                  plan.producer(), new ByteArraySerializer(), new ByteArraySerializer()));
      producer.get().initTransactions();
      return bookmark()
          .filter(each -> each.source().equals(from))
          .map(Bookmark::positions)
          .orElse(Positions.NONE);
    } catch (KafkaException refused) {
      throw failed(refused);
    }
  }

  /// Finds the topic, too: a producer would wait for it for a minute, and say no more than that.
  private Optional<Bookmark> bookmark() throws IOException {
    try (var consumer =
        new KafkaConsumer<>(
            plan.reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<PartitionInfo> partitions = consumer.partitionsFor(plan.topic(), PATIENCE);
      if (partitions == null || partitions.isEmpty()) {
        throw failed(new UnknownTopicOrPartitionException());
      }
      group = Optional.of(consumer.groupMetadata());
      OffsetAndMetadata found = consumer.committed(Set.of(marked), PATIENCE).get(marked);
      return Optional.ofNullable(found).map(each -> Bookmark.of(each.metadata()));
    } catch (IllegalArgumentException others) {
      throw new IOException(
          "%s: the group %s is somebody else's (%s): choose another sink.kafka.id"
              .formatted(name(), plan.id(), others.getMessage()),
          others);
    }
  }

  @Override
  public void write(AuditEvent event, Refusal refusal) throws IOException {
    byte[] key = event.event().header().host().toString().getBytes(UTF_8);
    byte[] value = format.format(event);
    EventVersion version = EventVersion.of(event);
    if (key.length + value.length + AROUND > plan.recordBytesMax()) {
      refusal.because(
          new TooLong(
              plan.topic(), "sink.kafka.producer.max.request.size is " + plan.recordBytesMax()));
    } else if (tooLong.contains(version)) {
      refusal.because(new TooLong(plan.topic(), "its max.message.bytes is less"));
    } else {
      send(version, new ProducerRecord<>(plan.topic(), key, value));
    }
  }

  private void send(EventVersion version, ProducerRecord<byte[], byte[]> record)
      throws IOException {
    record.headers().add("tasktrail.event.id", version.id().toString().getBytes(UTF_8));
    record.headers().add("tasktrail.revision", Long.toString(version.revision()).getBytes(UTF_8));
    if (sent.size() >= SENT_MAX) {
      requireAcknowledged(sent.remove());
    }
    try {
      begin();
      sent.add(new Sent(version, producer.orElseThrow().send(record)));
    } catch (KafkaException | IllegalStateException refused) {
      throw failed(refused);
    }
  }

  private void begin() {
    if (!isInTransaction) {
      producer.orElseThrow().beginTransaction();
      isInTransaction = true;
    }
  }

  @Override
  public void flush() throws IOException {
    if (!sent.isEmpty()) {
      try {
        producer.orElseThrow().flush();
      } catch (KafkaException refused) {
        throw failed(refused);
      }
    }
    while (!sent.isEmpty()) {
      requireAcknowledged(sent.remove());
    }
  }

  private void requireAcknowledged(Sent record) throws IOException {
    try {
      record.acknowledged().get();
    } catch (ExecutionException refused) {
      if (refused.getCause() instanceof RecordTooLargeException) {
        remember(record.version());
      }
      throw failed(refused);
    } catch (InterruptedException stopped) {
      throw failed(stopped);
    }
  }

  private void remember(EventVersion longOne) {
    tooLong.add(longOne);
    if (tooLong.size() > TOO_LONG_MAX) {
      tooLong.removeFirst();
    }
  }

  @Override
  public void sync(Positions positions) throws IOException {
    flush();
    String bookmark = new Bookmark(source.orElseThrow(), positions).text();
    try {
      begin();
      producer
          .orElseThrow()
          .sendOffsetsToTransaction(
              Map.of(marked, new OffsetAndMetadata(0, bookmark)), group.orElseThrow());
      producer.orElseThrow().commitTransaction();
      isInTransaction = false;
    } catch (KafkaException | IllegalStateException refused) {
      throw failed(refused);
    }
  }

  private IOException failed(Exception refused) {
    if (refused instanceof InterruptedException || refused instanceof InterruptException) {
      Thread.currentThread().interrupt();
    }
    Throwable cause = refused.getCause() == null ? refused : refused.getCause();
    return new IOException(name() + ": " + cure(cause), refused);
  }

  private String cure(Throwable cause) {
    return switch (cause) {
      case UnknownTopicOrPartitionException _ -> "no such topic: create it";
      case AuthenticationException _ ->
          "not let in (" + cause.getMessage() + "): correct sink.kafka.producer.sasl.* and ssl.*";
      case AuthorizationException _ ->
          "not allowed (%s): grant WRITE and DESCRIBE on the topic and on the transactional id %s, READ on the group %s"
              .formatted(cause.getMessage(), plan.id(), plan.id());
      case ProducerFencedException _, InvalidProducerEpochException _ ->
          "another sink writes as " + plan.id() + ": give each a sink.kafka.id of its own";
      case RecordTooLargeException _ ->
          "a record is too long for it: the others are sent again without it";
      case TimeoutException _ -> "no broker answers (" + cause.getMessage() + ")";
      default -> cause.toString();
    };
  }

  /// The broker will end the transaction: it is never committed.
  private void abandon() {
    end(Duration.ZERO);
  }

  private void end(Duration patience) {
    producer.ifPresent(each -> each.close(patience));
    producer = Optional.empty();
    isInTransaction = false;
    sent.clear();
  }

  @Override
  public void close() {
    end(END);
  }
}
