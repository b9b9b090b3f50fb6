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
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/// Records with anything in them that their types allow, the same for the same seed.
final class RandomRecords {

  private static final int FACTS = 18;
  private static final int LIST_MAX = 5;
  private static final int TEXT_BYTES_MAX = 200;

  private final Random random;
  private HostId host = new HostId(new UUID(1, 2));
  private BootId boot = new BootId(new UUID(3, 4));
  private CaptureId capture = new CaptureId(new UUID(5, 6));
  private String hostName = "web-1";

  RandomRecords(long seed) {
    random = new Random(seed);
  }

  /// Of the host and boot of the record before, or of others.
  private void move() {
    host = random.nextInt(4) == 0 ? new HostId(uuid()) : host;
    boot = random.nextInt(4) == 0 ? new BootId(uuid()) : boot;
    capture = random.nextInt(4) == 0 ? new CaptureId(uuid()) : capture;
    hostName = random.nextInt(4) == 0 ? string() : hostName;
  }

  TaskEvent event() {
    move();
    return new TaskEvent(
        new Header(
            host,
            hostName,
            boot,
            capture,
            integer(),
            number(),
            number(),
            number(),
            random.nextBoolean()),
        fact(random.nextInt(FACTS - 1)));
  }

  AuditEvent auditEvent() {
    TaskEvent event = event();
    return new AuditEvent(
        random.nextInt(FACTS) == 0
            ? new TaskEvent(event.header(), new Fact.Unrecognized(number(), text()))
            : event,
        integer(),
        maybe(this::notice),
        maybe(this::auditedTask),
        maybe(this::auditedTask),
        maybe(this::loadedModuleOfSomewhere),
        maybe(random::nextBoolean),
        maybe(() -> one(SignalOrigin.values())));
  }

  TaskHistory taskHistory() {
    move();
    return new TaskHistory(
        taskId(),
        maybe(() -> new Birth(key(), number())),
        key(),
        maybe(this::key),
        one(TaskOrigin.values()),
        text(),
        text(),
        history(),
        maybe(() -> new FatalSignal(integer(), auditedTask(), one(SignalOrigin.values()))),
        maybeNumber(),
        maybeNumber());
  }

  LoadedModule loadedModule() {
    move();
    return new LoadedModule(host, boot, text(), number(), maybeNumber(), maybe(this::auditedTask));
  }

  Lineage lineage() {
    move();
    return new Lineage(host, text(), number(), number(), number(), maybe(this::occasion));
  }

  HostStatus hostStatus() {
    move();
    return new HostStatus(
        host,
        string(),
        boot,
        new CaptureId(uuid()),
        one(HostStatus.State.values()),
        number(),
        number(),
        number(),
        number(),
        new Fact.Canary(maybeNumber(), random.nextBoolean()),
        maybe(this::report));
  }

  private Arguments shownArguments() {
    return new Arguments(
        list(this::text), number(), number(), random.nextBoolean(), list(this::string));
  }

  private AgentReport report() {
    return new AgentReport(string(), string(), string(), string(), string(), list(this::string));
  }

  FirstSeen firstSeen() {
    move();
    return new FirstSeen(text(), host, number(), maybe(this::occasion), number());
  }

  private Occasion occasion() {
    return new Occasion("host", boot, new CaptureId(uuid()), uuid());
  }

  private LoadedModule loadedModuleOfSomewhere() {
    return new LoadedModule(
        new HostId(uuid()), new BootId(uuid()), text(), number(), maybeNumber(), Optional.empty());
  }

