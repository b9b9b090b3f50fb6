package io.tasktrail.agent;

import io.tasktrail.agent.follow.Step;
import io.tasktrail.agent.ring.Checkpoint;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.event.AgentReport;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// One turn takes what is new of the input, once what was taken before is published: so a chunk and
/// what is held bound the memory. A turn never waits. Not for use by several threads at once.
final class RecordAgent {

  /// So long nothing comes before what is held is taken for complete: what auditd itself waits.
  static final Duration SILENCE = Duration.ofSeconds(2);

  private final String name;
  private final RecordInput input;
  private final RecordSource source;
  private final RecordOutbox outbox;
  private final RecordNumbering numbering;
  private final OwnNumbers numbers;
  private final Clocks clocks;
  private final AgentReport report;
  private final long heartbeatNanos;
  private final ByteBuffer buffer = ByteBuffer.allocate(RecordInput.CHUNK_BYTES);
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
  RecordAgent(
      String name,
      RecordInput input,
      RecordSource source,
      RecordOutbox outbox,
      RecordNumbering numbering,
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
  /// @throws Failure if the input can't be read, or holds something else
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
    refuseGarbage(false);
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
    refuseGarbage(true);
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

  private void refuseGarbage(boolean isOver) {
    Optional<Failure> refusal = source.refusal(name, isOver);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  /// Once all that was made is published, what was read by then is settled with it.
  private void settle(boolean isLast) {
    if (outbox.isEmpty() && (isDirty || isLast)) {
      isDirty = false;
      long own = numbers.last(numbering.here().capture());
      List<Progress> reached = new ArrayList<>(source.reached());
      reached.addFirst(new Progress(Header.AGENT_CPU, own, 0));
      outbox.reached(new Checkpoint(++mark, reached));
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

  /// While there is more of an archive to read, the time of this host is that of what was read
  /// last.
  private void say(Fact fact) {
    boolean isCurrent = source.isLive() || (isSilent() && !source.holds());
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
        settled.stream().mapToLong(each -> each.delivered() - each.lost()).sum(),
        settled.stream().mapToLong(Progress::lost).sum(),
        new Fact.Shortfalls(
            List.of(), OptionalLong.empty(), 0, source.malformed(), outbox.refused()),
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
}
