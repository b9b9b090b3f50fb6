package io.tasktrail.agent.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.agent.connector.ListenRecord.Piece;
import io.tasktrail.agent.connector.Snapshot.Alive;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What `tasktrail-listen` tells, as events: bytes come in, events go out, in the order in which
/// the kernel told them. Not for use by several threads at once.
public final class ConnectorSource {

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int TICKS_MAX = 1_000_000;

  private final Listener listener;
  private final Tally tally = new Tally();
  private final TaskBook book = new TaskBook();
  private final Numbering numbers = new Numbering();
  private final Narration narration = new Narration(book, tally, this::toldByKernel);
  private final RecordParser parser = new RecordParser(this::take);
  private Optional<Snapshot> snapshot = Optional.empty();
  private long snapshotNumber;
  private long wallOffsetNanos;

  /// Is told, in order.
  public interface Listener {

    /// Who listens has begun.
    ///
    /// @param wallOffsetNanos as in [Stamp]
    void listening(Listening by, long wallOffsetNanos);

    /// An event with a number.
    void event(Stamp stamp, Fact fact);

    /// Events have numbers and never arrived: that is for the agent to say, by a number of its own.
    ///
    /// @param stamp of what arrived after them
    void lost(Stamp stamp, Fact.EventsLost loss);
  }

  /// Where and when an event was numbered.
  ///
  /// @param wallOffsetNanos CLOCK_REALTIME minus CLOCK_BOOTTIME, as it was last told
  public record Stamp(int cpu, long sequence, long bootNanos, long wallOffsetNanos) {}

  /// Who listens.
  ///
  /// @param pid of `tasktrail-listen`
  /// @param bufferBytes of its socket
  /// @param sinceNanos since when, boot time
  public record Listening(String version, int pid, long bufferBytes, long sinceNanos) {}

  /// How far a cpu has come.
  ///
  /// @param last the number that was given last, to an event or to one that was lost
  /// @param lost how many numbers were given to such
  public record Reached(int cpu, long last, long lost) {}

  /// @param wallOffsetNanos until it is told
  public ConnectorSource(long wallOffsetNanos, Listener listener) {
    this.wallOffsetNanos = wallOffsetNanos;
    this.listener = listener;
  }

  /// What became of what was told so far.
  public Tally tally() {
    return tally;
  }

  /// Records so far.
  public long records() {
    return parser.parsed();
  }

  /// Places so far where the bytes are no record.
  public long malformed() {
    return parser.malformed();
  }

  /// The layout of records of another version of `tasktrail-listen`, if there was one; 0: none.
  public int otherLayout() {
    return parser.otherLayout();
  }

  /// Live tasks that are known.
  public int tasks() {
    return book.size();
  }

  /// How far each cpu has come, and the snapshots.
  public List<Reached> reached() {
    return Stream.concat(
            numbers.reached(), Stream.of(new Reached(Header.SNAPSHOT_CPU, snapshotNumber, 0)))
        .toList();
  }

  /// Takes bytes as they come: records may be split anywhere.
  public void take(byte[] bytes, int count) {
    parser.take(bytes, count);
  }

  /// Nothing more comes.
  public void end() {
    parser.end();
  }

  private void take(ListenRecord record) {
    switch (record.kind()) {
      case HELLO -> begun(record);
      case TICK -> wallOffsetNanos = record.readNanos();
      case OVERRUN -> tally.overrun();
      case SEEING -> snapshot = Optional.of(new Snapshot(record.bootNanos()));
      case SEEN -> snapshot.ifPresent(begun -> begun.add(record));
      case SEEING_ENDS -> {
        snapshot.ifPresent(begun -> seen(begun, record.bootNanos()));
        snapshot = Optional.empty();
      }
      case FORK, EXEC, EXIT, COMM, UID, GID, OTHER -> numbered(record);
    }
  }

  private void begun(ListenRecord hello) {
    wallOffsetNanos = hello.readNanos();
    narration.tick(NANOS_PER_SECOND / Math.clamp(hello.a(), 1, TICKS_MAX));
    listener.listening(
        new Listening(
            new String(hello.piece(Piece.NAME).toBytes(), UTF_8),
            hello.pid(),
            Integer.toUnsignedLong(hello.b()),
            hello.bootNanos()),
        wallOffsetNanos);
  }

  private void numbered(ListenRecord record) {
    tally.number();
    numbers.arrived(record).ifPresent(loss -> lost(record, loss));
    narration.told(record);
  }

  private void lost(ListenRecord record, Fact.EventsLost loss) {
    tally.lost(loss.count());
    listener.lost(new Stamp(record.cpu(), loss.last(), record.bootNanos(), wallOffsetNanos), loss);
  }

  private void toldByKernel(ListenRecord record, Fact.OfTask fact) {
    listener.event(
        new Stamp(record.cpu(), numbers.next(record.cpu()), record.bootNanos(), wallOffsetNanos),
        fact);
  }

  private void seen(Snapshot whole, long endNanos) {
    List<Alive> alive = whole.in(book, narration.tickNanos());
    tally.snapshot();
    ofSnapshot(whole.startedNanos(), new Fact.SnapshotStarted());
    for (Alive each : alive) {
      ofSnapshot(each.task().seenNanos(), each.fact());
    }
    ofSnapshot(endNanos, new Fact.SnapshotFinished(alive.size()));
    book.replace(alive.stream().map(Alive::task).toList());
  }

  private void ofSnapshot(long bootNanos, Fact fact) {
    listener.event(
        new Stamp(Header.SNAPSHOT_CPU, ++snapshotNumber, bootNanos, wallOffsetNanos), fact);
  }

  /// Writes what the next agent has to know: exec counts.
  ///
  /// @throws IOException if it can't be written
  public void save(DataOutput out) throws IOException {
    book.save(out);
  }

  /// Goes on after an earlier agent of the same boot; before anything is taken.
  ///
  /// @throws IOException if it is not what [#save] wrote
  public void restore(DataInput in) throws IOException {
    book.restore(in);
  }
}
