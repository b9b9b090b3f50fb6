package io.tasktrail.sink.connect;

import io.tasktrail.sink.Destination;
import io.tasktrail.sink.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands records over and makes them durable, as Connect calls:
///
///     ready ── records, due or a lull ──▶ synced ──▶ ready; the group is told
///       │ failure, partitions lost
///       ▼
///     waiting ── pause over: resume the destination, go back to what is not durable ──▶ ready
///
/// While it waits, all partitions are paused and nothing is kept. For one thread, but for what it
/// tells of itself.
final class Delivery {

  /// When nothing more comes for so long, what is delivered is made durable at once.
  private static final Duration LULL = Duration.ofMillis(10);

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /// What only the broker knows of what is read.
  interface SourceLookup {

    /// The topic, which may have been made anew.
    ///
    /// @throws IOException if the broker does not tell
    Source find() throws IOException;

    /// The first offset that a partition still has.
    ///
    /// @throws IOException if the broker does not tell
    long firstOffset(TopicPartition partition) throws IOException;
  }

  private final SinkTaskContext context;
  private final SourceLookup lookup;
  private final Decoder decoder;
  private final Destination destination;
  private final DeadLetters deadLetters;
  private final Pace pace;
  private final LongSupplier nanoClock;
  private final DoubleSupplier chance;
  private final Progress progress = new Progress();
  private Backoff backoff;
  private boolean isReady;

  /// Connect heeds a request only between two polls, and not while an earlier commit is on its way:
  /// the next poll must not be a long one.
  private boolean isCommitDue;

  private long notBefore;
  private long failingSince;
  private RuntimeException end;
  private Counters.Outcome passed = Counters.Outcome.NONE;
  private long passedBytes;
  private long firstPassed;
  private volatile Optional<String> failure = Optional.empty();
  private volatile Counters counters = Counters.NONE;

  /// @param chance gives numbers from 0 to 1, by which pauses differ
  Delivery(
      SinkTaskContext context,
      SourceLookup lookup,
      Decoder decoder,
      Destination destination,
      DeadLetters deadLetters,
      Pace pace,
      LongSupplier nanoClock,
      DoubleSupplier chance) {
    this.context = context;
    this.lookup = lookup;
    this.decoder = decoder;
    this.destination = destination;
    this.deadLetters = deadLetters;
    this.pace = pace;
    this.nanoClock = nanoClock;
    this.chance = chance;
    this.backoff = Backoff.upTo(pace.retryMost());
    this.notBefore = nanoClock.getAsLong();
  }

  /// The first attempt to get ready.
  void begin() {
    attempt(this::getReady);
  }

  /// Takes records, or notices that none came.
  ///
  /// @throws ConnectException when the deadline for a failure is over
  void put(Collection<SinkRecord> records) {
    records.forEach(progress::handed);
    counters = counters.handed(records.size());
    attempt(() -> take(records));
    if (end != null) {
      throw end;
    }
  }

  /// What comes while it is not ready is not kept: it comes again.
  private void take(Collection<SinkRecord> records) throws IOException {
    if (isReady) {
      deliver(records);
      return;
    }
    giveBack();
    long left = notBefore - nanoClock.getAsLong();
    if (left > 0) {
      context.timeout(Math.max(1, Duration.ofNanos(left).toMillis()));
    } else {
      getReady();
    }
  }

  private void getReady() throws IOException {
    progress.resumed(destination.resume(lookup.find()));
    isReady = true;
    Map<TopicPartition, Long> again = progress.rewound();
    context.offset(again);
    context.resume(context.assignment().toArray(TopicPartition[]::new));
    if (again.isEmpty()) {
      succeeded();
    }
  }

  private void deliver(Collection<SinkRecord> records) throws IOException {
    for (SinkRecord record : records) {
      deliver(record);
      if (passed.records() >= pace.records() || passedBytes >= pace.bytes()) {
        sync();
      }
    }
    if (isDue(records.isEmpty())) {
      sync();
    }
    if (progress.isAhead()) {
      context.timeout(patience().toMillis());
    } else if (isCommitDue) {
      context.timeout(LULL.toMillis());
    }
  }

  private void deliver(SinkRecord record) throws IOException {
    if (!progress.isAhead()) {
      firstPassed = nanoClock.getAsLong();
    }
    passed = passed.plusOvertaken(overtaken(record));
    if (progress.isKnown(record)) {
      passed = passed.plusSkipped();
    } else {
      write(record);
    }
    progress.passed(record);
  }

  /// How many records were deleted before they were read: of the offsets that are passed over,
  /// those before the first that there is. Others are marks of transactions, and what was aborted;
  /// a single one nearly always is, so the broker is not asked for it.
  private long overtaken(SinkRecord record) throws IOException {
    long expected = progress.expected(record).orElse(record.kafkaOffset());
    if (record.kafkaOffset() - expected <= 1) {
      return 0;
    }
    TopicPartition partition = new TopicPartition(record.topic(), record.kafkaPartition());
    long first = Math.min(lookup.firstOffset(partition), record.kafkaOffset());
    if (first <= expected) {
      return 0;
    }
    LOG.warn(
        "{}: from {} to {} all was deleted before it was read", partition, expected, first - 1);
    return first - expected;
  }

