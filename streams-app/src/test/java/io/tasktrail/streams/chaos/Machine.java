package io.tasktrail.streams.chaos;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.streams.HostStory;
import java.util.List;
import java.util.Random;

/// A host over all its boots, behind its wire: what it sent before a boot may arrive after it.
final class Machine {

  private static final int EVENTS_A_BOOT = 1500;

  private final Random random;
  private final UnreliableWire wire;
  private HostStory story;
  private EventfulHost host;

  Machine(HostStory story, Random random) {
    this.random = random;
    wire = new UnreliableWire(random);
    boot(story);
  }

  private void boot(HostStory next) {
    story = next;
    host = new EventfulHost(story, random);
  }

  /// What arrives next, if anything.
  List<TaskEvent> next() {
    if (random.nextInt(EVENTS_A_BOOT) == 0) {
      boot(story.rebooted());
    }
    return wire.carry(host.next());
  }
}
