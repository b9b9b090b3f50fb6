package io.tasktrail.agent.connector;

import io.tasktrail.agent.connector.ListenRecord.Piece;
import io.tasktrail.agent.proc.Stat;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskKey;
import java.util.Optional;
import java.util.OptionalInt;

/// What the records say of tasks.
///
/// The connector tells ids; all else was read in /proc a moment later, as far as the task was still
/// there. No exec count is known: each lineage is taken to have one exec that nobody counted
/// (init's, at least), so that the fold finds no history WHOLE, and `missing_links` is the least
/// that is missing. Who created a task by CLONE_PARENT is not told: its parent stands for it.
final class Narration {

  private static final int SIGNAL = 0x7F;
  private static final int CORE = 0x80;
  private static final int STATUS_SHIFT = 8;

  private final TaskBook book;
  private final Tally tally;
  private final Listener listener;
  private long tickNanos = 10_000_000;

  /// Is told.
  interface Listener {
    /// What the kernel told, or a snapshot found.
    void event(ListenRecord record, Fact.OfTask fact);
  }

  Narration(TaskBook book, Tally tally, Listener listener) {
    this.book = book;
    this.tally = tally;
    this.listener = listener;
  }

  /// @param nanos of a tick of /proc: starts of tasks are told so
  void tick(long nanos) {
    tickNanos = nanos;
  }

  long tickNanos() {
    return tickNanos;
  }

  /// Of a numbered record.
  void told(ListenRecord record) {
    if (isInSnapshot(record)) {
      tally.covered();
      return;
    }
    switch (record.kind()) {
      case FORK -> forked(record);
      case EXEC -> executed(record);
      case EXIT -> exited(record);
      default -> {
        tally.other();
        changed(record);
      }
    }
  }

  /// A snapshot that was told before it has it in what it says.
  private boolean isInSnapshot(ListenRecord record) {
    return book.at(record.pid())
        .filter(known -> known.seenNanos() >= record.bootNanos())
        .isPresent();
  }

  private void emit(ListenRecord record, Fact.OfTask fact) {
    tally.event();
    listener.event(record, fact);
  }

  private void forked(ListenRecord record) {
    if (!record.isOfLeader()) {
      tally.thread();
      book.at(record.pid()).ifPresent(task -> book.put(task.withThreads(task.threads() + 1)));
      return;
    }
    KnownTask creator = book.of(record.a(), start(record.bootNanos()));
    TaskKey born = new TaskKey(record.pid(), start(record, new TaskReading(record).stat()));
    emit(record, new Fact.Forked(creator.actor(), born, creator.key(), 0, 0));
    book.put(creator.child(born));
  }

  /// As /proc would tell it.
  private long start(long nanos) {
    return nanos - Math.floorMod(nanos, tickNanos);
  }

  /// As it was read, if that was of the task that the record is of, and not of a later one.
  private long start(ListenRecord record, Optional<Stat> stat) {
    return stat.map(read -> read.startTicks() * tickNanos)
        .filter(read -> read <= record.bootNanos())
        .orElseGet(() -> start(record.bootNanos()));
  }

  private void executed(ListenRecord record) {
    TaskReading reading = own(record);
    KnownTask before = executing(record, reading);
    Credentials now = reading.credentials(before.credentials());
    TaskKey parent = reading.stat().map(stat -> parent(before, stat)).orElse(before.parent());
    ByteText comm = reading.stat().map(Stat::comm).orElse(ByteText.EMPTY);
    KnownTask after = book.put(before.executed(parent, comm, reading.executable(), now));
    tally.read(!reading.executable().isEmpty(), reading.hasArguments());
    emit(
        record,
        new Fact.Executed(
            after.actor(),
            parent,
            record.pid(),
            reading.image(now),
            reading.arguments(),
            reading.place()));
  }

