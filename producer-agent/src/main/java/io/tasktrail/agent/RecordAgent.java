package io.tasktrail.agent;

import io.tasktrail.agent.filter.Filter;
import io.tasktrail.agent.follow.Step;
import io.tasktrail.agent.health.AuditFigures;
import io.tasktrail.agent.health.Balance;
import io.tasktrail.agent.health.Canary;
import io.tasktrail.agent.health.Sighting;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.agent.ring.Checkpoint;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.agent.ring.Troubles;
import io.tasktrail.audit.AuditSource;
import io.tasktrail.audit.Tally;
import io.tasktrail.event.AgentReport;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// One turn takes what is new of the input, once what was taken before is published: so a chunk and
/// what is held bound the memory. A turn never waits. Not for use by several threads at once.
final class AuditAgent {

  /// So many lines, and none a record: it is no log of audit.
  static final int CORRUPT_ONLY_MAX = 1000;

  /// So long nothing comes before what is held is taken for complete: what auditd itself waits.
  static final Duration SILENCE = Duration.ofSeconds(2);

  private final String name;
  private final AuditInput input;
  private final AuditSource source;
  private final AuditOutbox outbox;
  private final AuditNumbering numbering;
  private final OwnNumbers numbers;
  private final Clocks clocks;
  private final AgentReport report;
  private final long heartbeatNanos;
  private final ByteBuffer buffer = ByteBuffer.allocate(AuditInput.CHUNK_BYTES);
  private long heardNanos;
  private long beatNanos;
  private long mark;
  private boolean isDirty = true;
  private boolean isIntroduced;
  private boolean hasEnded;

  /// The clocks.
  ///
  /// @param nanoTime nanoseconds of one that only goes forward
  /// @param millis since 1970
  record Clocks(LongSupplier nanoTime, LongSupplier millis) {

    static final Clocks OF_THIS_HOST = new Clocks(System::nanoTime, System::currentTimeMillis);
  }

  /// @param name of the input, for people
  /// @param report what this agent is and can
  AuditAgent(
      String name,
      AuditInput input,
      AuditSource source,
      AuditOutbox outbox,
      AuditNumbering numbering,
      OwnNumbers numbers,
      AgentReport report,
      Duration heartbeatInterval,
      Clocks clocks) {
    this.name = name;
    this.input = input;
    this.source = source;
    this.outbox = outbox;
    this.numbering = numbering;
    this.numbers = numbers;
    this.report = report;
    this.clocks = clocks;
    this.heartbeatNanos = heartbeatInterval.toNanos();
    this.heardNanos = clocks.nanoTime().getAsLong();
    this.beatNanos = heardNanos;
  }

  /// One turn.
  ///
  /// @return whether there may be more to do at once
  /// @throws Failure if the input can't be read, or is none of audit
  boolean doWork() {
    outbox.doWork();
    settle(false);
    if (hasEnded || !outbox.isEmpty()) {
      return false;
    }
    // All that was made is published: so it is known what capture and what time this is.
    beat();
    boolean more = take();
    outbox.doWork();
    settle(false);
    return more;
  }

  private boolean take() {
    return switch (read()) {
      case BYTES -> {
        source.take(buffer.array(), buffer.position());
        heard();
        yield true;
      }
      case FILE_ENDED -> {
        source.endFile();
        heard();
        yield true;
      }
      case NOTHING -> {
        silence();
        yield false;
      }
      case ENDED -> {
        end();
        yield false;
      }
    };
  }

  private Step read() {
    try {
      return input.read(buffer.clear());
    } catch (IOException unreadable) {
      throw new Failure("can't be read", name, "set audit.input to a file, or to -", unreadable);
    }
  }

  private void heard() {
    heardNanos = clocks.nanoTime().getAsLong();
    isDirty = true;
    if (source.tally().corruptLines() >= CORRUPT_ONLY_MAX) {
      refuseGarbage();
    }
  }

  private void silence() {
    if (isSilent() && source.holds() && input.silent()) {
      source.flush();
      isDirty = true;
    }
  }

  private boolean isSilent() {
    return clocks.nanoTime().getAsLong() - heardNanos >= SILENCE.toNanos();
  }

  private void end() {
    source.endFile();
    refuseGarbage();
    hasEnded = true;
    stopped("the input has ended");
  }

  private void stopped(String reason) {
    if (!input.isRemembered()) {
      source.endFile();
      source.flush();
    }
    say(new Fact.AgentStopping(reason));
  }

  private void refuseGarbage() {
    Tally tally = source.tally();
    if (tally.records() == 0 && tally.corruptLines() > 0) {
      throw new Failure(
          "none of %d lines is a record of audit (%s)"
              .formatted(tally.corruptLines(), tally.reasons().getFirst()),
          name,
          "a record begins with type=NAME msg=audit(TIME:SERIAL):");
    }
  }

