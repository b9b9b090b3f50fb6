package io.tasktrail.agent.health;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Where the agent's thread posts what it sees, for whoever asks: one thread posts, any reads.
public final class Board {

  /// Between two posts while something happens; while nothing does, nothing is posted.
  public static final Duration INTERVAL = Duration.ofMillis(500);

  private final LongSupplier nanoTime;
  private volatile long turned;
  private volatile Optional<Post> newest = Optional.empty();

  /// Whether something may have happened that no post shows. For the agent's thread, as the next.
  private boolean hasMore = true;

  private boolean isAtRest;

  /// @param sighting what was seen
  /// @param nanos when
  /// @param acknowledgedNanos when the number of acknowledged events grew last; of an agent that
  ///     has none yet, when it began
  /// @param quietNanos when something was acknowledged last, or nothing waited for it
  record Post(Sighting sighting, long nanos, long acknowledgedNanos, long quietNanos) {}

  /// @param nanoTime nanoseconds of a clock that only goes forward
  public Board(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.turned = nanoTime.getAsLong();
  }

  /// The agent's thread did a turn.
  ///
  /// @param atRest nothing is on its way: what is seen now will be seen until something happens
  /// @return whether it is time to post
  public boolean turned(boolean atRest) {
    long now = nanoTime.getAsLong();
    turned = now;
    isAtRest = atRest;
    hasMore |= !atRest;
    return hasMore && newest.map(post -> now - post.nanos() >= INTERVAL.toNanos()).orElse(true);
  }

  /// How long the agent's thread may rest, so that what happened last is posted in time.
  ///
  /// @param mostNanos how long it would
  public long restNanos(long mostNanos) {
    if (!hasMore || newest.isEmpty()) {
      return mostNanos;
    }
    long left = INTERVAL.toNanos() - since(newest.get().nanos()).toNanos();
    return Math.clamp(left, 0, mostNanos);
  }

  /// Posts what is seen now.
  public void post(Sighting sighting) {
    hasMore = !isAtRest;
    long now = nanoTime.getAsLong();
    long before = newest.map(post -> post.sighting().balance().acknowledged()).orElse(0L);
    boolean more = sighting.balance().acknowledged() > before;
    boolean quiet = more || sighting.balance().waiting() == 0;
    newest =
        Optional.of(
            new Post(
                sighting,
                now,
                more ? now : newest.map(Post::acknowledgedNanos).orElse(now),
                quiet ? now : newest.map(Post::quietNanos).orElse(now)));
  }

  /// The newest post; empty before the agent reads a capture.
  Optional<Post> newest() {
    return newest;
  }

  /// How long ago the agent's thread did a turn.
  Duration sinceTurn() {
    return since(turned);
  }

  Duration since(long nanos) {
    return Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - nanos));
  }
}
