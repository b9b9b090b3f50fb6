package io.tasktrail.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.Place;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// What the events of one node say of its tasks.
///
/// Labelled by what happened (system call, outcome), never by a record's type. No exec count is
/// known: each lineage is taken to have one exec that nobody recorded (init's, at least), so that
/// the fold finds no history WHOLE, and `missing_links` is the least that is missing.
final class Narration implements Reassembly.Listener {

  private static final long CLONE_THREAD = 0x10000;
  private static final long CLONE_PARENT = 0x8000;
  private static final long FLAGS_OF_FORK = 17;
  private static final long FLAGS_OF_VFORK = 0x4111;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final String OWN_KEY = "tasktrail";

  /// Signals that end nobody who did not ask for it: signal(7). 0 only asks whether one may.
  private static final Set<Integer> HARMLESS = Set.of(0, 17, 18, 19, 20, 21, 22, 23, 28);

  private final Origin origin;
  private final Tally tally;
  private final Consumer<TaskEvent> events;
  private KnownTasks tasks = new KnownTasks();
  private BootId boot = new BootId(new UUID(0, 0));
  private CaptureId capture = new CaptureId(new UUID(0, 0));
  private boolean isBegun;
  private long baseMillis;
  private long number;
  private long nowNanos;
  private long lastNanos;
  private long missing;

  Narration(Origin origin, Tally tally, Consumer<TaskEvent> events) {
    this.origin = origin;
    this.tally = tally;
    this.events = events;
  }

  @Override
  public void boot() {
    isBegun = false;
    tasks = new KnownTasks();
  }

  @Override
  public void missing(long count) {
    missing = count;
  }

  @Override
  public void event(AuditedEvent event) {
    if (!isBegun) {
      begin(event.stamp());
    }
    long past = Math.max(0, event.stamp().millis() - baseMillis);
    nowNanos = past * NANOS_PER_MILLI + Math.floorMod(event.order(), NANOS_PER_MILLI);
    if (missing > 0) {
      lost();
    }
    Optional<RecordLine> syscall = event.first("SYSCALL");
    Optional<RecordLine> about = syscall.isPresent() ? syscall : firstWithPid(event);
    about.ifPresentOrElse(
        record -> told(event, record.fields(), syscall.isPresent()), tally::withoutTask);
    lastNanos = nowNanos;
  }

  /// Where nothing says when the host was booted, its time is counted from the first record.
  private void begin(Stamp first) {
    Optional<Origin.Boot> running =
        origin.running().filter(known -> known.beganMillis() <= first.millis());
    isBegun = true;
    baseMillis = running.map(Origin.Boot::beganMillis).orElse(first.millis());
    number = 0;
    lastNanos = 0;
    String seed = origin.host() + "/" + first.millis() + "/" + first.serial();
    boot =
        running
            .map(Origin.Boot::id)
            .orElseGet(() -> new BootId(UUID.nameUUIDFromBytes(("boot/" + seed).getBytes(UTF_8))));
    capture = new CaptureId(UUID.nameUUIDFromBytes(("audit/" + seed).getBytes(UTF_8)));
  }

  private void lost() {
    emit(
        new Fact.EventsLost(
            -1,
            0,
            -1,
            List.of(new Fact.LostOfKind("audit_record", missing)),
            Fact.LossCause.AUDIT_SERIALS,
            lastNanos,
            nowNanos));
    missing = 0;
  }

  private static Optional<RecordLine> firstWithPid(AuditedEvent event) {
    return event.records().stream()
        .filter(record -> Particulars.pid(record.fields()).isPresent())
        .findFirst();
  }

  private void told(AuditedEvent event, Fields about, boolean isSyscall) {
    OptionalInt pid = Particulars.pid(about);
    if (pid.isEmpty()) {
      tally.withoutTask();
      return;
    }
    OptionalInt ppid = Particulars.id(about, "ppid");
    if (ppid.isPresent() && tasks.hatches(pid.getAsInt(), ppid.getAsInt())) {
      forked(tasks.at(ppid.getAsInt()), pid.getAsInt(), 0);
    }
    Call call = isSyscall ? Call.of(about) : Call.OTHER;
    boolean endsAgain =
        call == Call.EXIT_GROUP
            && Optional.ofNullable(tasks.at(pid.getAsInt())).filter(KnownTask::ended).isPresent();
    if (endsAgain) {
      return;
    }
    KnownTask task =
        tasks.of(
            pid.getAsInt(),
            ppid,
            Particulars.comm(about),
            credentials(about, pid.getAsInt()),
            nowNanos,
            event.first("LOGIN").isPresent());
    boolean executes = call == Call.EXEC && !Particulars.failed(about);
    told(event, about, call, executes ? task : seen(task, about.text("exe")));
  }

