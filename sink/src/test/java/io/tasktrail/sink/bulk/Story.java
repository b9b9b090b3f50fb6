package io.tasktrail.sink.bulk;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditEvent;
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
import io.tasktrail.history.Fleet;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;

/// What happens on a host on which two people log in by ssh, one at the console, and cron runs
/// something: told by the fold, as a sink is told it.
final class Story {

  private static final HostId HOST = new HostId(new UUID(7, 7));
  private static final BootId BOOT = new BootId(new UUID(8, 8));
  private static final CaptureId CAPTURE = new CaptureId(new UUID(9, 9));
  private static final long STEP_NANOS = 50_000_000;
  private static final long WALL_OFFSET_NANOS = 1_800_000_000_000_000_000L;
  private static final long NOBODY = Credentials.UNSET;

  private final Fleet fleet = new Fleet(new Fold(FoldLimits.DEFAULT));
  private final List<AuditEvent> told = new ArrayList<>();
  private long sequence;
  private long bootNanos = 1_000_000_000L;
  private int pid;

  /// A task as it is now.
  record Task(TaskKey key, TaskKey parent, long execCount, String comm, long login) {}

  /// Of the one who loads the module.
  final Task session;

  final Task insmod;

  Story() {
    Task root = new Task(TaskKey.ROOT, TaskKey.ROOT, 0, "swapper/0", NOBODY);
    Task init = exec(fork(root, NOBODY), "/usr/lib/systemd/systemd", "systemd");
    Task sshd = exec(fork(init, NOBODY), "/usr/sbin/sshd", "sshd", "-D");
    Task cron = exec(fork(init, NOBODY), "/usr/sbin/cron", "cron");

    session = login(sshd, 1000);
    Task other = login(sshd, 1001);
    Task sudo = exec(fork(session, 1000), "/usr/bin/sudo", "sudo", "insmod", "/tmp/evil.ko");
    exit(exec(fork(other, 1001), "/usr/bin/vi", "vi", "notes"));
    insmod = exec(fork(sudo, 1000), "/usr/sbin/insmod", "insmod", "/tmp/evil.ko");
    say(new Fact.ModuleLoaded(actor(insmod), ByteText.of("evil"), 0x1000));
    exit(insmod);
    exit(sudo);

    Task console = exec(fork(init, NOBODY), "/usr/bin/login", "login");
    exit(exec(exec(fork(console, 1002), "/usr/bin/bash", "-bash"), "/usr/bin/ls", "ls"));
    Task job = exec(fork(cron, NOBODY), "/usr/sbin/modprobe", "modprobe", "dummy");
    say(new Fact.ModuleLoaded(actor(job), ByteText.of("dummy"), 0));
    exit(job);

    Task rmmod = exec(fork(other, 1001), "/usr/sbin/rmmod", "rmmod", "evil");
    say(new Fact.ModuleUnloaded(actor(rmmod), ByteText.of("evil")));
    exit(rmmod);
    exit(other);
    exit(session);
  }

  /// All of it.
  List<AuditEvent> told() {
    return told;
  }

  /// How documents call a task.
  static String entityId(Task task) {
    Header header = new Header(HOST, "web-1", BOOT, CAPTURE, 0, 0, 0, 0);
    return header.taskId(task.key()).uuid().toString();
  }

  /// sshd forks, the child becomes who logged in, and executes the shell.
  private Task login(Task sshd, long user) {
    return exec(fork(sshd, user), "/usr/bin/bash", "-bash");
  }

  private Task fork(Task creator, long login) {
    TaskKey child = new TaskKey(++pid, bootNanos + STEP_NANOS);
    say(new Fact.Forked(actor(creator), child, creator.key(), 0x0120_0000, 1));
    return new Task(child, creator.key(), creator.execCount(), creator.comm(), login);
  }

  private Task exec(Task before, String path, String... arguments) {
    ByteText file = ByteText.of(path);
    Task after =
        new Task(
            before.key(),
            before.parent(),
            before.execCount() + 1,
            file.baseName().toString(),
            before.login());
    List<ByteText> words = Stream.of(arguments).map(ByteText::of).toList();
    say(
        new Fact.Executed(
            actor(after),
            after.parent(),
            after.key().pid(),
            new Image(file, ByteText.EMPTY, file, 1, 2, false, false),
            new Arguments(words, words.size(), 100, false),
            new Place(ByteText.of("/"), "pts0", new Place.Namespaces(1, 2, 3, 4), 1)));
    return after;
  }

  private void exit(Task task) {
    say(
        new Fact.Exited(
            actor(task),
            task.parent(),
            OptionalInt.of(0),
            OptionalInt.empty(),
            false,
            false,
            1,
            2,
            3));
  }

  private static Actor actor(Task task) {
    return new Actor(
        task.key(),
        task.execCount(),
        ByteText.of(task.comm()),
        new Credentials(0, 0, 0, 0, task.login(), 3));
  }

  private void say(Fact fact) {
    bootNanos += STEP_NANOS;
    Header header =
        new Header(HOST, "web-1", BOOT, CAPTURE, 0, ++sequence, bootNanos, WALL_OFFSET_NANOS);
    told.addAll(fleet.apply(new TaskEvent(header, fact)));
  }
}
