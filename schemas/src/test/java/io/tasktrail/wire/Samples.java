package io.tasktrail.wire;

import io.tasktrail.event.Actor;
import io.tasktrail.event.AgentReport;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Birth;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Doubt;
import io.tasktrail.event.Fact;
import io.tasktrail.event.FatalSignal;
import io.tasktrail.event.FirstSeen;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.HostId;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.Image;
import io.tasktrail.event.Lineage;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.ModuleOrigin;
import io.tasktrail.event.Notice;
import io.tasktrail.event.Occasion;
import io.tasktrail.event.Omitted;
import io.tasktrail.event.Place;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import io.tasktrail.event.UserNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// One of each kind, with hostile bytes where the kernel allows any.
final class Samples {

  static final HostId HOST = new HostId(UUID.fromString("6d4c1c9e-7b0a-4c53-9a6f-0c1d2e3f4a5b"));
  static final BootId BOOT = new BootId(UUID.fromString("0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f0"));
  static final CaptureId CAPTURE =
      new CaptureId(UUID.fromString("11111111-2222-4333-8444-555555555555"));

  private static final ByteText HOSTILE =
      ByteText.of(new byte[] {'x', '=', '\n', (byte) 0xFF, '>'});
  private static final ByteText COMMAND_LINE = ByteText.of("sh\0-c\0ls");
  private static final ByteText DOMAIN = ByteText.of("<kernel> /sbin/init /bin/\\377");
  private static final TaskKey PARENT = new TaskKey(100, 5_000_000_001L);
  private static final TaskKey TASK = new TaskKey(4242, 7_000_000_001L);
  private static final Actor ACTOR =
      new Actor(TASK, 3, HOSTILE, new Credentials(1000, 0, 1000, 0, Credentials.UNSET, 7));

  private static final AgentReport REPORT =
      new AgentReport("0.1.0", "capture", "6.1.0", "amd64", "unit", List.of("masking", "spool"));
  private static final ModuleOrigin ORIGIN =
      new ModuleOrigin(
          HOSTILE, 8 << 20 | 1, 77, ByteText.of("numdummies=1"), true, ByteText.of(new byte[32]));

  private static final Cgroup CGROUP =
      new Cgroup(HOSTILE, "0123456789abcdef".repeat(4), "docker", "user@1000.service", "app.scope");

  private Samples() {}

