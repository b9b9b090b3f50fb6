package io.tasktrail.streams.chaos;

import io.tasktrail.event.TaskEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What comes between a host and the topic: some events are lost, some arrive late and some twice.
final class UnreliableWire {

  private static final int LOST_PERCENT = 1;
  private static final int LATE_PERCENT = 2;
  private static final int ARRIVES_AT_LAST_PERCENT = 5;
  private static final int TWICE_PERCENT = 2;
  private static final int REMEMBERED = 100;

  private final Random random;
  private final List<TaskEvent> held = new ArrayList<>();
  private final List<TaskEvent> carried = new ArrayList<>();

  UnreliableWire(Random random) {
    this.random = random;
  }

  /// What arrives when this is sent.
  List<TaskEvent> carry(TaskEvent event) {
    List<TaskEvent> arrives = new ArrayList<>();
    if (chance(LATE_PERCENT)) {
      held.add(event);
    } else if (!chance(LOST_PERCENT)) {
      arrives.add(event);
      remember(event);
    }
    if (!held.isEmpty() && chance(ARRIVES_AT_LAST_PERCENT)) {
      arrives.add(held.remove(random.nextInt(held.size())));
    }
    if (chance(TWICE_PERCENT) && !carried.isEmpty()) {
      arrives.add(carried.get(random.nextInt(carried.size())));
    }
    return arrives;
  }

  private void remember(TaskEvent event) {
    carried.add(event);
    if (carried.size() > REMEMBERED) {
      carried.removeFirst();
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
