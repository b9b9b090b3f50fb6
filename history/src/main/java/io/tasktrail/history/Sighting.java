package io.tasktrail.history;

import static io.tasktrail.history.Settlement.execCount;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Doubt.Reason;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskOrigin;

/// What a snapshot says of a task: its image, and how many were before it.
///
/// @param commandLine as /proc showed it; empty when not known
/// @param watched whether the task started under the eyes of the capture, so that its fork and its
///     execs were captured, or lost, or are still to be read: the first snapshot is delivered
///     before what the ring holds already
record Sighting(
    Fact.TaskSeen seen, ByteText commandLine, Header header, boolean watched, Chains chains) {

  /// A task of which nothing was known. Its own image is certain, unless it should have been
  /// captured.
  TaskHistory ofUnknown() {
    long execCount = execCount(seen.actor());
    History inherited =
        chains.reaching(
            History.ROOT,
            hasOwnImage() ? execCount - 1 : execCount,
            watched ? Reason.CREATOR_UNKNOWN : Reason.BEFORE_CAPTURE);
    History history = watched ? chains.reaching(inherited, execCount, Reason.LOST) : inherited;
    return TaskHistory.found(
            header.taskId(seen.actor().task()),
            seen.parent(),
            TaskOrigin.SNAPSHOT,
            seen.actor().comm(),
            withImage(history))
        .seenAt(header.bootNanos(), commandLine);
  }

  /// A task that was known, and whose history reaches the exec count.
  TaskHistory of(TaskHistory known) {
    TaskOrigin origin =
        known.origin() == TaskOrigin.INFERRED ? TaskOrigin.SNAPSHOT : known.origin();
    boolean current = execCount(seen.actor()) == known.history().execCount();
    return known
        .with(origin, withImage(known.history()))
        .seenAt(header.bootNanos(), current ? commandLine : ByteText.EMPTY);
  }

  private History withImage(History history) {
    return hasOwnImage() ? chains.with(history, image()) : history;
  }

  /// Of a task that has not executed since its fork, it is its creator's.
  private boolean hasOwnImage() {
    return !seen.forkedWithoutExec() && !seen.kernelThread() && execCount(seen.actor()) > 0;
  }

  private Link image() {
    long startNanos = seen.actor().task().startNanos();
    return Link.of(seen.actor(), seen.executable(), startNanos, LinkSource.SEEN);
  }
}
