package io.tasktrail.formats;

import io.tasktrail.event.Actor;
import io.tasktrail.event.AgentReport;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Doubt;
import io.tasktrail.event.Fact;
import io.tasktrail.event.FatalSignal;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Image;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.ModuleOrigin;
import io.tasktrail.event.Notice;
import io.tasktrail.event.Omitted;
import io.tasktrail.event.Place;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import io.tasktrail.event.UserNames;
import io.tasktrail.formats.facts.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// What there is to write: one event of each kind, and more.
///
/// @param text what a process chose, wherever a process may choose something
public record Samples(ByteText text) {

  public static final Samples PLAIN = new Samples(ByteText.of("sh"));

  /// 2026-11-20T17:33:00.123456789Z, less the boot time of the event.
  private static final long OFFSET_NANOS = 1_795_195_980_123_456_789L - 9_000_000_000L;

  private static final HostId HOST =
      new HostId(UUID.fromString("6d4c1c9e-7b0a-4c53-9a6f-0c1d2e3f4a5b"));
  private static final BootId BOOT =
      new BootId(UUID.fromString("0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f0"));
  private static final CaptureId CAPTURE =
      new CaptureId(UUID.fromString("11111111-2222-4333-8444-555555555555"));
  private static final TaskKey PARENT = new TaskKey(100, 5_000_000_000L);
  private static final TaskKey TASK = new TaskKey(4242, 7_000_000_000L);

  /// Another task, of which the fact says nothing.
  public static final TaskKey OTHER = new TaskKey(77, 6_500_000_000L);

  public static final BootId OTHER_BOOT =
      new BootId(UUID.fromString("77777777-4b5a-4978-8695-a4b3c2d1e0f0"));

  /// More than any of the command lines here has.
  private static final int MOST_BYTES = 1 << 20;

  /// One of each kind, and what may come with it.
  public List<AuditEvent> all() {
    List<AuditEvent> all = new ArrayList<>(facts().stream().map(this::event).toList());
    all.addAll(
        List.of(
            loggedIn(TASK),
            newLineage(),
            longHistory(),
            reparented(),
            killed(),
            signal(),
            unload()));
    all.addAll(notices());
    return all;
  }

  /// The same events with numbers of their own: 1, 2, 3, …
  public static List<AuditEvent> numbered(List<AuditEvent> events) {
    List<AuditEvent> numbered = new ArrayList<>();
    for (AuditEvent event : events) {
      Header header = event.event().header();
      Header own =
          new Header(
              header.host(),
              header.hostName(),
              header.boot(),
              header.capture(),
              header.cpu(),
              numbered.size() + 1,
              header.bootNanos(),
              header.wallOffsetNanos());
      numbered.add(
          new AuditEvent(
              new TaskEvent(own, event.event().fact()),
              event.revision(),
              event.notice(),
              event.task(),
              event.other(),
              event.module(),
              event.firstSeenOnHost(),
              event.signalOrigin()));
    }
    return numbered;
  }

  public AuditEvent only(Class<? extends Fact> kind) {
    return facts().stream().filter(kind::isInstance).map(this::event).findFirst().orElseThrow();
  }

  public AuditEvent exit(OptionalInt code, OptionalInt signal, boolean core) {
    return event(new Fact.Exited(actor(), PARENT, code, signal, core, false, 12, 34, 56));
  }

  public AuditEvent event(Fact fact) {
    TaskEvent event = new TaskEvent(header(fact), fact);
    return switch (fact) {
      case Fact.Executed executed ->
          AuditEvent.of(event, task(executed.actor().task()).withoutCommandLine());
      case Fact.OfTask ofTask -> AuditEvent.of(event, task(Subject.of(ofTask)));
      case Fact.OfCapture _ -> AuditEvent.of(event);
    };
  }

  private Header header(Fact fact) {
    return new Header(
        HOST,
        text.toString(),
        BOOT,
        CAPTURE,
        fact instanceof Fact.OfTask ? 1 : Header.AGENT_CPU,
        42,
        9_000_000_000L,
        OFFSET_NANOS);
  }

  /// An exec of what was never executed on the host before.
  public AuditEvent newLineage() {
    return only(Fact.Executed.class).seen(Optional.of(true));
  }

