package io.tasktrail.sink;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands records over and makes them durable, one [#step] after the other:
///
///     delivering ── due ──▶ synced, committed ──▶ delivering
///         │ failure, partition lost
///         ▼
///     to repeat ── pause, resume the destination, seek to its last sync ──▶ delivering
///
/// For one thread.
final class Delivery implements ConsumerRebalanceListener, AutoCloseable {

  /// How long a step may wait for records, so that a request to end is soon seen.
  static final Duration STEP = Duration.ofMillis(200);

  /// When nothing more comes for so long, what is delivered is made durable at once.
  private static final Duration LULL = Duration.ofMillis(10);

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final Reader reader;
  private final Decoder decoder;
  private final Destination destination;
  private final DeadLetters deadLetters;
  private final Source source;
  private final Pace pace;
  private final LongSupplier nanoClock;
  private Backoff backoff;
  private Positions synced = Positions.NONE;
  private boolean toRepeat;
  private long notBefore;
  private long firstUnsynced;
  private Counters unsynced = Counters.NONE;
  private volatile Counters counters = Counters.NONE;

  Delivery(
      Reader reader,
      Decoder decoder,
      Destination destination,
      DeadLetters deadLetters,
      Source source,
      Pace pace,
      Backoff backoff,
      LongSupplier nanoClock) {
    this.reader = reader;
    this.decoder = decoder;
    this.destination = destination;
    this.deadLetters = deadLetters;
    this.source = source;
    this.pace = pace;
    this.backoff = backoff;
    this.nanoClock = nanoClock;
  }

  /// @throws IOException if the destination can't be used
  void begin() throws IOException {
    synced = destination.resume(source);
    reader.join(this);
  }

  /// Waits for records for a moment and delivers them.
  void step() {
    try {
      if (!toRepeat) {
        deliver();
      } else if (nanoClock.getAsLong() - notBefore < 0) {
        reader.idle(STEP);
      } else {
        repeat();
      }
    } catch (OffsetOutOfRangeException overtaken) {
      counters = counters.plusOvertaken(reader.skipDeleted(overtaken));
    } catch (IOException failed) {
      repeatLater(failed);
    }
  }

  /// What is delivered so far becomes durable; what could not be comes again another time.
  void end() {
    try {
      if (!toRepeat) {
        sync();
      }
    } catch (IOException failed) {
      repeatLater(failed);
    }
  }

  /// Leaves the group.
  @Override
  public void close() {
    reader.leave();
    deadLetters.close();
  }

  Counters counters() {
    return counters;
  }

  private void deliver() throws IOException {
    ConsumerRecords<byte[], byte[]> records = reader.poll(patience());
    if (toRepeat) {
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      deliver(record);
    }
    if (isDue(records.isEmpty())) {
      sync();
    }
  }

  private void deliver(ConsumerRecord<byte[], byte[]> record) throws IOException {
    if (unsynced.equals(Counters.NONE)) {
      firstUnsynced = nanoClock.getAsLong();
    }
    try {
      destination.write(
          decoder.decode(record.topic(), record.value()), reason -> refused(record, reason));
      unsynced = unsynced.plusDelivered(1);
    } catch (AuthenticationException | AuthorizationException refused) {
      throw refused;
    } catch (Decoder.Undecodable | RuntimeException poison) {
      deadLetters.send(record, poison);
      unsynced = unsynced.plusDeadLetters(1);
      tell(record, poison);
    }
  }

  /// It was counted as delivered when it was written.
  private void refused(ConsumerRecord<byte[], byte[]> record, Exception reason) throws IOException {
    deadLetters.send(record, reason);
    unsynced = unsynced.plusDelivered(-1).plusDeadLetters(1);
    tell(record, reason);
  }

  /// The 1st, 2nd, 4th, 8th, …: a flood of them does not become a flood of lines.
  private void tell(ConsumerRecord<byte[], byte[]> record, Exception poison) {
    long so = counters.deadLetters() + unsynced.deadLetters();
    if (Long.bitCount(so) == 1) {
      LOG.warn(
          "{}-{} offset {}: to the dead letters, {} so far: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          so,
          poison.getMessage());
    }
  }

  private Duration patience() {
    if (unsynced.equals(Counters.NONE)) {
      return STEP;
    }
    long left = pace.interval().toNanos() - (nanoClock.getAsLong() - firstUnsynced);
    return Duration.ofNanos(Math.clamp(left, 0, LULL.toNanos()));
  }

  /// An idle reader also moves: past the marks of transactions.
  private boolean isDue(boolean idle) {
    if (unsynced.equals(Counters.NONE)) {
      return idle && !reader.positions().over(synced).equals(synced);
    }
    return idle
        || unsynced.delivered() + unsynced.deadLetters() >= pace.records()
        || nanoClock.getAsLong() - firstUnsynced >= pace.interval().toNanos();
  }

  private void sync() throws IOException {
    destination.flush();
    deadLetters.sync();
    Positions reached = reader.positions();
    synced = reached.over(synced);
    destination.sync(synced);
    counters = counters.plusDelivered(unsynced.delivered()).plusDeadLetters(unsynced.deadLetters());
    unsynced = Counters.NONE;
    backoff = backoff.reset();
    reader.commit(reached);
  }

  private void repeatLater(IOException failed) {
    LOG.warn(
        "{}: nothing is lost, next attempt in {} ms",
        failed.getMessage(),
        backoff.next().toMillis());
    counters = counters.plusFailure();
    toRepeat = true;
    notBefore = nanoClock.getAsLong() + backoff.next().toNanos();
    backoff = backoff.doubled();
  }

  private void repeat() throws IOException {
    deadLetters.forget();
    unsynced = Counters.NONE;
    synced = destination.resume(source);
    reader.seekAll(synced);
    toRepeat = false;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    reader.seek(partitions, synced);
  }

  /// The next owner goes on where this one is done.
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    try {
      if (!toRepeat) {
        sync();
      }
    } catch (IOException failed) {
      repeatLater(failed);
    }
  }

  /// Somebody else has them already, from the last commit on.
  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    toRepeat = true;
    notBefore = nanoClock.getAsLong();
  }
}