  private void write(SinkRecord record) throws IOException {
    byte[] value = (byte[]) record.value();
    passedBytes += value == null ? 0 : value.length;
    try {
      destination.write(decoder.decode(record.topic(), value), reason -> refused(record, reason));
      passed = passed.plusDelivered(1);
    } catch (Decoder.Undecodable | RuntimeException poison) {
      deadLetters.send(record, poison);
      passed = passed.plusDeadLetter();
      tell(record, poison);
    }
  }

  /// It is counted as delivered when it is written, which may be later.
  private void refused(SinkRecord record, Exception reason) throws IOException {
    deadLetters.send(record, reason);
    passed = passed.plusDelivered(-1).plusDeadLetter();
    tell(record, reason);
  }

  /// The 1st, 2nd, 4th, 8th, …: a flood of them does not become a flood of lines.
  private void tell(SinkRecord record, Exception poison) {
    long so = counters.deadLetters() + passed.deadLetters();
    if (Long.bitCount(so) == 1) {
      LOG.warn(
          "{}-{} offset {}: to the dead letters, {} so far: {}",
          record.topic(),
          record.kafkaPartition(),
          record.kafkaOffset(),
          so,
          poison.getMessage());
    }
  }

  /// How long Connect may wait for more. Its clock has milliseconds.
  private Duration patience() {
    long left = pace.interval().toNanos() - (nanoClock.getAsLong() - firstPassed);
    return Duration.ofNanos(Math.clamp(left, Duration.ofMillis(1).toNanos(), LULL.toNanos()));
  }

  private boolean isDue(boolean idle) {
    return progress.isAhead()
        && (idle || nanoClock.getAsLong() - firstPassed >= pace.interval().toNanos());
  }

  private void sync() throws IOException {
    destination.flush();
    deadLetters.sync();
    destination.sync(progress.positions());
    progress.synced();
    counters = counters.settled(passed);
    forgetPassed();
    succeeded();
    isCommitDue = true;
    context.requestCommit();
  }

  private void succeeded() {
    failure.ifPresent(over -> LOG.info("{}: going on", destination.name()));
    failure = Optional.empty();
    backoff = backoff.reset();
  }

  private void forgetPassed() {
    passed = Counters.Outcome.NONE;
    passedBytes = 0;
  }

  /// What is to happen when partitions are taken away, or now and then: everything that was handed
  /// over becomes durable, where it can.
  ///
  /// @param current what was handed over, by partition
  /// @return what the group may be told
  Map<TopicPartition, OffsetAndMetadata> commit(Map<TopicPartition, OffsetAndMetadata> current) {
    if (isReady && progress.isAhead()) {
      attempt(this::sync);
    }
    isCommitDue = false;
    return progress.committable(current);
  }

  /// These partitions are this task's from now on. Connect remembers of each whether it was paused
  /// when it was here before.
  void open(Collection<TopicPartition> partitions) {
    progress.open(partitions);
    TopicPartition[] opened = partitions.toArray(TopicPartition[]::new);
    if (isReady || notBefore - nanoClock.getAsLong() <= 0) {
      context.resume(opened);
    } else {
      context.pause(opened);
    }
  }

  /// Others have these partitions from now on. What of them is not durable must leave no trace. Who
  /// has none left begins anew with the next: their topic may be another one by then.
  void close(Collection<TopicPartition> partitions) {
    boolean leavesSome = progress.isAhead();
    progress.close(partitions);
    if (isReady && (leavesSome || progress.isIdle())) {
      isReady = false;
      notBefore = nanoClock.getAsLong();
      giveBack();
    }
  }

  private void giveBack() {
    deadLetters.forget();
    forgetPassed();
    counters = counters.givenBack();
  }

  Counters counters() {
    return counters;
  }

  /// Why nothing is delivered just now; empty when nothing is wrong.
  Optional<String> failure() {
    return failure;
  }

  private interface Step {
    void run() throws IOException;
  }

  /// Nothing that a step throws may reach Connect out of turn: out of a commit it would be lost.
  private void attempt(Step step) {
    try {
      step.run();
    } catch (IOException failed) {
      wait(failed);
    } catch (RuntimeException defect) {
      end = defect;
    }
  }

  private void wait(IOException failed) {
    long now = nanoClock.getAsLong();
    failingSince = failure.isPresent() ? failingSince : now;
    failure = Optional.of(String.valueOf(failed.getMessage()));
    counters = counters.failed();
    isReady = false;
    giveBack();
    context.pause(context.assignment().toArray(TopicPartition[]::new));
    long left =
        pace.deadline().map(Duration::toNanos).orElse(Long.MAX_VALUE) - (now - failingSince);
    if (left > 0) {
      tryAgain(failed, now, left);
    } else {
      end = new ConnectException(failed.getMessage() + ": given up at sink.retry.deadline");
    }
  }

  /// The last attempt is made at the deadline itself.
  private void tryAgain(IOException failed, long now, long leftNanos) {
    long pause = Math.min(backoff.pause(chance.getAsDouble()).toNanos(), leftNanos);
    long millis = Math.max(1, Duration.ofNanos(pause).toMillis());
    LOG.warn("{}: nothing is lost, next attempt in {} ms", failed.getMessage(), millis);
    backoff = backoff.doubled();
    notBefore = now + pause;
    context.timeout(millis);
  }
}
