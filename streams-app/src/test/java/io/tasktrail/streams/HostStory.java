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
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/// What happens on one host, told by what its kernel would say: numbers, times and exec counts are
/// kept as the kernel keeps them.
public final class HostStory {

  /// Between two events.
  public static final long STEP_NANOS = 1_000_000;

  private static final Credentials ROOT =
      new Credentials(0, 0, 0, 0, Credentials.UNSET, Credentials.UNSET);
  private static final long BEGUN_NANOS = 1_000_000_000L;
  private static final long WALL_OFFSET_NANOS = 1_700_000_000_000_000_000L;
  private static final long HOSTS_MAX = 1_000_000;
  private static final long CLONES_APART = 1_000_000;

  private final HostId host;
  private final BootId boot;
  private final CaptureId capture;
  private final Map<Integer, Long> sequences = new HashMap<>();
  private final Map<TaskKey, Long> execCounts = new HashMap<>();
  private final long number;
  private final long boots;
  private final long wallOffsetNanos;
  private long bootNanos = BEGUN_NANOS;
  private int nextPid = 1;

  public HostStory(int number) {
    this(number, 0, WALL_OFFSET_NANOS);
  }

  private HostStory(long number, long boots, long wallOffsetNanos) {
    this.number = number;
    this.boots = boots;
    this.wallOffsetNanos = wallOffsetNanos;
    long bootNumber = number + boots * HOSTS_MAX;
    host = new HostId(new UUID(0x1057, number));
    boot = new BootId(new UUID(0xB007, bootNumber));
    capture = new CaptureId(new UUID(0xCA97, bootNumber));
    execCounts.put(TaskKey.ROOT, 0L);
  }

  /// The same host after the next boot.
  public HostStory rebooted() {
    return new HostStory(number, boots + 1, wallOffsetNanos + bootNanos);
  }

  /// Another machine with the same host id.
  ///
  /// @param copy tells the copies of one host apart, 1 or more
  public HostStory cloned(int copy) {
    return new HostStory(number, copy * CLONES_APART, wallOffsetNanos);
  }

  public HostId host() {
    return host;
  }

  public String key() {
    return host.toString();
  }

  public TaskId id(TaskKey task) {
    return new TaskId(host, boot, task);
  }

  /// The capture begins, before anything runs.
  public TaskEvent armed() {
    return event(Header.AGENT_CPU, new Fact.AgentStarted("test", 1, 1, "test", 1 << 20));
  }

  /// Time passes, and nothing else happens.
  public TaskEvent heartbeat(long laterNanos) {
    bootNanos += laterNanos;
    return event(
        Header.AGENT_CPU,
        new Fact.Heartbeat(List.of(), 0, 0, Fact.Shortfalls.NONE, Fact.Canary.NONE));
  }

  /// The agent ends in good order.
  public TaskEvent stopping() {
    return event(Header.AGENT_CPU, new Fact.AgentStopping("test"));
  }

  /// A key for a task that [#fork] will make.
  public TaskKey newTask() {
    return new TaskKey(nextPid++, bootNanos + STEP_NANOS);
  }

  public TaskEvent fork(TaskKey creator, TaskKey child) {
    execCounts.put(child, execCounts.get(creator));
    return event(0, new Fact.Forked(actor(creator, "creator"), child, creator, 0, 1));
  }

  public TaskEvent exec(TaskKey task, String path, String... arguments) {
    execCounts.merge(task, 1L, Long::sum);
    ByteText executable = ByteText.of(path);
    return event(
        0,
        new Fact.Executed(
            actor(task, executable.baseName().toString()),
            TaskKey.ROOT,
            task.pid(),
            new Image(executable, ByteText.EMPTY, executable, 1, 2, false, false),
            arguments(arguments),
            new Place(ByteText.of("/"), "", new Place.Namespaces(1, 2, 3, 4), 1)));
  }

  public TaskEvent exit(TaskKey task) {
    return event(
        0,
        new Fact.Exited(
            actor(task, "ended"),
            TaskKey.ROOT,
            OptionalInt.of(0),
            OptionalInt.empty(),
            false,
            false,
            1,
            2,
            3));
  }

  /// An exec that the kernel refuses.
  public TaskEvent execFailed(TaskKey task, String path) {
    return event(0, new Fact.ExecFailed(actor(task, "tries"), ByteText.of(path), 2));
  }

  public TaskEvent signal(TaskKey sender, TaskKey target, int signal) {
    return event(
        0, new Fact.Signalled(actor(sender, "sender"), target, signal, 0, SignalOrigin.TASK));
  }

  /// The end by a signal.
  public TaskEvent killed(TaskKey task, int signal) {
    return event(
        0,
        new Fact.Exited(
            actor(task, "ended"),
            TaskKey.ROOT,
            OptionalInt.empty(),
            OptionalInt.of(signal),
            false,
            false,
            1,
            2,
            3));
  }

  /// A snapshot of who is alive.
  public List<TaskEvent> snapshot(Collection<TaskKey> alive) {
    List<TaskEvent> events = new ArrayList<>();
    events.add(event(Header.SNAPSHOT_CPU, new Fact.SnapshotStarted()));
    for (TaskKey task : alive) {
      ByteText executable = ByteText.of("/seen");
      events.add(
          event(
              Header.SNAPSHOT_CPU,
              new Fact.TaskSeen(actor(task, "seen"), TaskKey.ROOT, executable, false, false, 1)));
    }
    events.add(event(Header.SNAPSHOT_CPU, new Fact.SnapshotFinished(alive.size())));
    return events;
  }

  /// So many events are lost, and the agent says so.
  public TaskEvent lost(int count) {
    long last = sequences.merge(0, (long) count, Long::sum);
    return event(
        Header.AGENT_CPU,
        new Fact.EventsLost(
            0,
            last - count + 1,
            last,
            List.of(),
            Fact.LossCause.RING_FULL,
            bootNanos - STEP_NANOS,
            bootNanos));
  }

  public TaskEvent load(TaskKey task, String module) {
    return event(0, new Fact.ModuleLoaded(actor(task, "modprobe"), ByteText.of(module), 0));
  }

  public TaskEvent unload(TaskKey task, String module) {
    return event(0, new Fact.ModuleUnloaded(actor(task, "rmmod"), ByteText.of(module)));
  }

  private Actor actor(TaskKey task, String comm) {
    return new Actor(task, execCounts.get(task), ByteText.of(comm), ROOT);
  }

  private static Arguments arguments(String... values) {
    List<ByteText> texts = Arrays.stream(values).map(ByteText::of).toList();
    long bytes = texts.stream().mapToLong(text -> text.length() + 1).sum();
    return new Arguments(texts, texts.size(), bytes, false);
  }

  /// Whatever the host may say.
  public TaskEvent event(int cpu, Fact fact) {
    bootNanos += STEP_NANOS;
    long sequence = sequences.merge(cpu, 1L, Long::sum);
    return new TaskEvent(
        new Header(host, "host", boot, capture, cpu, sequence, bootNanos, wallOffsetNanos), fact);
  }
}
