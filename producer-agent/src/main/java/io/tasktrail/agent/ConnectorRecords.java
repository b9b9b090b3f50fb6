package io.tasktrail.agent;

import io.tasktrail.agent.connector.ConnectorSource;
import io.tasktrail.agent.connector.Tally;
import io.tasktrail.agent.health.Balance;
import io.tasktrail.agent.health.ConnectorFigures;
import io.tasktrail.agent.host.Identity;
import io.tasktrail.agent.place.Whereabouts;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.role.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// What `tasktrail-listen` tells of this host: one capture, from the start of this agent to its
/// end.
final class ConnectorRecords implements RecordSource, ConnectorSource.Listener {

  private final Identity identity;
  private final RecordNumbering numbering;
  private final RecordOutbox outbox;
  private final Whereabouts whereabouts;
  private final LongSupplier nanoTime;
  private final CaptureId capture;
  private final ConnectorSource source;

  ConnectorRecords(
      Identity identity,
      RecordNumbering numbering,
      RecordOutbox outbox,
      Whereabouts whereabouts,
      LongSupplier nanoTime) {
    this.identity = identity;
    this.numbering = numbering;
    this.outbox = outbox;
    this.whereabouts = whereabouts;
    this.nanoTime = nanoTime;
    this.capture = numbering.here().capture();
    this.source = new ConnectorSource(numbering.here().wallOffsetNanos(), this);
  }

  /// What its bytes go to.
  ConnectorSource source() {
    return source;
  }

  @Override
  public void listening(ConnectorSource.Listening by, long wallOffsetNanos) {
    outbox.say(
        numbering.own(
            header(new ConnectorSource.Stamp(0, 0, by.sinceNanos(), wallOffsetNanos)),
            new Fact.AgentStarted(
                Version.OF_THIS,
                (int) ProcessHandle.current().pid(),
                by.sinceNanos(),
                "tasktrail-listen " + by.version(),
                by.bufferBytes())));
  }

  @Override
  public void event(ConnectorSource.Stamp stamp, Fact fact) {
    outbox.add(new TaskEvent(header(stamp), whereabouts.read(fact, nanoTime.getAsLong())));
  }

  @Override
  public void lost(ConnectorSource.Stamp stamp, Fact.EventsLost loss) {
    outbox.say(numbering.own(header(stamp), loss));
  }

  private Header header(ConnectorSource.Stamp stamp) {
    return new Header(
        identity.host(),
        identity.hostName(),
        identity.boot(),
        capture,
        stamp.cpu(),
        stamp.sequence(),
        stamp.bootNanos(),
        stamp.wallOffsetNanos());
  }

  @Override
  public void take(byte[] bytes, int count) {
    source.take(bytes, count);
  }

  @Override
  public void endFile() {
    source.end();
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public Optional<Failure> refusal(String name, boolean isOver) {
    if (source.records() > 0 || source.malformed() == 0) {
      return Optional.empty();
    }
    int other = source.otherLayout();
    return Optional.of(
        other == 0
            ? new Failure(
                "nothing of it is a record of tasktrail-listen",
                name,
                "tasktrail-listen -- tasktrail agent --source proc")
            : new Failure(
                "tasktrail-listen is of another version, with layout " + other,
                name,
                "install both from one package"));
  }

  @Override
  public long malformed() {
    return source.malformed();
  }

  @Override
  public List<Progress> reached() {
    return source.reached().stream()
        .map(each -> new Progress(each.cpu(), each.last(), each.lost()))
        .toList();
  }

  @Override
  public Balance.Source kind() {
    return Balance.Source.CONNECTOR;
  }

  @Override
  public long lost() {
    return source.tally().lost();
  }

  @Override
  public long snapshots() {
    return source.tally().snapshots();
  }

  @Override
  public Optional<ConnectorFigures> connector() {
    Tally tally = source.tally();
    return Optional.of(
        new ConnectorFigures(
            tally.numbers(),
            tally.overruns(),
            Map.of(
                "thread",
                tally.threads(),
                "in_snapshot",
                tally.inSnapshots(),
                "other",
                tally.others()),
            Map.of("executable", tally.withoutImage(), "arguments", tally.withoutArguments()),
            source.tasks()));
  }

  @Override
  public void close() {
    whereabouts.close();
  }
}