  private Fact fact(int kind) {
    return switch (kind) {
      case 0 -> new Fact.Forked(actor(), key(), key(), number(), number());
      case 1 -> executed();
      case 2 ->
          new Fact.Exited(
              actor(),
              key(),
              maybeInteger(),
              maybeInteger(),
              random.nextBoolean(),
              random.nextBoolean(),
              number(),
              number(),
              number());
      case 3 ->
          new Fact.TaskSeen(
              actor(),
              key(),
              text(),
              shownArguments(),
              random.nextBoolean(),
              random.nextBoolean(),
              number(),
              cgroup());
      case 4 -> new Fact.SnapshotStarted();
      case 5 -> new Fact.SnapshotFinished(number());
      case 6 -> new Fact.ModuleLoaded(actor(), text(), number(), origin());
      case 7 -> new Fact.ModuleUnloaded(actor(), text());
      case 8 ->
          new Fact.EventsLost(
              integer(),
              number(),
              number(),
              list(() -> new Fact.LostOfKind(string(), number())),
              one(Fact.LossCause.values()),
              number(),
              number());
      case 9 -> new Fact.AgentStarted(string(), integer(), number(), string(), number());
      case 10 -> new Fact.AgentStopping(string());
      case 11 ->
          new Fact.Heartbeat(
              list(() -> new Fact.Watermark(integer(), number())),
              number(),
              number(),
              new Fact.Shortfalls(
                  list(() -> new Fact.LostOfKind(string(), number())),
                  maybeNumber(),
                  number(),
                  number(),
                  number()),
              new Fact.Canary(maybeNumber(), random.nextBoolean()),
              number(),
              maybe(this::report));
      case 12 -> new Fact.ExecFailed(actor(), text(), integer());
      case 13 ->
          new Fact.Signalled(actor(), key(), integer(), integer(), one(SignalOrigin.values()));
      case 14 -> new Fact.ModuleLoadFailed(actor(), text(), integer(), origin());
      case 15 -> new Fact.ModuleRequested(actor(), text());
      case 16 -> auditRecord();
      default -> new Fact.ModuleSeen(text(), number(), list(() -> one(Fact.ModuleView.values())));
    };
  }

  private Fact auditRecord() {
    return new Fact.AuditRecord(
        actor(),
        list(() -> "USER_CMD"),
        list(this::text),
        one(Fact.AuditOutcome.values()),
        number(),
        text(),
        random.nextBoolean(),
        shownArguments());
  }

  private ModuleOrigin origin() {
    return new ModuleOrigin(text(), number(), number(), text(), random.nextBoolean(), text());
  }

  private Fact executed() {
    return new Fact.Executed(
        actor(),
        key(),
        integer(),
        new Image(
            text(),
            text(),
            text(),
            number(),
            number(),
            random.nextBoolean(),
            random.nextBoolean(),
            number(),
            text()),
        new Arguments(
            list(this::text),
            number(),
            number(),
            random.nextBoolean(),
            list(this::string),
            random.nextBoolean()),
        new Place(
            text(),
            string(),
            new Place.Namespaces(number(), number(), number(), number()),
            number(),
            cgroup(),
            number()),
        new UserNames(string(), string(), string()));
  }

  private Cgroup cgroup() {
    return new Cgroup(text(), string(), string(), string(), string());
  }

  private Actor actor() {
    return new Actor(
        key(),
        number(),
        text(),
        new Credentials(number(), number(), number(), number(), number(), number()));
  }

  private Notice notice() {
    return new Notice(one(Notice.Kind.values()), maybe(() -> new BootId(uuid())));
  }

  private AuditedTask auditedTask() {
    return new AuditedTask(
        taskId(), one(TaskOrigin.values()), text(), parent(), maybe(this::parent), history());
  }

  private AuditedTask.Parent parent() {
    return new AuditedTask.Parent(key(), text(), text(), text());
  }

  private History history() {
    List<Link> links = new ArrayList<>();
    links.add(Link.ROOT);
    links.addAll(list(this::link));
    return new History(
        links,
        random.nextBoolean() ? Omitted.NONE : new Omitted(number(), text()),
        number(),
        list(() -> new Doubt(number(), number(), one(Doubt.Reason.values()), maybe(this::uuid))));
  }

  private Link link() {
    return new Link(
        number(), key(), text(), text(), number(), number(), number(), one(LinkSource.values()));
  }

  private TaskId taskId() {
    return new TaskId(host, boot, key());
  }

  private TaskKey key() {
    return new TaskKey(integer(), number());
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /// As many of one byte as of ten.
  private long number() {
    return random.nextLong() >> random.nextInt(Long.SIZE);
  }

  private int integer() {
    return random.nextInt() >> random.nextInt(Integer.SIZE);
  }

  private ByteText text() {
    byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? TEXT_BYTES_MAX : 2)];
    random.nextBytes(bytes);
    return ByteText.of(bytes);
  }

  private String string() {
    return random
        .ints(random.nextInt(20), 0, 0x11_0000)
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private OptionalInt maybeInteger() {
    return random.nextBoolean() ? OptionalInt.of(integer()) : OptionalInt.empty();
  }

  private OptionalLong maybeNumber() {
    return random.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T one(T[] of) {
    return of[random.nextInt(of.length)];
  }

  private <T> List<T> list(Supplier<T> item) {
    List<T> items = new ArrayList<>();
    for (int left = random.nextInt(LIST_MAX + 1); left > 0; left--) {
      items.add(item.get());
    }
    return items;
  }
}
