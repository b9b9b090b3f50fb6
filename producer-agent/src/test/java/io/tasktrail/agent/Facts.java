package io.tasktrail.agent;

import io.tasktrail.event.Actor;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.util.List;
import java.util.OptionalInt;

/// Facts: to publish, and as they were.
public final class Facts {

  private Facts() {}

  /// A task ended.
  public static Fact exited() {
    return new Fact.Exited(
        new Actor(new TaskKey(100, 1), 5, ByteText.of("sleep"), new Credentials(0, 0, 0, 0, 0, 0)),
        new TaskKey(1, 1),
        OptionalInt.of(0),
        OptionalInt.empty(),
        false,
        false,
        1,
        2,
        3);
  }

  static Fact.EventsLost lost(int cpu, long first, long last) {
    return new Fact.EventsLost(cpu, first, last, List.of(), Fact.LossCause.RING_FULL, 1, 2);
  }

  /// Those of a kind among these events.
  static <F extends Fact> List<F> in(List<TaskEvent> events, Class<F> kind) {
    return events.stream().map(TaskEvent::fact).filter(kind::isInstance).map(kind::cast).toList();
  }
}