  /// A task whose image is not known yet is told as found alive, with the image that the record
  /// names: its parent's, or one that it has executed unseen. Whoever has no known parent has at
  /// least one exec before it.
  private KnownTask seen(KnownTask task, ByteText exe) {
    if (!task.exe().isEmpty() || exe.isEmpty()) {
      return task;
    }
    KnownTask parent = tasks.at(task.parent().pid());
    boolean asBorn =
        parent != null && parent.key().equals(task.parent()) && parent.exe().equals(exe);
    KnownTask seen = tasks.put(task.seen(exe, task.execCount() + (asBorn ? 0 : 1)));
    emit(new Fact.TaskSeen(actor(seen), seen.parent(), exe, asBorn, false, 0));
    return seen;
  }

  private void told(AuditedEvent event, Fields about, Call call, KnownTask task) {
    List<ByteText> keys = Particulars.keys(event);
    boolean asked = keys.stream().anyMatch(key -> !key.toString().startsWith(OWN_KEY));
    if (call == Call.EXIT_GROUP && asked) {
      emit(record(event, about, task, keys));
    }
    boolean isTold = asTask(event, about, call, task);
    if (call != Call.EXIT_GROUP && (asked || !isTold)) {
      KnownTask now = tasks.at(task.key().pid());
      emit(record(event, about, now == null ? task : now, keys));
    }
    event
        .first("ANOM_ABEND")
        .or(() -> event.first("TRUSTED_APP").filter(Narration::tellsOfAnEnd))
        .ifPresent(abend -> abended(abend.fields(), task));
  }

  /// Whether it is told as a kind of its own.
  private boolean asTask(AuditedEvent event, Fields about, Call call, KnownTask task) {
    boolean failed = Particulars.failed(about);
    return switch (call) {
      case EXEC -> {
        executed(event, about, task, failed);
        yield true;
      }
      case CLONE, CLONE3, FORK, VFORK -> !failed && forkedBy(about, call, task);
      case EXIT_GROUP -> {
        int code = (int) (about.hex("a0").orElse(0) & 0xFF);
        exited(task, OptionalInt.of(code), OptionalInt.empty());
        yield true;
      }
      case EXIT -> {
        tally.thread();
        yield true;
      }
      case KILL, TKILL, TGKILL -> !failed && signalled(event, about, call, task);
      case LOAD -> {
        loaded(event, about, task, failed);
        yield true;
      }
      case UNLOAD -> !failed && unloaded(event, task);
      case OTHER -> false;
    };
  }

  private void executed(AuditedEvent event, Fields about, KnownTask task, boolean failed) {
    Fields path = event.first("PATH").map(RecordLine::fields).orElse(Fields.of(""));
    ByteText filename = path.text("name");
    if (failed) {
      emit(new Fact.ExecFailed(actor(task), filename, Particulars.errno(about)));
      return;
    }
    KnownTask after = tasks.put(task.executed(about.text("exe")));
    Arguments arguments = CommandArguments.of(event);
    ByteText cwd =
        event.first("CWD").map(cwdOf -> cwdOf.fields().text("cwd")).orElse(ByteText.EMPTY);
    String tty = about.raw("tty").filter(name -> !name.equals("(none)")).orElse("");
    emit(
        new Fact.Executed(
            actor(after),
            after.parent(),
            after.key().pid(),
            Particulars.image(event, about, path, filename),
            arguments,
            new Place(cwd, tty, new Place.Namespaces(0, 0, 0, 0), 0)));
  }

  private boolean forkedBy(Fields about, Call call, KnownTask creator) {
    OptionalInt child = Particulars.id(about, "exit");
    if (child.isEmpty()) {
      return false;
    }
    long flags =
        switch (call) {
          case FORK -> FLAGS_OF_FORK;
          case VFORK -> FLAGS_OF_VFORK;
          default -> about.hex("a0").orElse(0);
        };
    if (call == Call.CLONE && (flags & CLONE_THREAD) != 0) {
      tally.thread();
    } else if (tasks.hasActed(child.getAsInt(), creator.key(), nowNanos / NANOS_PER_MILLI)) {
      tally.confirmed();
    } else if (call == Call.CLONE3) {
      tasks.hatched(child.getAsInt(), creator.key());
    } else {
      forked(creator, child.getAsInt(), flags);
    }
    return true;
  }