  /// Once all that was made is published, what was read by then is settled with it.
  private void settle(boolean isLast) {
    if (outbox.isEmpty() && (isDirty || isLast)) {
      isDirty = false;
      Header here = numbering.here();
      outbox.reached(
          new Checkpoint(
              ++mark,
              List.of(
                  new Progress(Header.AGENT_CPU, numbers.last(here.capture()), 0),
                  new Progress(Header.AUDIT_CPU, here.sequence(), 0))));
    }
    if (outbox.isEmpty()) {
      input.published(mark, isLast);
    }
    outbox.settled().ifPresent(settled -> input.acknowledged(settled.position()));
  }

  /// For the first time as soon as it is known of what time what is read is.
  private void beat() {
    long now = clocks.nanoTime().getAsLong();
    boolean isDue =
        isIntroduced
            ? now - beatNanos >= heartbeatNanos
            : numbering.here().sequence() > 0 || (isSilent() && !source.holds());
    if (isDue && !hasEnded) {
      isIntroduced = true;
      beatNanos = now;
      say(heartbeat());
    }
  }

  /// While there is more to read, the time of this host is that of what was read last.
  private void say(Fact fact) {
    boolean isCurrent = isSilent() && !source.holds();
    outbox.say(
        isCurrent
            ? numbering.ofHost(clocks.millis().getAsLong(), fact)
            : numbering.own(numbering.here(), fact));
    isDirty = true;
  }

  private Fact heartbeat() {
    List<Progress> settled = outbox.settled().map(Checkpoint::progress).orElse(List.of());
    return new Fact.Heartbeat(
        Heartbeats.watermarks(settled),
        settled.stream().mapToLong(Progress::delivered).sum(),
        0,
        new Fact.Shortfalls(
            List.of(), OptionalLong.empty(), 0, source.tally().corruptLines(), outbox.refused()),
        Fact.Canary.NONE,
        0,
        Optional.of(report));
  }

  /// Reads no more; says so. What is held of a log that is followed is told by the next agent.
  void stop(String reason) {
    if (!hasEnded) {
      hasEnded = true;
      stopped(reason);
    }
  }

  /// Whether the input has ended.
  boolean hasEnded() {
    return hasEnded;
  }

  /// One turn that reads nothing.
  ///
  /// @return whether everything is acknowledged, and kept
  boolean settled() {
    outbox.doWork();
    settle(outbox.isEmpty() && hasEnded);
    return outbox.isSettled();
  }

  /// How it is, after a turn.
  ///
  /// @param publisher to which it publishes
  /// @param window at which that acknowledges
  Sighting sighting(
      Publisher publisher, AckWindow window, Map<String, Long> masked, Filter.Tally filtered) {
    return new Sighting(
        balance(publisher.spool(), window.count()),
        Optional.empty(),
        publisher.spool(),
        new Troubles(List.of(), Optional.empty(), 0, 0),
        outbox.refused(),
        0,
        masked,
        filtered,
        Canary.Report.NONE,
        Optional.of(figures()));
  }

  private Balance balance(Optional<SpoolFigures> spool, AckWindow.Count count) {
    return new Balance(
        Map.of(
            Balance.Source.AUDIT,
            outbox.made(),
            Balance.Source.AGENT,
            numbers.total() + spool.map(SpoolFigures::unnumbered).orElse(0L),
            Balance.Source.SPOOL,
            spool.map(SpoolFigures::found).orElse(0L),
            Balance.Source.AGAIN,
            spool.map(SpoolFigures::again).orElse(0L)),
        spool.map(SpoolFigures::inKafka).orElse(count.safe()),
        spool.map(SpoolFigures::events).orElse(0L),
        outbox.waiting() + count.open() + spool.map(SpoolFigures::own).orElse(0L),
        0,
        0,
        spool.map(SpoolFigures::shed).orElse(Map.of()),
        Map.of(
            Balance.Cause.REFUSED,
            count.replaced() + spool.map(SpoolFigures::refused).orElse(0L),
            Balance.Cause.SPOOL_DAMAGED,
            spool.map(SpoolFigures::damaged).orElse(0L)));
  }

  private AuditFigures figures() {
    Tally tally = source.tally();
    return new AuditFigures(
        tally.records(),
        tally.events(),
        tally.missingSerials(),
        tally.corruptByReason(),
        Map.of("late", tally.lateRecords(), "too_many", tally.overlongRecords()),
        Map.of(
            "no_task", tally.eventsWithoutTask(),
            "thread", tally.threadEvents(),
            "late_fork", tally.lateForks()),
        input.log());
  }
}
