package io.tasktrail.history;

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
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.Place;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;

/// A host that does what comes to its mind, and the plain model of its histories: every task keeps
/// every link. Few pids, so that they come back often.
final class SimulatedHost {

  /// What the host says, and the truth about the task that it speaks of.
  ///
  /// @param commandLine what it was started with; empty of an exec, which says it itself
  record Said(TaskEvent event, List<Link> truth, ByteText commandLine) {}

  private static final class Task {
    private final TaskKey key;
    private TaskKey parent;
    private final boolean kernelThread;
    private List<Link> links = List.of();
    private String comm = "swapper/0";
    private Arguments arguments = Arguments.NONE;
    private boolean executed;

    private Task(TaskKey key, TaskKey parent, boolean kernelThread) {
      this.key = key;
      this.parent = parent;
      this.kernelThread = kernelThread;
    }

    private Task like(Task creator) {
      links = creator.links;
      comm = creator.comm;
      arguments = creator.arguments;
      return this;
    }
  }

  private static final int PIDS = 80;
  private static final long CLONE_PARENT = 0x8000;

  private final Random random;
  private final int cpus;
  private final Map<Integer, Long> sequences = new HashMap<>();
  private final List<Task> alive = new ArrayList<>();
  private final List<Said> said = new ArrayList<>();
  private final CaptureId capture;
  private long nanos = 1_000_000;

  SimulatedHost(long seed) {
    this(seed, 4);
  }

  SimulatedHost(long seed, int cpus) {
    this.cpus = cpus;
    random = new Random(seed);
    capture = new CaptureId(new UUID(4, seed));
    agentStarted();
    Task swapper = new Task(TaskKey.ROOT, TaskKey.ROOT, true);
    Task init = fork(swapper, 1, false, 0);
    exec(init);
    fork(swapper, 2, true, 0);
  }

  /// All that was said so far, in the order of the ring buffer.
  List<Said> said() {
    return List.copyOf(said);
  }

  /// Forgets what was said: nobody listened. Numbers begin again.
  void beginCapture() {
    said.clear();
    sequences.clear();
  }

  void live(int steps) {
    for (int i = 0; i < steps; i++) {
      step(alive.get(random.nextInt(alive.size())));
    }
  }

  /// A snapshot of who is alive, in no particular order.
  List<Said> snapshot() {
    int from = said.size();
    sayOfCapture(Header.SNAPSHOT_CPU, new Fact.SnapshotStarted());
    List<Task> shuffled = new ArrayList<>(alive);
    Collections.shuffle(shuffled, random);
    for (Task task : shuffled) {
      ByteText executable =
          task.links.isEmpty() ? ByteText.EMPTY : task.links.getLast().executable();
      say(
          Header.SNAPSHOT_CPU,
          new Fact.TaskSeen(
                  actor(task), task.parent, executable, !task.executed, task.kernelThread, 1)
              .with(random.nextBoolean() ? task.arguments : Arguments.NONE),
          task);
    }
    sayOfCapture(Header.SNAPSHOT_CPU, new Fact.SnapshotFinished(shuffled.size()));
    return List.copyOf(said.subList(from, said.size()));
  }

  /// An agent starts on a capture that is armed at this moment.
  Said agentStarted() {
    sayOfCapture(Header.AGENT_CPU, new Fact.AgentStarted("test", 9, nanos, "test", 1 << 20));
    return said.getLast();
  }

  private void step(Task task) {
    nanos += 1 + random.nextInt(1_000_000);
    int dice = random.nextInt(100);
    if (dice < 40 && alive.size() < PIDS / 2) {
      fork(task, freePid(), task.kernelThread && random.nextBoolean(), dice < 5 ? CLONE_PARENT : 0);
    } else if (dice < 75 && !task.kernelThread) {
      exec(task);
    } else if (dice < 80) {
      say(cpu(), new Fact.ModuleLoaded(actor(task), ByteText.of("dummy"), 0), task);
    } else if (task.key.pid() > 2) {
      exit(task);
    }
  }

  private Task fork(Task creator, int pid, boolean kernelThread, long flags) {
    TaskKey key = new TaskKey(pid, nanos);
    TaskKey parent = flags == CLONE_PARENT ? creator.parent : creator.key;
    Task child = new Task(key, parent, kernelThread).like(creator);
    say(cpu(), new Fact.Forked(actor(creator), key, parent, flags, 1), child);
    alive.add(child);
    return child;
  }

  private void exec(Task task) {
    task.comm = "c" + random.nextInt(1000);
    task.executed = true;
    ByteText executable = ByteText.of("/bin/" + task.comm);
    List<Link> links = new ArrayList<>(task.links);
    links.add(
        new Link(
            links.size() + 1L,
            task.key,
            ByteText.of(task.comm),
            executable,
            task.key.pid(),
            7,
            nanos,
            LinkSource.EXECUTED));
    task.links = List.copyOf(links);
    ByteText option = ByteText.of("--" + nanos);
    task.arguments = new Arguments(List.of(executable, option), 2, 0, false);
    say(
        cpu(),
        new Fact.Executed(
            actor(task),
            task.parent,
            random.nextInt(10) == 0 ? freePid() : task.key.pid(),
            new Image(executable, ByteText.EMPTY, executable, 1, 1, false, false),
            task.arguments,
            new Place(ByteText.EMPTY, "", new Place.Namespaces(1, 2, 3, 4), 1)),
        task);
  }

  private void exit(Task task) {
    alive.remove(task);
    alive.stream()
        .filter(child -> child.parent.equals(task.key))
        .forEach(child -> child.parent = alive.getFirst().key);
    OptionalInt code = OptionalInt.of(0);
    say(
        cpu(),
        new Fact.Exited(actor(task), task.parent, code, OptionalInt.empty(), false, false, 0, 0, 0),
        task);
  }

  private static Actor actor(Task task) {
    int pid = task.key.pid();
    return new Actor(
        task.key,
        task.links.size(),
        ByteText.of(task.comm),
        new Credentials(pid, pid, 0, 0, 7, Credentials.UNSET));
  }

  private int freePid() {
    int pid = 3 + random.nextInt(PIDS);
    while (taken(pid)) {
      pid = 3 + random.nextInt(PIDS);
    }
    return pid;
  }

  private boolean taken(int pid) {
    return alive.stream().anyMatch(task -> task.key.pid() == pid);
  }

  private int cpu() {
    return random.nextInt(cpus);
  }

  private void say(int cpu, Fact fact, Task task) {
    ByteText commandLine =
        fact instanceof Fact.Executed ? ByteText.EMPTY : task.arguments.joined(Integer.MAX_VALUE);
    said.add(new Said(new TaskEvent(header(cpu), fact), task.links, commandLine));
  }

  private void sayOfCapture(int cpu, Fact fact) {
    said.add(new Said(new TaskEvent(header(cpu), fact), List.of(), ByteText.EMPTY));
  }

  private Header header(int cpu) {
    return new Header(
        new HostId(new UUID(1, 1)),
        "simulated",
        new BootId(new UUID(2, 2)),
        capture,
        cpu,
        sequences.merge(cpu, 1L, Long::sum),
        nanos,
        EventLines.WALL_OFFSET_NANOS);
  }
}
