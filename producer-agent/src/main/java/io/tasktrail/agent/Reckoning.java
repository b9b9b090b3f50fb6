package io.tasktrail.agent;

import io.tasktrail.agent.health.Balance;
import io.tasktrail.agent.health.Balance.Cause;
import io.tasktrail.agent.health.Balance.Source;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.agent.ring.Capture;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.event.Header;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Adds up where each event is, over all captures that this agent reads, see [Balance].
final class Reckoning {

  private final AckWindow window;
  private final Publisher publisher;
  private Capture capture;
  private Level begin = Level.ZERO;

  /// Of captures that are over.
  private Level ended = Level.ZERO;

  private long passedOver;

  /// How far a capture is.
  ///
  /// @param numbered by the kernel
  /// @param read of those, or declared lost
  /// @param lost of those that are read
  /// @param own numbers that agents took
  /// @param ownLost of those, what nobody will know of
  private record Level(long numbered, long read, long lost, long own, long ownLost) {

    static final Level ZERO = new Level(0, 0, 0, 0, 0);

    /// Where nothing is in the ring.
    static Level of(List<Progress> progress) {
      Level level = ZERO;
      for (Progress each : progress) {
        level =
            each.cpu() == Header.AGENT_CPU
                ? level.plus(new Level(0, 0, 0, each.delivered(), each.lost()))
                : level.plus(new Level(0, each.delivered(), each.lost(), 0, 0));
      }
      return level.withNumbered(level.read);
    }

    Level withNumbered(long count) {
      return new Level(count, read, lost, own, ownLost);
    }

    Level plus(Level other) {
      return new Level(
          numbered + other.numbered,
          read + other.read,
          lost + other.lost,
          own + other.own,
          ownLost + other.ownLost);
    }

    Level minus(Level other) {
      return new Level(
          numbered - other.numbered,
          read - other.read,
          lost - other.lost,
          own - other.own,
          ownLost - other.ownLost);
    }
  }

  /// @param capture that nobody began to read yet
  Reckoning(AckWindow window, Publisher publisher, Capture capture) {
    this.window = window;
    this.publisher = publisher;
    begin(capture);
  }

  private void begin(Capture next) {
    capture = next;
    begin = Level.of(next.settled());
  }

  /// The capture is over; nobody began to read the next one yet.
  void goOn(Capture next) {
    Level last = since();
    ended = ended.plus(last);
    passedOver += last.numbered() - last.read();
    begin(next);
  }

  /// Since this agent began to read the capture. What is numbered is asked for last: it is never
  /// less than what is read.
  private Level since() {
    Level now = Level.of(capture.progress());
    return now.withNumbered(capture.numbered()).minus(begin);
  }

  /// Of everything, now.
  Balance balance() {
    Level now = since();
    Level all = ended.plus(now);
    AckWindow.Count count = window.count();
    Optional<SpoolFigures> spool = publisher.spool();
    long notRead = now.numbered() - now.read();
    boolean isOver = capture.isOver();
    return new Balance(
        Map.of(
            Source.KERNEL, all.numbered(),
            Source.AGENT, all.own() + spool.map(SpoolFigures::unnumbered).orElse(0L),
            Source.SPOOL, spool.map(SpoolFigures::found).orElse(0L),
            Source.AGAIN, spool.map(SpoolFigures::again).orElse(0L)),
        spool.map(SpoolFigures::inKafka).orElse(count.safe()),
        spool.map(SpoolFigures::events).orElse(0L),
        count.open() + spool.map(SpoolFigures::own).orElse(0L),
        isOver ? 0 : notRead,
        passedOver + (isOver ? notRead : 0),
        spool.map(SpoolFigures::shed).orElse(Map.of()),
        Map.of(
            Cause.RING_FULL, all.lost(),
            Cause.AGENT_KILLED, all.ownLost(),
            Cause.REFUSED, count.replaced() + spool.map(SpoolFigures::refused).orElse(0L),
            Cause.SPOOL_DAMAGED, spool.map(SpoolFigures::damaged).orElse(0L)));
  }
}