  /// An exec of a shell that somebody got by ssh, or within it.
  public AuditEvent loggedIn(TaskKey task) {
    AuditEvent exec = only(Fact.Executed.class);
    TaskKey shell = new TaskKey(300, 3_000_000_000L);
    History history =
        new History(
            List.of(
                Link.ROOT,
                link(1, new TaskKey(1, 1_000_000_000L), "systemd", Credentials.UNSET),
                link(2, new TaskKey(200, 2_000_000_000L), "sshd", Credentials.UNSET),
                link(3, shell, "bash", 1000),
                new Link(4, task, text, text, 0, 1000, 9_000_000_000L, LinkSource.EXECUTED)),
            Omitted.NONE,
            4,
            List.of());
    AuditedTask known = exec.task().orElseThrow();
    return AuditEvent.of(
        exec.event(),
        new AuditedTask(
            new TaskId(HOST, BOOT, task),
            known.origin(),
            known.commandLine(),
            new AuditedTask.Parent(shell, text, ByteText.EMPTY, ByteText.EMPTY),
            Optional.empty(),
            history));
  }

  private static Link link(long ordinal, TaskKey task, String name, long auid) {
    ByteText comm = ByteText.of(name);
    ByteText path = ByteText.of("/usr/bin/" + name);
    long startNanos = task.startNanos() + 1_000_000;
    return new Link(ordinal, task, comm, path, 0, auid, startNanos, LinkSource.EXECUTED);
  }

  /// An exit of a task whose parent ended before it.
  public AuditEvent reparented() {
    AuditEvent exit = only(Fact.Exited.class);
    AuditedTask.Parent reaper =
        new AuditedTask.Parent(new TaskKey(1, 1_000_000_000L), text, text, ByteText.EMPTY);
    AuditedTask task = exit.task().orElseThrow();
    return AuditEvent.of(
        exit.event(),
        new AuditedTask(
            task.id(),
            task.origin(),
            task.commandLine(),
            task.parent(),
            Optional.of(reaper),
            task.history()));
  }

  /// A death whose cause is known.
  public AuditEvent killed() {
    return exit(OptionalInt.empty(), OptionalInt.of(9), false)
        .endedBy(new FatalSignal(9, task(OTHER), SignalOrigin.TASK));
  }

  /// A death for want of memory.
  public AuditEvent killedForMemory() {
    Fact.Exited end =
        new Fact.Exited(
            actor(), PARENT, OptionalInt.empty(), OptionalInt.of(9), false, true, 12, 34, 56);
    return event(end).endedBy(new FatalSignal(9, task(OTHER), SignalOrigin.OUT_OF_MEMORY));
  }

  /// A signal to a task that is known.
  public AuditEvent signal() {
    return only(Fact.Signalled.class).with(Optional.of(task(OTHER)));
  }

  /// An unload of what was seen to be loaded.
  public AuditEvent unload() {
    return unload(OptionalLong.of(8_500_000_000L), Optional.of(task(OTHER)));
  }

  public AuditEvent unload(OptionalLong loadedNanos, Optional<AuditedTask> loader) {
    return only(Fact.ModuleUnloaded.class)
        .about(Optional.of(new LoadedModule(HOST, BOOT, text, 4096, loadedNanos, loader)));
  }

  /// One of each kind, on the occasion of the exec of another task.
  public List<AuditEvent> notices() {
    return Arrays.stream(Notice.Kind.values()).map(this::notice).toList();
  }

  public AuditEvent notice(Notice.Kind kind) {
    TaskEvent occasion = only(Fact.Executed.class).event();
    return switch (kind) {
      case HISTORY_CORRECTED, TASK_VANISHED ->
          AuditEvent.of(occasion, Notice.ofTask(kind), task(OTHER));
      case BOOT_ENDED, HOST_ID_SHARED -> AuditEvent.of(occasion, Notice.ofBoot(kind, OTHER_BOOT));
    };
  }

  public List<Fact> facts() {
    List<Fact> facts = new ArrayList<>(ofTasks());
    facts.addAll(ofCapture());
    return facts;
  }

  private List<Fact> ofTasks() {
    return List.of(
        new Fact.Forked(actor(), new TaskKey(4243, 8_000_000_000L), PARENT, 0x0120_0011, 77),
        new Fact.Executed(
            actor(),
            PARENT,
            4250,
            image(),
            arguments(),
            place(),
            new UserNames("alice", "root", text.toString())),
        new Fact.ExecFailed(actor(), text, 2),
        new Fact.Signalled(actor(), OTHER, 15, -6, SignalOrigin.TASK),
        new Fact.Exited(
            actor(), PARENT, OptionalInt.of(255), OptionalInt.empty(), false, false, 12, 34, 56),
        new Fact.TaskSeen(actor(), PARENT, text, true, false, 77).in(cgroup()).with(arguments()),
        new Fact.ModuleLoaded(actor(), text, 4096, origin()),
        new Fact.ModuleRequested(actor(), text),
        new Fact.AuditRecord(
            actor(),
            List.of("SYSCALL", "PATH"),
            List.of(text),
            Fact.AuditOutcome.FAILURE,
            7,
            text,
            true,
            arguments()),
        new Fact.ModuleUnloaded(actor(), text),
        new Fact.ModuleLoadFailed(actor(), text, 129, origin()));
  }

