package io.tasktrail.agent.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tasktrail.event.HostId;
import io.tasktrail.role.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;

/// Publishes to one topic, keyed by host, so that a host's events stay in order in one partition.
///
///     publish ──▶ waiting ──encode──▶ in flight ──▶ acknowledged
///                    ▲                    │   └────▶ refused (too large)
///                    └───── failed ◀──────┘
///
/// Kafka's own producer tries again whatever may pass (KIP-91), for as long as its
/// `delivery.timeout.ms`, by default 24 days. What it gives up on (no rights, no metadata in time)
/// comes back here and is sent again, in order, by a new producer; so is what waits for the
/// registry of schemas, and what was given to a producer that was refused (see [Refusals]) or hears
/// nothing for [#SILENCE_MAX]. Some of it may have arrived the first time: readers know it by its
/// sequence number.
final class KafkaPublisher implements RemotePublisher {

  /// A few times `request.timeout.ms`. Kafka's producer alone may wait for as long as its
  /// `delivery.timeout.ms` although the broker is well: on a topic that was made a moment ago the
  /// first batch may be refused and the second taken, and each is then out of order.
  static final Duration SILENCE_MAX = Duration.ofMinutes(2);

  private final Destination destination;
  private final byte[] key;
  private final Serializer<byte[]> serializer;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Acknowledgements acknowledgements;
  private final Retry retry;
  private final LongSupplier nanoTime;

  private final Deque<Outgoing> waiting = new ArrayDeque<>();
  private final Queue<Failed> failed =
      new PriorityBlockingQueue<>(11, Comparator.comparingLong(each -> each.record().token()));
  private Flight flight = new Flight();
  private boolean closed;
  private Producer<byte[], byte[]> producer;
  private Refusals refusals;

  /// Where to, and how much of it at once.
  ///
  /// @param bytesInFlightMax bound of what is sent and not yet acknowledged
  /// @param brokers as the settings name them
  /// @param registry as the settings name it, without user and password
  record Destination(
      String topic, HostId host, long bytesInFlightMax, String brokers, String registry) {}

  /// What is sent and not yet answered; of no more interest once it is forgotten.
  private static final class Flight {

    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean forgotten;

    /// When something was answered last, or the first of what is not answered was sent.
    private volatile long heardNanos;
  }

  /// What the producer gave up on, and why.
  private record Failed(Flight flight, Outgoing.Encoded record, Exception cause) {}

  KafkaPublisher(
      Destination destination,
      Serializer<byte[]> serializer,
      Supplier<Producer<byte[], byte[]>> producers,
      Acknowledgements acknowledgements,
      LongSupplier nanoTime) {
    this.destination = destination;
    this.key = destination.host().toString().getBytes(US_ASCII);
    this.serializer = serializer;
    this.producers = producers;
    this.acknowledgements = acknowledgements;
    this.retry = new Retry(nanoTime);
    this.nanoTime = nanoTime;
    this.producer = producers.get();
    this.refusals = Refusals.of(producer);
  }

  @Override
  public boolean hasRoom() {
    return waiting.isEmpty()
        && failed.isEmpty()
        && flight.bytes.get() < destination.bytesInFlightMax();
  }

  @Override
  public void publish(byte[] event, long token) {
    encode(new Outgoing.Event(token, event)).ifPresent(waiting::add);
    sendWaiting();
  }

  @Override
  public int doWork() {
    leaveRefused();
    leaveSilent();
    takeBackFailed();
    return sendWaiting();
  }

  /// Nothing more after a failure: each may take as long as `max.block.ms`.
  private int sendWaiting() {
    int sent = 0;
    while (!waiting.isEmpty() && failed.isEmpty() && retry.isDue() && hasProducer()) {
      switch (waiting.remove()) {
        case Outgoing.Encoded encoded -> {
          hand(encoded);
          sent++;
        }
        case Outgoing.Event event -> encode(event).ifPresent(waiting::addFirst);
      }
    }
    return sent;
  }

