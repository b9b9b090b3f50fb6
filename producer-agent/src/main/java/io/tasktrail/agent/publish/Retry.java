package io.tasktrail.agent.publish;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When to try again, and what to say of it: each reason once, not each try.
final class Retry {

  /// Between two tries. A refusal waits twice as long each time, up to [#PAUSE_MAX].
  static final Duration PAUSE = Duration.ofSeconds(1);

  /// A fleet with a wrong password must not storm the brokers.
  static final Duration PAUSE_MAX = Duration.ofSeconds(30);

  /// After so long what is still in the way is said again.
  static final Duration SAY_AGAIN = Duration.ofHours(1);

  /// Different reasons that are said until then.
  static final int SAID_MAX = 8;

  private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

  private final LongSupplier nanoTime;

  /// Guards what follows: an acknowledgement comes from any thread.
  private final Set<String> said = new HashSet<>();

  private long saidSince;
  private long refusalPause = PAUSE.toNanos();
  private volatile boolean isTroubled;
  private long notBefore;

  Retry(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.notBefore = nanoTime.getAsLong();
  }

  boolean isDue() {
    return nanoTime.getAsLong() - notBefore >= 0;
  }

  /// Something is in the way.
  ///
  /// @param who of the two that are asked, with its address
  void later(String who, Exception cause) {
    Obstacle obstacle = Obstacle.of(cause);
    notBefore = nanoTime.getAsLong() + pause(obstacle);
    String fix = obstacle.fix().map(way -> ": " + way).orElse("");
    if (isNews(who + ": " + obstacle.what())) {
      LOG.warn(
          "can't publish, trying again, the events are kept: {}: {}{}", who, obstacle.what(), fix);
    }
  }

  private synchronized long pause(Obstacle obstacle) {
    if (!obstacle.isRefusal()) {
      return PAUSE.toNanos();
    }
    long pause = refusalPause;
    refusalPause = Math.min(2 * pause, PAUSE_MAX.toNanos());
    return pause;
  }

  /// Whether to say it. Brokers may give different reasons in turn, and a reason may hold a number.
  synchronized boolean isNews(String reason) {
    long now = nanoTime.getAsLong();
    if (said.isEmpty() || now - saidSince >= SAY_AGAIN.toNanos()) {
      said.clear();
      saidSince = now;
    }
    isTroubled = true;
    return said.size() < SAID_MAX && said.add(reason);
  }

  /// It is not any more. Called from any thread.
  void over() {
    if (isTroubled) {
      end();
    }
  }

  private synchronized void end() {
    if (isTroubled) {
      isTroubled = false;
      said.clear();
      refusalPause = PAUSE.toNanos();
      LOG.info("publishing again");
    }
  }
}
