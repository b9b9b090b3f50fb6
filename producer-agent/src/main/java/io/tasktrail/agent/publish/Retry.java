package io.tasktrail.agent.publish;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When to try again, and what to say of it: each new reason once, not each try.
final class Retry {

  /// Between two tries.
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

  private final LongSupplier nanoTime;
  private final AtomicReference<String> said = new AtomicReference<>("");
  private long notBefore;

  Retry(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.notBefore = nanoTime.getAsLong();
  }

  boolean isDue() {
    return nanoTime.getAsLong() - notBefore >= 0;
  }

  /// Something is in the way.
  void later(String who, Exception cause) {
    notBefore = nanoTime.getAsLong() + PAUSE.toNanos();
    String reason = who + ": " + Reason.of(cause);
    if (!reason.equals(said.getAndSet(reason))) {
      LOG.warn("can't publish, trying again, the events are kept: {}", reason);
    }
  }

  /// It is not any more. Called from any thread.
  void over() {
    if (!said.get().isEmpty() && !said.getAndSet("").isEmpty()) {
      LOG.info("publishing again");
    }
  }
}