  private void forked(KnownTask creator, int child, long flags) {
    TaskKey parent = (flags & CLONE_PARENT) == 0 ? creator.key() : creator.parent();
    KnownTask born = tasks.born(child, creator, parent, nowNanos);
    emit(new Fact.Forked(actor(creator), born.key(), parent, flags, 0));
  }

  private void exited(KnownTask task, OptionalInt code, OptionalInt signal) {
    tasks.put(task.atItsEnd());
    emit(new Fact.Exited(actor(task), task.parent(), code, signal, false, false, 0, 0, 0));
  }

  /// tasktrail's own record of a death without a core, of which the kernel writes none.
  private static boolean tellsOfAnEnd(RecordLine record) {
    return record.field("op").filter("tasktrail-exit"::equals).isPresent();
  }

  private void abended(Fields abend, KnownTask task) {
    KnownTask now = Optional.ofNullable(tasks.at(task.key().pid())).orElse(task);
    OptionalInt signal = Particulars.id(abend, "sig");
    if (!now.ended() && signal.isPresent()) {
      exited(now, OptionalInt.empty(), signal);
    }
  }

  private boolean signalled(AuditedEvent event, Fields about, Call call, KnownTask sender) {
    int signal = (int) about.hex(call == Call.TGKILL ? "a2" : "a1").orElse(0);
    if (HARMLESS.contains(signal)) {
      return false;
    }
    boolean told = false;
    for (RecordLine target : event.all("OBJ_PID")) {
      Fields of = target.fields();
      OptionalInt pid = Particulars.id(of, "opid");
      if (pid.isPresent()) {
        signalled(sender, target(pid.getAsInt(), of), signal, call);
        told = true;
      }
    }
    return told;
  }

  private KnownTask target(int pid, Fields of) {
    KnownTask known = tasks.at(pid);
    return known != null && !known.ended()
        ? known
        : tasks.of(
            pid, OptionalInt.empty(), of.text("ocomm"), KnownTask.NOBODY_KNOWN, nowNanos, true);
  }

  private void signalled(KnownTask sender, KnownTask target, int signal, Call call) {
    int code = call == Call.KILL ? 0 : -6;
    emit(new Fact.Signalled(actor(sender), target.key(), signal, code, SignalOrigin.TASK));
  }

  private void loaded(AuditedEvent event, Fields about, KnownTask task, boolean failed) {
    emit(
        failed
            ? new Fact.ModuleLoadFailed(
                actor(task), Particulars.module(event), Particulars.errno(about))
            : new Fact.ModuleLoaded(actor(task), Particulars.module(event), 0));
  }

  private boolean unloaded(AuditedEvent event, KnownTask task) {
    emit(new Fact.ModuleUnloaded(actor(task), Particulars.module(event)));
    return true;
  }

  private Fact record(AuditedEvent event, Fields about, KnownTask task, List<ByteText> keys) {
    RecordText text = RecordText.of(event);
    Set<String> types = new LinkedHashSet<>();
    event.records().forEach(record -> types.add(record.type()));
    types.remove("EOE");
    Arguments command =
        event
            .first("USER_CMD")
            .map(it -> CommandArguments.words(it.fields().text("cmd")))
            .orElse(Arguments.NONE);
    return new Fact.AuditRecord(
        actor(task),
        List.copyOf(types),
        keys,
        Particulars.outcome(about),
        event.stamp().serial(),
        text.text(),
        text.isCut(),
        command);
  }

  private Credentials credentials(Fields about, int pid) {
    KnownTask known = tasks.at(pid);
    return Particulars.credentials(
        about, known == null ? KnownTask.NOBODY_KNOWN : known.credentials());
  }

  private static Actor actor(KnownTask task) {
    return new Actor(task.key(), task.execCount(), task.comm(), task.credentials());
  }

  private void emit(Fact fact) {
    events.accept(
        new TaskEvent(
            new Header(
                origin.host(),
                origin.hostName(),
                boot,
                capture,
                Header.AUDIT_CPU,
                ++number,
                nowNanos,
                baseMillis * NANOS_PER_MILLI),
            fact));
  }

  void save(StateOutput out) throws IOException {
    out.flag(isBegun);
    out.id(boot.value());
    out.id(capture.value());
    out.number(baseMillis);
    out.number(number);
    out.number(nowNanos);
    out.number(lastNanos);
    out.number(missing);
    tasks.save(out);
  }

  void restore(StateInput in) throws IOException {
    isBegun = in.flag();
    boot = new BootId(in.id());
    capture = new CaptureId(in.id());
    baseMillis = in.number();
    number = in.number();
    nowNanos = in.number();
    lastNanos = in.number();
    missing = in.number();
    tasks = KnownTasks.restored(in);
  }
}