  static List<Fact> facts() {
    return List.of(
        new Fact.Forked(ACTOR, new TaskKey(4243, 8), PARENT, 0x0120_0011, 77),
        new Fact.Executed(
            ACTOR,
            PARENT,
            4250,
            new Image(
                ByteText.of("./s.sh"),
                ByteText.of("/bin/sh"),
                HOSTILE,
                8L << 20 | 1,
                99,
                true,
                false),
            new Arguments(List.of(HOSTILE, ByteText.EMPTY), 100_000, 700_000, true),
            new Place(
                ByteText.of("/root"), "pts0", new Place.Namespaces(1, 2, 3, 4_026_531_837L), 77)),
        new Fact.Exited(
            ACTOR, PARENT, OptionalInt.of(255), OptionalInt.empty(), false, false, 12, 34, 56),
        new Fact.TaskSeen(ACTOR, PARENT, HOSTILE, true, false, 77),
        new Fact.ModuleLoaded(ACTOR, ByteText.of("dummy"), 4096),
        new Fact.ModuleUnloaded(ACTOR, ByteText.of("dummy")),
        new Fact.SnapshotStarted(),
        new Fact.SnapshotFinished(251),
        new Fact.EventsLost(
            1, 10, 19, List.of(new Fact.LostOfKind("exec", 10)), Fact.LossCause.RING_FULL, 5, 6),
        new Fact.AgentStarted("0.1.0", 4000, 123, "demo", 8L << 20),
        new Fact.AgentStopping("SIGTERM"),
        new Fact.Heartbeat(
            List.of(new Fact.Watermark(0, 9), new Fact.Watermark(-2, 1)),
            8,
            1,
            Fact.Shortfalls.NONE,
            Fact.Canary.NONE),
        new Fact.ExecFailed(ACTOR, HOSTILE, 2),
        new Fact.Signalled(ACTOR, PARENT, 9, -6, SignalOrigin.TASK),
        new Fact.ModuleLoadFailed(ACTOR, ByteText.of("dummy"), 126),
        Fact.EventsLost.unnumbered(List.of(new Fact.LostOfKind("fork", 3)), 5, 6),
        new Fact.Heartbeat(
            List.of(),
            8,
            1,
            new Fact.Shortfalls(
                List.of(new Fact.LostOfKind("exec", 1)), OptionalLong.of(3), 4, 5, 6),
            new Fact.Canary(OptionalLong.of(7), true),
            8,
            Optional.of(REPORT)),
        new Fact.Executed(
            ACTOR,
            PARENT,
            4242,
            new Image(
                ByteText.of("mysql"),
                ByteText.EMPTY,
                ByteText.of("/bin/mysql"),
                1,
                2,
                false,
                false),
            new Arguments(
                List.of(ByteText.of("mysql"), ByteText.of("-p***")),
                2,
                14,
                false,
                List.of("mysql", "url")),
            new Place(ByteText.of("/"), "", new Place.Namespaces(1, 2, 3, 4), 77)),
        new Fact.Executed(
            ACTOR,
            PARENT,
            4242,
            new Image(HOSTILE, HOSTILE, HOSTILE, 1, 2, true, true, 3, ByteText.of(new byte[32])),
            Arguments.NONE,
            new Place(ByteText.of("/"), "", new Place.Namespaces(1, 2, 3, 4), 77, CGROUP, 1L << 22),
            new UserNames("alice", "root", "carol")),
        new Fact.TaskSeen(ACTOR, PARENT, HOSTILE, true, false, 77)
            .in(CGROUP)
            .with(new Arguments(List.of(HOSTILE, HOSTILE), 3, 20, true, List.of("password"))),
        new Fact.ModuleSeen(ByteText.of("dummy"), 1 << 12),
        new Fact.ModuleLoaded(ACTOR, ByteText.of("dummy"), 4096, ORIGIN),
        new Fact.ModuleLoadFailed(ACTOR, ByteText.of("dummy"), 126, ORIGIN),
        new Fact.ModuleSeen(ByteText.of("hides"), 0, List.of(Fact.ModuleView.values())),
        new Fact.ModuleRequested(ACTOR, ByteText.of("net-pf-21")),
        new Fact.AuditRecord(
            ACTOR,
            List.of("USER_CMD"),
            List.of(ByteText.of("sudo")),
            Fact.AuditOutcome.SUCCESS,
            4_294_967_295L,
            ByteText.of("type=USER_CMD msg=audit(1.002:4294967295): pid=1"),
            true,
            new Arguments(
                List.of(ByteText.of("mysql"), ByteText.of("-p***")),
                2,
                14,
                false,
                List.of("mysql"))),
        new Fact.Executed(
            ACTOR,
            PARENT,
            4242,
            new Image(ByteText.EMPTY, ByteText.EMPTY, ByteText.of("/bin/a"), 1, 2, false, false),
            new Arguments(List.of(ByteText.of("a")), 1, 2, false).asBestEffort(),
            new Place(ByteText.of("/"), "", new Place.Namespaces(1, 2, 3, 4), 0)),
        new Fact.EventsLost(3, 10, 19, List.of(), Fact.LossCause.SOCKET_FULL, 5, 6));
  }

  static TaskEvent event(Fact fact) {
    return new TaskEvent(
        new Header(HOST, "web-1", BOOT, CAPTURE, 1, 42, 9_000_000_001L, 1_790_000_000_000_000_000L),
        fact);
  }

  static List<TaskEvent> events() {
    List<TaskEvent> events = new ArrayList<>(facts().stream().map(Samples::event).toList());
    TaskEvent loud = events.getFirst();
    events.add(new TaskEvent(loud.header().quieted(), loud.fact()));
    return events;
  }

  static List<TaskHistory> taskHistories() {
    TaskHistory born =
        TaskHistory.born(
            new TaskId(HOST, BOOT, TASK),
            new Birth(PARENT, 2),
            PARENT,
            HOSTILE,
            HOSTILE,
            history());
    TaskHistory found =
        TaskHistory.found(
            new TaskId(HOST, BOOT, TASK), PARENT, TaskOrigin.SNAPSHOT, HOSTILE, history());
    return List.of(
        born,
        found,
        born.heard(HOSTILE, Optional.of(new TaskKey(1, 1)), History.ROOT)
            .signalled(
                new FatalSignal(9, auditedTask(Optional.of(parent())), SignalOrigin.OUT_OF_MEMORY))
            .seenAt(98, ByteText.EMPTY)
            .endedAt(99));
  }

