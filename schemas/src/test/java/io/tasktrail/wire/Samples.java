package io.tasktrail.wire;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Doubt;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Image;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.Omitted;
import io.tasktrail.event.Place;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
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
  private static final TaskKey PARENT = new TaskKey(100, 5_000_000_001L);
  private static final TaskKey TASK = new TaskKey(4242, 7_000_000_001L);
  private static final Actor ACTOR =
      new Actor(TASK, 3, HOSTILE, new Credentials(1000, 0, 1000, 0, Credentials.UNSET, 7));

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
        new Fact.Exited(ACTOR, PARENT, OptionalInt.of(255), OptionalInt.empty(), false, 12, 34, 56),
        new Fact.TaskSeen(ACTOR, PARENT, HOSTILE, true, false, 77),
        new Fact.ModuleLoaded(ACTOR, ByteText.of("dummy"), 4096),
        new Fact.ModuleUnloaded(ACTOR, ByteText.of("dummy")),
        new Fact.SnapshotStarted(),
        new Fact.SnapshotFinished(251),
        new Fact.EventsLost(
            1, 10, 19, List.of(new Fact.LostOfKind("exec", 10)), Fact.LossCause.RING_FULL, 5, 6),
        new Fact.AgentStarted("0.1.0", 4000, 123, "demo", 8L << 20),
        new Fact.AgentStopping("SIGTERM"),
        new Fact.Heartbeat(List.of(new Fact.Watermark(0, 9), new Fact.Watermark(-2, 1)), 8, 1));
  }

  static TaskEvent event(Fact fact) {
    return new TaskEvent(
        new Header(HOST, "web-1", BOOT, CAPTURE, 1, 42, 9_000_000_001L, 1_790_000_000_000_000_000L),
        fact);
  }

  static TaskHistory taskHistory() {
    return new TaskHistory(
        new TaskId(HOST, BOOT, TASK),
        PARENT,
        TaskOrigin.OBSERVED,
        HOSTILE,
        history(),
        OptionalLong.of(99));
  }

  static AuditEvent auditEvent(Fact fact) {
    return new AuditEvent(
        event(fact),
        2,
        fact instanceof Fact.OfTask
            ? Optional.of(
                new AuditedTask(
                    new TaskId(HOST, BOOT, TASK),
                    TaskOrigin.SNAPSHOT,
                    new AuditedTask.Parent(PARENT, HOSTILE, ByteText.of("/bin/sh")),
                    history()))
            : Optional.empty());
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