  /// For Kafka, or as it is while the registry can't say how; empty when it was refused.
  private Optional<Outgoing> encode(Outgoing.Event event) {
    try {
      byte[] value = serializer.serialize(destination.topic(), event.event());
      return Optional.of(
          new Outgoing.Encoded(
              event.token(), new ProducerRecord<>(destination.topic(), key, value)));
    } catch (RuntimeException cause) {
      if (RegistryTrouble.isBehind(cause)) {
        retry.later(registry(), cause);
        return Optional.of(event);
      }
      acknowledgements.refused(event.token(), "can't be encoded: " + Reason.of(cause));
      return Optional.empty();
    }
  }

  private void hand(Outgoing.Encoded encoded) {
    Flight now = flight;
    if (now.bytes.getAndAdd(encoded.bytes()) == 0) {
      now.heardNanos = nanoTime.getAsLong();
    }
    try {
      // The callback says what the future would.
      var _ = producer.send(encoded.record(), (_, failure) -> completed(now, encoded, failure));
    } catch (InterruptException toBeStopped) {
      throw toBeStopped;
    } catch (KafkaException cause) {
      completed(now, encoded, cause);
    }
  }

  /// Usually called by the producer's thread.
  private void completed(Flight of, Outgoing.Encoded encoded, Exception failure) {
    of.bytes.addAndGet(-encoded.bytes());
    of.heardNanos = nanoTime.getAsLong();
    if (of.forgotten) {
      return;
    }
    switch (failure) {
      case null -> {
        retry.over();
        acknowledgements.acknowledged(encoded.token());
      }
      case RecordTooLargeException tooLarge ->
          acknowledgements.refused(encoded.token(), tooLarge.getMessage());
      default -> failed.add(new Failed(of, encoded, failure));
    }
  }

  /// What a producer that was refused holds comes back as failed.
  private void leaveRefused() {
    if (closed || !refusals.isAny()) {
      return;
    }
    try {
      // Says why, unless that is over.
      var _ = producer.partitionsFor(destination.topic());
    } catch (InterruptException toBeStopped) {
      throw toBeStopped;
    } catch (KafkaException cause) {
      retry.later(kafka(), cause);
    }
    closeProducer();
  }

  /// As with one that was refused.
  private void leaveSilent() {
    if (closed
        || flight.bytes.get() == 0
        || nanoTime.getAsLong() - flight.heardNanos < SILENCE_MAX.toNanos()) {
      return;
    }
    retry.later(
        kafka(), new TimeoutException("no answer within " + SILENCE_MAX.toSeconds() + " s"));
    closeProducer();
  }

  /// In order again: what failed was given before what waits.
  private void takeBackFailed() {
    failed.removeIf(each -> each.flight() != flight);
    if (failed.isEmpty()) {
      return;
    }
    if (!closed) {
      giveUpOn(failed.peek().cause());
    }
    Deque<Outgoing> again = new ArrayDeque<>();
    for (Failed each = failed.poll(); each != null; each = failed.poll()) {
      again.push(each.record());
    }
    again.forEach(waiting::addFirst);
  }

  private void giveUpOn(Exception cause) {
    if (!(cause instanceof RetriableException)) {
      // It may be of no more use; what it still holds fails with it.
      closeProducer();
    }
    retry.later(kafka(), cause);
  }

  private String kafka() {
    return "Kafka at " + destination.brokers();
  }

  private String registry() {
    return "the schema registry at " + destination.registry();
  }

  private void closeProducer() {
    producer.close(Duration.ZERO);
    closed = true;
  }

  /// The serializer stays: it may have learned from a registry that can't be asked now.
  @Override
  public void forget() {
    flight.forgotten = true;
    flight = new Flight();
    closeProducer();
    waiting.clear();
    failed.clear();
  }

  private boolean hasProducer() {
    if (closed) {
      try {
        producer = producers.get();
        refusals = Refusals.of(producer);
        closed = false;
      } catch (Failure noName) {
        retry.later(kafka(), noName);
      }
    }
    return !closed;
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    serializer.close();
  }
}
