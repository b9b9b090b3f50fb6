package io.tasktrail.sink;

import io.tasktrail.event.Actor;
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
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.Notice;
import io.tasktrail.event.Omitted;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// What the fold has to tell of more than one task, of none, or once more.
public final class Told {

  private static final HostId HOST = new HostId(new UUID(1, 1));
  private static final BootId BOOT = new BootId(new UUID(2, 2));
  private static final TaskKey INIT = new TaskKey(1, 100);
  private static final TaskKey VICTIM = new TaskKey(50, 5_000);
  private static final TaskKey SENDER = new TaskKey(60, 6_000);

  private Told() {}

  /// All of it.
  public static List<AuditEvent> all() {
    AuditEvent killed =
        AuditEvent.of(
                event(
                    new Fact.Exited(
                        actor(VICTIM),
                        INIT,
                        OptionalInt.empty(),
                        OptionalInt.of(9),
                        false,
                        false,
                        1,
                        2,
                        3)),
                task(VICTIM))
            .with(Optional.of(task(SENDER)));
    LoadedModule module =
        new LoadedModule(
            HOST, BOOT, text("evil"), 4096, OptionalLong.of(7_000), Optional.of(task(SENDER)));
    return List.of(
        AuditEvent.of(
                event(new Fact.Signalled(actor(SENDER), VICTIM, 9, 0, SignalOrigin.TASK)),
                task(SENDER))
            .with(Optional.of(task(VICTIM))),
        killed,
        killed.corrected(task(VICTIM)),
        AuditEvent.of(event(new Fact.ModuleUnloaded(actor(VICTIM), text("evil"))), task(VICTIM))
            .about(Optional.of(module)),
        AuditEvent.of(
            event(new Fact.ModuleLoadFailed(actor(VICTIM), text("m"), 129)), task(VICTIM)),
        AuditEvent.of(event(new Fact.ExecFailed(actor(VICTIM), text("/x"), 2)), task(VICTIM))
            .seen(Optional.of(true)),
        AuditEvent.of(event(new Fact.ModuleSeen(text("dummy"), 1))),
        AuditEvent.of(killed.event(), Notice.ofTask(Notice.Kind.HISTORY_CORRECTED), task(SENDER)),
        AuditEvent.of(
            killed.event(), Notice.ofBoot(Notice.Kind.BOOT_ENDED, new BootId(new UUID(3, 3)))));
  }

  private static TaskEvent event(Fact fact) {
    Header header =
        new Header(HOST, "web-1", BOOT, new CaptureId(new UUID(4, 4)), 0, 1, 9_000_000_000L, 77);
    return new TaskEvent(header, fact);
  }

  private static Actor actor(TaskKey task) {
    return new Actor(task, 2, text("sh"), new Credentials(0, 0, 0, 0, 1000, 3));
  }

  private static AuditedTask task(TaskKey key) {
    return new AuditedTask(
        new TaskId(HOST, BOOT, key),
        TaskOrigin.OBSERVED,
        text("sh\0-c\0ls"),
        new AuditedTask.Parent(INIT, text("init"), text("/sbin/init"), text("init\0--login")),
        Optional.of(new AuditedTask.Parent(INIT, text("init"), ByteText.EMPTY, ByteText.EMPTY)),
        new History(
            List.of(
                Link.ROOT,
                new Link(2, key, text("sh"), text("/bin/sh"), 0, 1000, 8_000, LinkSource.EXECUTED)),
            Omitted.NONE,
            2,
            List.of(new Doubt(1, 1, Doubt.Reason.LOST, Optional.of(new UUID(5, 5))))));
  }

  private static ByteText text(String text) {
    return ByteText.of(text);
  }
}