  private ModuleOrigin origin() {
    return new ModuleOrigin(text, 8 << 20 | 1, 77, text, true, ByteText.of(new byte[32]));
  }

  private List<Fact> ofCapture() {
    return List.of(
        new Fact.SnapshotStarted(),
        new Fact.ModuleSeen(text, 4096, List.of(Fact.ModuleView.values())),
        new Fact.SnapshotFinished(251),
        new Fact.EventsLost(
            1,
            10,
            19,
            List.of(new Fact.LostOfKind(text.toString(), 10)),
            Fact.LossCause.RING_FULL,
            5,
            6),
        new Fact.AgentStarted(text.toString(), 4000, 123, text.toString(), 8L << 20),
        new Fact.AgentStopping(text.toString()),
        new Fact.Heartbeat(
            List.of(new Fact.Watermark(0, 9), new Fact.Watermark(-2, 1)),
            8,
            1,
            new Fact.Shortfalls(
                List.of(new Fact.LostOfKind(text.toString(), 1)), OptionalLong.of(3), 4, 5, 6),
            new Fact.Canary(OptionalLong.of(7), true),
            8,
            Optional.of(
                new AgentReport(
                    text.toString(),
                    "capture",
                    text.toString(),
                    "amd64",
                    text.toString(),
                    List.of("masking", text.toString())))),
        new Fact.Unrecognized(0x0123_4567_89AB_CDEFL, text));
  }

  private Actor actor() {
    return new Actor(TASK, 3, text, new Credentials(1000, 0, 1001, 2, 1000, 7));
  }

  private Image image() {
    return new Image(
        text,
        text,
        text,
        8L << 20 | 1,
        99,
        true,
        false,
        1_763_659_800_000_000_123L,
        ByteText.of(new byte[32]));
  }

  private Arguments arguments() {
    return new Arguments(List.of(text, ByteText.EMPTY, text), 100_000, 700_000, true);
  }

  private Place place() {
    return new Place(
        text, text.toString(), new Place.Namespaces(1, 2, 3, 4_026_531_837L), 77, cgroup(), 7);
  }

  private Cgroup cgroup() {
    return new Cgroup(
        text, "0123456789abcdef".repeat(4), "podman", "user@1000.service", "libpod.scope");
  }

  public AuditedTask task(TaskKey key) {
    return new AuditedTask(
        new TaskId(HOST, BOOT, key),
        TaskOrigin.SNAPSHOT,
        commandLine("--all"),
        new AuditedTask.Parent(PARENT, text, text, commandLine("-c")),
        Optional.empty(),
        key.equals(OTHER) ? history(OTHER, 8_000_000_000L) : history(TASK, 9_000_000_000L));
  }

  private ByteText commandLine(String option) {
    return new Arguments(List.of(text, ByteText.EMPTY, ByteText.of(option)), 3, 0, false)
        .joined(MOST_BYTES);
  }

  /// @param task which executed last, at that time
  private History history(TaskKey task, long startNanos) {
    return new History(
        List.of(
            Link.ROOT,
            new Link(2, PARENT, text, text, 0, 1000, 6_000_000_000L, LinkSource.SEEN),
            new Link(3, task, text, text, 5, Credentials.UNSET, startNanos, LinkSource.EXECUTED)),
        Omitted.NONE,
        3,
        List.of(new Doubt(1, 1, Doubt.Reason.LOST, Optional.of(new UUID(1, 2)))));
  }

  /// A history of which a bound left out the middle.
  public AuditEvent longHistory() {
    AuditEvent exec = only(Fact.Executed.class);
    AuditedTask task = exec.task().orElseThrow();
    History whole = task.history();
    History cut =
        new History(
            whole.links(),
            new Omitted(1, ByteText.of(new byte[] {1, 2, (byte) 0x83})),
            whole.execCount(),
            List.of());
    return AuditEvent.of(exec.event(), task).corrected(task.with(cut));
  }
}
