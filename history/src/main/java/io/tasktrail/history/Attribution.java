package io.tasktrail.history;

import io.tasktrail.event.Doubt;
import io.tasktrail.event.Doubt.Reason;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Names the announced loss that may hold what a history lacks. Tried whenever the task acts, since
/// a hole may be found before the loss is announced.
///
/// @param nowNanos the time of the event: what it speaks of is not later
record Attribution(BootState state, long nowNanos) {

  /// The task, with the losses named that can be.
  TaskHistory of(TaskHistory task) {
    if (task.history().doubts().stream().noneMatch(Attribution::nameless)) {
      return task;
    }
    List<Doubt> doubts = new ArrayList<>(task.history().doubts());
    doubts.replaceAll(doubt -> nameless(doubt) ? named(task, doubt) : doubt);
    return task.with(task.history().with(doubts));
  }

  /// The loss that may hold the fork of a task: it overlaps its start.
  Optional<UUID> lossOfFork(TaskKey task) {
    return state.ledger().lossWithin(task.startNanos(), task.startNanos());
  }

  private Doubt named(TaskHistory task, Doubt doubt) {
    return switch (doubt.reason()) {
      case LOST -> doubt.in(lossOfExec(task.history(), doubt));
      case CREATOR_UNKNOWN ->
          task.origin() == TaskOrigin.OBSERVED ? doubt : doubt.in(lossOfFork(task.key()));
      case BEFORE_CAPTURE -> doubt;
    };
  }

  /// The loss overlaps the time between the links around the hole.
  private Optional<UUID> lossOfExec(History history, Doubt doubt) {
    long from = 0;
    long to = nowNanos;
    for (Link link : history.links()) {
      if (link.ordinal() < doubt.first()) {
        from = link.startNanos();
      } else if (link.ordinal() > doubt.last() && link.source() == LinkSource.EXECUTED) {
        to = Math.min(to, link.startNanos());
      }
    }
    return state.ledger().lossWithin(from, to);
  }

  private static boolean nameless(Doubt doubt) {
    return doubt.reason() != Reason.BEFORE_CAPTURE && doubt.loss().isEmpty();
  }
}