  /// What was read, unless it was of another task, that has the pid since.
  private TaskReading own(ListenRecord record) {
    TaskReading reading = new TaskReading(record);
    boolean isOfLater =
        reading
            .stat()
            .filter(stat -> stat.startTicks() * tickNanos > record.bootNanos())
            .isPresent();
    return isOfLater ? new TaskReading(record.withoutPieces()) : reading;
  }

  /// Who is known by that pid, unless it is another one by its start.
  private KnownTask executing(ListenRecord record, TaskReading reading) {
    Optional<KnownTask> known =
        book.at(record.pid())
            .filter(
                task ->
                    reading
                        .stat()
                        .filter(stat -> !isNear(stat.startTicks(), task.key().startNanos()))
                        .isEmpty());
    return known.orElseGet(() -> unknown(record, reading.stat()));
  }

  /// A start that was taken from the time of a fork may be of the tick behind.
  private boolean isNear(long ticks, long startNanos) {
    return Math.abs(ticks - startNanos / tickNanos) <= 1;
  }

  private KnownTask unknown(ListenRecord record, Optional<Stat> stat) {
    Optional<KnownTask> parent = stat.flatMap(read -> book.at(read.parent()));
    return KnownTask.unknown(
        new TaskKey(record.pid(), start(record, stat)),
        parent.map(KnownTask::key).orElse(TaskKey.ROOT),
        parent.map(KnownTask::execCount).orElse(TaskBook.COUNT_OF_ROOT));
  }

  private TaskKey parent(KnownTask task, Stat stat) {
    return stat.parent() == task.parent().pid()
        ? task.parent()
        : book.at(stat.parent()).map(KnownTask::key).orElse(task.parent());
  }

  /// A process ends with the last of its threads.
  private void exited(ListenRecord record) {
    Optional<KnownTask> known = book.at(record.pid());
    if (known.isEmpty() && !record.isOfLeader()) {
      tally.thread();
      return;
    }
    Optional<Stat> stat = own(record).stat();
    KnownTask task = known.orElseGet(() -> unknown(record, stat));
    int left = record.isOfLeader() ? threadsLeft(stat) : task.threads() - 1;
    if (left > 0) {
      tally.thread();
      book.put(task.withThreads(left));
      return;
    }
    book.remove(record.pid());
    emit(record, exit(record, task, stat));
  }

  /// The first thread stays as a zombie for as long as there are others, unless one of these takes
  /// its place by an exec; where nothing was read all of them are gone.
  private static int threadsLeft(Optional<Stat> stat) {
    return stat.map(read -> read.isZombie() ? read.threads() - 1 : Math.max(1, read.threads()))
        .orElse(0);
  }

  private Fact.Exited exit(ListenRecord record, KnownTask task, Optional<Stat> stat) {
    int signal = record.a() & SIGNAL;
    return new Fact.Exited(
        task.actor(),
        task.parent(),
        signal == 0 ? OptionalInt.of((record.a() >> STATUS_SHIFT) & 0xFF) : OptionalInt.empty(),
        signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal),
        (record.a() & CORE) != 0,
        false,
        stat.map(Stat::cpuTicks).orElse(0L) * tickNanos,
        0,
        0);
  }

  private void changed(ListenRecord record) {
    Optional<KnownTask> known = book.at(record.pid());
    if (known.isEmpty() || !record.isOfLeader()) {
      return;
    }
    KnownTask task = known.get();
    Credentials was = task.credentials();
    long real = Integer.toUnsignedLong(record.a());
    long effective = Integer.toUnsignedLong(record.b());
    switch (record.kind()) {
      case COMM -> book.put(task.named(record.piece(Piece.NAME)));
      case UID ->
          book.put(
              task.as(
                  new Credentials(
                      real, effective, was.gid(), was.egid(), was.auid(), was.session())));
      case GID ->
          book.put(
              task.as(
                  new Credentials(
                      was.uid(), was.euid(), real, effective, was.auid(), was.session())));
      default -> {
        // says nothing of what is known
      }
    }
  }
}