  static List<LoadedModule> loadedModules() {
    ByteText name = ByteText.of("dummy");
    return List.of(
        new LoadedModule(HOST, BOOT, name, 0, OptionalLong.empty(), Optional.empty()),
        new LoadedModule(
            HOST,
            BOOT,
            name,
            4096,
            OptionalLong.of(17),
            Optional.of(auditedTask(Optional.empty()))));
  }

  static List<Lineage> lineages() {
    return List.of(
        new Lineage(HOST, DOMAIN, 5, 7, 9, Optional.empty()),
        new Lineage(HOST, DOMAIN, 5, 5, 1, Optional.of(occasion())));
  }

  static List<HostStatus> hostStatuses() {
    return List.of(
        new HostStatus(
            HOST,
            "web",
            BOOT,
            CAPTURE,
            HostStatus.State.RUNNING,
            7,
            8,
            9,
            10,
            new Fact.Canary(OptionalLong.of(11), false),
            Optional.of(REPORT)),
        new HostStatus(
            HOST,
            "",
            BOOT,
            CAPTURE,
            HostStatus.State.STOPPED,
            7,
            0,
            0,
            0,
            Fact.Canary.NONE,
            Optional.empty()));
  }

  static List<FirstSeen> firstSeen() {
    return lineages().stream().map(lineage -> FirstSeen.of(lineage, 3)).toList();
  }

  private static Occasion occasion() {
    return Occasion.of(event(facts().getFirst()).header());
  }

  /// One of each kind, each notice, and one with all that may be told beside an event.
  static List<AuditEvent> auditEvents() {
    List<AuditEvent> audits = new ArrayList<>();
    facts().forEach(fact -> audits.add(auditEvent(fact)));
    TaskEvent event = event(facts().getLast());
    AuditedTask task = auditedTask(Optional.of(parent()));
    for (Notice.Kind kind : Notice.Kind.values()) {
      audits.add(AuditEvent.of(event, Notice.ofTask(kind), task));
      audits.add(AuditEvent.of(event, Notice.ofBoot(kind, BOOT)));
    }
    audits.add(
        AuditEvent.of(event, task)
            .with(Optional.of(auditedTask(Optional.empty())))
            .about(Optional.of(loadedModules().getLast()))
            .seen(Optional.of(true)));
    audits.add(AuditEvent.of(event, task).seen(Optional.of(false)));
    audits.add(
        AuditEvent.of(killed(), task)
            .endedBy(new FatalSignal(9, task, SignalOrigin.OUT_OF_MEMORY)));
    audits.add(AuditEvent.of(event(new Fact.Unrecognized(Long.MIN_VALUE, HOSTILE))));
    return audits;
  }

  private static TaskEvent killed() {
    return event(
        new Fact.Exited(
            ACTOR, PARENT, OptionalInt.empty(), OptionalInt.of(9), false, true, 12, 34, 56));
  }

  private static AuditEvent auditEvent(Fact fact) {
    AuditedTask task = auditedTask(Optional.empty());
    return fact instanceof Fact.OfTask
        ? AuditEvent.of(event(fact), task).corrected(task)
        : AuditEvent.of(event(fact));
  }

  /// A task of this host and boot.
  static AuditedTask auditedTask(Header of) {
    return new AuditedTask(
        of.taskId(TASK), TaskOrigin.OBSERVED, COMMAND_LINE, parent(), Optional.empty(), history());
  }

  private static AuditedTask auditedTask(Optional<AuditedTask.Parent> reaper) {
    return new AuditedTask(
        new TaskId(HOST, BOOT, TASK),
        TaskOrigin.SNAPSHOT,
        ByteText.EMPTY,
        parent(),
        reaper,
        history());
  }

  private static AuditedTask.Parent parent() {
    return new AuditedTask.Parent(PARENT, HOSTILE, ByteText.of("/bin/sh"), ByteText.of("sh\0-c"));
  }

  private static History history() {
    return new History(
        List.of(
            Link.ROOT,
            new Link(1, PARENT, HOSTILE, ByteText.of("/init"), 0, 1000, 17, LinkSource.SEEN),
            new Link(7, TASK, HOSTILE, ByteText.of("/bin/x"), 5, 6, 18, LinkSource.EXECUTED)),
        new Omitted(2, ByteText.of(new byte[] {1, 2, (byte) 0x83})),
        8,
        List.of(
            new Doubt(2, 4, Doubt.Reason.LOST, Optional.of(new UUID(1, 2))),
            new Doubt(8, 8, Doubt.Reason.BEFORE_CAPTURE, Optional.empty())));
  }
}
