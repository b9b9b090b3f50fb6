package io.tasktrail.agent.health;

import io.tasktrail.agent.ring.Capture;
import io.tasktrail.agent.ring.KernelEvent;
import io.tasktrail.agent.ring.Troubles;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.LostOfKind;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a program now and then, one at a time, and looks whether its exec is captured: what a
/// capture that fails silently can't tell.
///
///     resting ──interval──▶ started ──its exec is read──▶ seen ──that is safe──▶ resting: back
///                              └──read past its time, and no exec──▶ resting: missing
///
/// A program of which a loss may have been the exec is neither. For the agent's thread alone.
public final class Canary {

  /// For so long an exec may be on its way from the kernel to the one who reads the ring.
  public static final Duration BOUND = Duration.ofSeconds(10);

  /// What the one argument of each canary begins with: what to filter by.
  public static final String MARK = "tasktrail-canary=";

  private static final Logger LOG = LoggerFactory.getLogger(Canary.class);

  /// Starts the programs, without making anybody wait.
  public interface Nest {

    /// Whether the last one is still there, or is about to be.
    boolean isTaken();

    /// Starts one.
    ///
    /// @param mark its only argument
    void start(String mark);

    /// Whether the last one could not be started.
    boolean hasFailed();

    /// Ends what is there.
    void clear();
  }

  /// What became of them.
  ///
  /// @param newest from the exec until it was safe, in nanoseconds, of the last one that came back
  /// @param isMissing the last one was not captured
  /// @param back how many came back
  /// @param missing how many were not captured
  /// @param undecided how many can't be judged: events were lost meanwhile, or none could be
  ///     started
  public record Report(
      OptionalLong newest, boolean isMissing, long back, long missing, long undecided) {

    /// Of no canary.
    public static final Report NONE = new Report(OptionalLong.empty(), false, 0, 0, 0);
  }

  private sealed interface State {

    record Resting(long dueNanos) implements State {}

    record Started(String mark, ByteText text, long nanos, long losses, OptionalLong readPast)
        implements State {}

    record Seen(long token, long execNanos) implements State {}
  }

  private final Nest nest;
  private final long intervalNanos;
  private final String nonce = UUID.randomUUID().toString().substring(0, 8);
  private State state;
  private Report report = Report.NONE;
  private long number;

  /// @param interval between two; zero: none at all
  /// @param bootNanos now
  public Canary(Nest nest, Duration interval, long bootNanos) {
    this.nest = nest;
    this.intervalNanos = interval.toNanos();
    this.state = new State.Resting(bootNanos);
  }

  /// What became of them so far.
  public Report report() {
    return report;
  }

  /// Whether none is out: the next one is due some time.
  public boolean isAtRest() {
    return state instanceof State.Resting;
  }

  /// Does what is due.
  ///
  /// @param isSafe whether what was published under a token is acknowledged
  public void doWork(Capture capture, LongPredicate isSafe) {
    if (intervalNanos == 0) {
      return;
    }
    long now = capture.bootNanos();
    switch (state) {
      case State.Resting(long due) when now >= due -> start(capture, now);
      case State.Started started when now - started.nanos() >= BOUND.toNanos() ->
          overdue(started, capture, now);
      case State.Seen(long token, long execNanos) when isSafe.test(token) ->
          back(now - execNanos, now);
      default -> {
        // It is not time.
      }
    }
  }

  private void start(Capture capture, long now) {
    if (nest.isTaken()) {
      nest.clear();
      rest(now);
      undecided();
      return;
    }
    String mark = MARK + nonce + "-" + ++number;
    state =
        new State.Started(
            mark, ByteText.of(mark), now, losses(capture.troubles()), OptionalLong.empty());
    nest.start(mark);
  }

  /// The ring may be read late: only what was read past the time can tell.
  private void overdue(State.Started started, Capture capture, long now) {
    if (started.readPast().isEmpty()) {
      state =
          new State.Started(
              started.mark(),
              started.text(),
              started.nanos(),
              started.losses(),
              OptionalLong.of(capture.producerPosition()));
    } else if (capture.readPosition() >= started.readPast().getAsLong()) {
      rest(now);
      boolean somethingLost = losses(capture.troubles()) != started.losses();
      if (nest.isTaken() || nest.hasFailed() || somethingLost) {
        undecided();
      } else {
        missing();
      }
    }
  }

  /// Positions are those of another capture from now on.
  public void goOn() {
    if (state instanceof State.Started started) {
      state =
          new State.Started(
              started.mark(),
              started.text(),
              started.nanos(),
              started.losses(),
              OptionalLong.empty());
    }
  }

  /// An event of the kernel was read, and published.
  ///
  /// @param token what `isSafe` knows it by
  public void read(KernelEvent event, long token) {
    if (state instanceof State.Started started
        && event.fact() instanceof Fact.Executed exec
        && isOf(started, exec.arguments().values())) {
      state = new State.Seen(token, event.bootNanos());
    }
  }

  private static boolean isOf(State.Started started, List<ByteText> arguments) {
    return arguments.size() == 2 && arguments.get(1).equals(started.text());
  }

  private void back(long nanos, long now) {
    if (report.isMissing()) {
      LOG.info("the canary is captured again");
    }
    report =
        new Report(
            OptionalLong.of(nanos), false, report.back() + 1, report.missing(), report.undecided());
    rest(now);
  }

  private void missing() {
    if (!report.isMissing()) {
      LOG.error(
          "a program was started {} s ago, and its exec is not captured: the capture is dead;"
              + " see tasktrail-arm --status",
          BOUND.toSeconds());
    }
    report =
        new Report(report.newest(), true, report.back(), report.missing() + 1, report.undecided());
  }

  private void undecided() {
    report =
        new Report(
            report.newest(),
            report.isMissing(),
            report.back(),
            report.missing(),
            report.undecided() + 1);
  }

  private void rest(long now) {
    state = new State.Resting(now + intervalNanos);
  }

  private static long losses(Troubles troubles) {
    return count(troubles.ringFull())
        + troubles.missed().map(Canary::count).orElse(0L)
        + troubles.malformed();
  }

  private static long count(List<LostOfKind> lost) {
    return lost.stream().mapToLong(LostOfKind::count).sum();
  }
}
