package io.tasktrail.streams;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Image;
import io.tasktrail.event.Place;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;

/// Events of a host that contradict each other and themselves: times at the ends of what a number
/// holds, pids that no kernel gives, tasks that are their own ancestors.
final class AbsurdEvents {

  private static final long[] NUMBERS = {
    Long.MIN_VALUE, -1, 0, 1, 2, 3, 7, 20, 1L << 31, Long.MAX_VALUE - 1, Long.MAX_VALUE
  };
  private static final int[] PIDS = {Integer.MIN_VALUE, -1, 0, 1, 2, 3, Integer.MAX_VALUE};
  private static final Fact.LossCause[] CAUSES = Fact.LossCause.values();

  private final HostId host;
  private final Random random;

  AbsurdEvents(int number, Random random) {
    host = new HostId(new UUID(0xAB5, number));
    this.random = random;
  }

  TaskEvent next() {
    Header header =
        new Header(
            host,
            "absurd",
            new BootId(new UUID(0xB007, random.nextInt(4))),
            new CaptureId(new UUID(0xCA97, random.nextInt(10))),
            random.nextBoolean() ? random.nextInt(6) - 3 : pid(),
            random.nextBoolean() ? random.nextInt(100) : number(),
            number(),
            number());
    return new TaskEvent(header, fact());
  }

  private Fact fact() {
    return switch (random.nextInt(14)) {
      case 0, 1 -> new Fact.Forked(actor(), task(), task(), number(), number());
      case 2, 3 -> executed();
      case 4 ->
          new Fact.Exited(
              actor(), task(), maybe(), maybe(), true, false, number(), number(), number());
      case 5 -> new Fact.TaskSeen(actor(), task(), text(), chance(), chance(), number());
      case 6 -> new Fact.Signalled(actor(), task(), pid(), pid(), SignalOrigin.TASK);
      case 7 -> new Fact.ModuleLoaded(actor(), text(), number());
      case 8 -> new Fact.ModuleUnloaded(actor(), text());
      case 9 -> new Fact.SnapshotStarted();
      case 10 -> new Fact.SnapshotFinished(number());
      case 11 -> new Fact.AgentStarted("", pid(), number(), "", number());
      case 12 -> new Fact.ModuleSeen(text(), number());
      default ->
          new Fact.EventsLost(
              pid(),
              number(),
              number(),
              List.of(),
              CAUSES[random.nextInt(CAUSES.length)],
              number(),
              number());
    };
  }

  private Fact executed() {
    return new Fact.Executed(
        actor(),
        task(),
        pid(),
        new Image(text(), text(), text(), number(), number(), chance(), chance()),
        new Arguments(List.of(text()), number(), number(), chance()),
        new Place(text(), "", new Place.Namespaces(1, 2, 3, 4), number()));
  }

  private Actor actor() {
    long id = number();
    return new Actor(task(), number(), text(), new Credentials(id, id, id, id, id, id));
  }

  private TaskKey task() {
    return new TaskKey(pid(), number());
  }

  /// Nothing, or not UTF-8.
  private ByteText text() {
    byte[] bytes = new byte[random.nextInt(3)];
    random.nextBytes(bytes);
    return ByteText.of(bytes);
  }

  private OptionalInt maybe() {
    return chance() ? OptionalInt.of(pid()) : OptionalInt.empty();
  }

  private boolean chance() {
    return random.nextBoolean();
  }

  private int pid() {
    return PIDS[random.nextInt(PIDS.length)];
  }

  private long number() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }
}
