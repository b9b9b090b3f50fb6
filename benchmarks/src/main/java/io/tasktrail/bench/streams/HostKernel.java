package io.tasktrail.bench.streams;

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
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.UUID;

/// Numbers and remembers the events of a made-up host, as its kernel would. No event is lost; one
/// comes each 10 ms, as on a host that starts 37 programs a second.
final class HostKernel {

  /// A task as the kernel knows it.
  record Live(TaskKey key, TaskKey parent, long execCount, String comm) {}

  static final Live ROOT = new Live(TaskKey.ROOT, TaskKey.ROOT, 0, "swapper/0");

  private static final long HOST = 0x1057;
  private static final long STEP_NANOS = 10_000_000;
  private static final long WALL_OFFSET_NANOS = 1_700_000_000_000_000_000L;
  private static final Credentials USER = new Credentials(1000, 1000, 1000, 1000, 1000, 3);
  private static final Place PLACE =
      new Place(
          ByteText.of("/home/builder/work/project/modules/streaming"),
          "pts3",
          new Place.Namespaces(4_026_531_836L, 4_026_531_841L, 4_026_531_840L, 4_026_531_837L),
          4711);

  private final Header first;
  private final Queue<TaskEvent> said = new ArrayDeque<>();
  private long sequence;
  private long bootNanos = 1_000_000_000L;
  private int pid;
  private int live;

  HostKernel(int number) {
    first =
        new Header(
            hostId(number),
            "build-%03d.eu-central.example.internal".formatted(number),
            new BootId(new UUID(0xB007, number)),
            new CaptureId(new UUID(0xCA97, number)),
            0,
            0,
            0,
            WALL_OFFSET_NANOS);
  }

  static HostId hostId(int number) {
    return new HostId(new UUID(HOST, number));
  }

  Live fork(Live creator) {
    live++;
    TaskKey child = new TaskKey(++pid, bootNanos + STEP_NANOS);
    say(new Fact.Forked(actor(creator), child, creator.key(), 0x0120_0000, 4711));
    return new Live(child, creator.key(), creator.execCount(), creator.comm());
  }

  Live exec(Live before, String path) {
    ByteText executable = ByteText.of(path);
    long count = before.execCount() + 1;
    Live after = new Live(before.key(), before.parent(), count, executable.baseName().toString());
    Image image = new Image(executable, ByteText.EMPTY, executable, 0x80_0001, pid, false, false);
    int thread = after.key().pid();
    say(new Fact.Executed(actor(after), after.parent(), thread, image, arguments(path), PLACE));
    return after;
  }

  void exit(Live task) {
    live--;
    say(
        new Fact.Exited(
            actor(task),
            task.parent(),
            OptionalInt.of(0),
            OptionalInt.empty(),
            false,
            false,
            1_234_567,
            4096,
            512));
  }

  /// What was said first and not taken yet; null if nothing.
  TaskEvent poll() {
    return said.poll();
  }

  int live() {
    return live;
  }

  private static Actor actor(Live task) {
    return new Actor(task.key(), task.execCount(), ByteText.of(task.comm()), USER);
  }

  private Arguments arguments(String path) {
    List<ByteText> words =
        List.of(
            ByteText.of(path),
            ByteText.of("-O2"),
            ByteText.of("-g"),
            ByteText.of("-Wall"),
            ByteText.of("-Wextra"),
            ByteText.of("-fstack-protector-strong"),
            ByteText.of("-D_FORTIFY_SOURCE=2"),
            ByteText.of("-Isrc/main/include"),
            ByteText.of("-Itarget/generated-sources/include"),
            ByteText.of("-DVERSION=\"2026.11.20-release\""),
            ByteText.of("-ffile-prefix-map=/home/builder/work/project=."),
            ByteText.of("-c"),
            ByteText.of("-o"),
            ByteText.of("target/object-" + pid + ".o"),
            ByteText.of("src/main/part-" + pid + ".c"));
    long bytes = words.stream().mapToLong(word -> word.length() + 1).sum();
    return new Arguments(words, words.size(), bytes, false);
  }

  private void say(Fact fact) {
    bootNanos += STEP_NANOS;
    sequence++;
    said.add(
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
