package io.tasktrail.bench;

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
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;

/// The events of a made-up host, as its kernel would number them: sessions below a service, and
/// short commands below their shells, seven execs from the root. Of 100 forks 78 execute something
/// and 93 exit while it is watched; no event is lost. The same number makes the same host.
final class BusyHost {

  private static final double EXECUTES = 0.78;
  private static final double EXITS = 0.93;
  private static final int SHELLS = 4;
  private static final int RUNNING = 8;
  private static final long STEP_NANOS = 200_000;
  private static final long WALL_OFFSET_NANOS = 1_700_000_000_000_000_000L;
  private static final Credentials USER = new Credentials(1000, 1000, 1000, 1000, 1000, 3);
  private static final List<String> LINEAGE =
      List.of(
          "/usr/lib/systemd/systemd",
          "/usr/sbin/sshd",
          "/usr/sbin/sshd",
          "/usr/bin/bash",
          "/usr/bin/make",
          "/usr/bin/dash");
  private static final List<String> COMMANDS =
      List.of(
          "/usr/bin/gcc", "/usr/bin/sed", "/usr/bin/grep", "/usr/bin/mkdir", "/usr/bin/install");

  /// A task as the kernel knows it.
  private record Live(TaskKey key, TaskKey parent, long execCount, String comm) {}

  private final Random random;
  private final Header first;
  private final Deque<TaskEvent> next = new ArrayDeque<>();
  private final List<Live> shells = new ArrayList<>();
  private final Deque<Live> running = new ArrayDeque<>();
  private long sequence;
  private long bootNanos = 1_000_000_000L;
  private int pid;

  BusyHost(int number) {
    random = new Random(number);
    first =
        new Header(
            new HostId(new UUID(0x1057, number)),
            "host-" + number,
            new BootId(new UUID(0xB007, number)),
            new CaptureId(new UUID(0xCA97, number)),
            0,
            0,
            0,
            WALL_OFFSET_NANOS);
    for (int i = 0; i < SHELLS; i++) {
      shells.add(shell());
    }
  }

  TaskEvent next() {
    while (next.isEmpty()) {
      step();
    }
    return next.remove();
  }

  private Live shell() {
    Live live = new Live(TaskKey.ROOT, TaskKey.ROOT, 0, "swapper/0");
    for (String image : LINEAGE) {
      live = exec(fork(live), image);
    }
    return live;
  }

  private void step() {
    if (running.size() < RUNNING) {
      Live child = fork(shells.get(random.nextInt(SHELLS)));
      boolean executes = random.nextDouble() < EXECUTES;
      running.add(executes ? exec(child, COMMANDS.get(random.nextInt(COMMANDS.size()))) : child);
    } else if (random.nextDouble() < EXITS) {
      exit(running.remove());
    } else {
      running.remove();
    }
  }

  private Live fork(Live creator) {
    TaskKey child = new TaskKey(++pid, bootNanos + STEP_NANOS);
    add(new Fact.Forked(actor(creator), child, creator.key(), 0x0120_0000, 4711));
    return new Live(child, creator.key(), creator.execCount(), creator.comm());
  }

  private Live exec(Live before, String path) {
    ByteText executable = ByteText.of(path);
    Live after =
        new Live(
            before.key(),
            before.parent(),
            before.execCount() + 1,
            executable.baseName().toString());
    add(
        new Fact.Executed(
            actor(after),
            after.parent(),
            after.key().pid(),
            new Image(executable, ByteText.EMPTY, executable, 0x80_0001, pid, false, false),
            arguments(path, "-o", "target/object-" + pid + ".o", "src/main/part-" + pid + ".c"),
            new Place(
                ByteText.of("/home/builder/project"),
                "pts3",
                new Place.Namespaces(
                    4_026_531_836L, 4_026_531_841L, 4_026_531_840L, 4_026_531_837L),
                4711)));
    return after;
  }

  private void exit(Live live) {
    add(
        new Fact.Exited(
            actor(live),
            live.parent(),
            OptionalInt.of(0),
            OptionalInt.empty(),
            false,
            1_234_567,
            4096,
            512));
  }

  private static Actor actor(Live live) {
    return new Actor(live.key(), live.execCount(), ByteText.of(live.comm()), USER);
  }

  private static Arguments arguments(String... values) {
    List<ByteText> texts = List.of(values).stream().map(ByteText::of).toList();
    long bytes = texts.stream().mapToLong(text -> text.length() + 1).sum();
    return new Arguments(texts, texts.size(), bytes, false);
  }

  private void add(Fact fact) {
    bootNanos += STEP_NANOS;
    sequence++;
    next.add(
        new TaskEvent(
            new Header(
                first.host(),
                first.hostName(),
                first.boot(),
                first.capture(),
                first.cpu(),
                sequence,
                bootNanos,
                first.wallOffsetNanos()),
            fact));
  }
}
