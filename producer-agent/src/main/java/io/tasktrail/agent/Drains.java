package io.tasktrail.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Those who wait until everything captured before they asked is acknowledged.
///
/// Any thread asks; the agent's thread does the rest.
final class Drains {

  private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private volatile boolean over;
  private volatile Drains heir;

  private record Waiting(CompletableFuture<Void> done, long position, long counts) {

    boolean isOver(long released, long counted) {
      return position <= released && counts < counted;
    }
  }

  /// Completed once it is so; cancelled when the agent ends before.
  CompletableFuture<Void> ask() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    take(done);
    return done;
  }

  private void take(CompletableFuture<Void> done) {
    asked.add(done);
    if (over) {
      done.cancel(false);
    }
    if (heir != null) {
      moveTo(heir);
    }
  }

  /// Another agent goes on: it will tell those who wait.
  void passTo(Drains next) {
    heir = next;
    waiting.forEach(each -> next.take(each.done()));
    waiting.clear();
    moveTo(next);
  }

  private void moveTo(Drains next) {
    for (var done = asked.poll(); done != null; done = asked.poll()) {
      next.take(done);
    }
  }

  /// Whether somebody asked since then.
  boolean isAsked() {
    return !asked.isEmpty();
  }

  /// Notes how far those who asked since the last time must wait.
  ///
  /// @param written up to where the kernel has written
  /// @param counts how often losses were looked for
  /// @return whether somebody asked
  boolean begin(long written, long counts) {
    boolean any = !asked.isEmpty();
    for (var done = asked.poll(); done != null; done = asked.poll()) {
      waiting.add(new Waiting(done, written, counts));
    }
    return any;
  }

  /// Everything published is acknowledged, the ring given back up to a position, and losses looked
  /// for so many times.
  void settled(long released, long counts) {
    waiting.stream()
        .filter(each -> each.isOver(released, counts))
        .forEach(each -> each.done().complete(null));
    waiting.removeIf(each -> each.isOver(released, counts));
  }

  /// The agent ends: nobody waits any more, nor will.
  void cancel() {
    over = true;
    begin(0, 0);
    waiting.forEach(each -> each.done().cancel(false));
    waiting.clear();
  }
}
