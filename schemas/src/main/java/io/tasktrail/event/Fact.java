package io.tasktrail.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What happened. Each kind is a record; the contract describes the fields one by one
/// (`schemas/src/main/avro/TaskEvent.avdl`).
public sealed interface Fact {

  /// A task did it, or it was done to it.
  sealed interface OfTask extends Fact {

    /// The task, as it was at that moment.
    Actor actor();
  }

  /// The capture or the agent says it of itself.
  sealed interface OfCapture extends Fact {}

  /// A task was created; the actor is its creator.
  ///
  /// @param parent the child's real parent: not the creator when CLONE_PARENT was given
  record Forked(Actor actor, TaskKey child, TaskKey parent, long cloneFlags, long cgroupId)
      implements OfTask {}

  /// A successful exec; the actor is the task after it.
  ///
  /// @param oldPid the thread id that called exec: not the actor's pid when it was not the leader
  /// @param image what is executed now
  /// @param arguments with what
  /// @param place where
  /// @param names of the users that the actor acts as
  record Executed(
      Actor actor,
      TaskKey parent,
      int oldPid,
      Image image,
      Arguments arguments,
      Place place,
      UserNames names)
      implements OfTask {

    /// An exec by users whose names are not known.
    public Executed(
        Actor actor, TaskKey parent, int oldPid, Image image, Arguments arguments, Place place) {
      this(actor, parent, oldPid, image, arguments, place, UserNames.UNKNOWN);
    }

    /// The same with other arguments.
    public Executed with(Arguments others) {
      return new Executed(actor, parent, oldPid, image, others, place, names);
    }
  }

  /// An exec that the kernel refused; the actor goes on as it was.
  ///
  /// @param filename as given to exec
  /// @param errno why: a positive number of errno(3)
  record ExecFailed(Actor actor, ByteText filename, int errno) implements OfTask {}

  /// A signal was sent that ends its target, or may; the actor is the sender.
  ///
  /// @param target whom it was sent to
  /// @param code `si_code` of sigaction(2), as the target is told
  /// @param origin how it came to be sent: what the sender has to do with it
  record Signalled(Actor actor, TaskKey target, int signal, int code, SignalOrigin origin)
      implements OfTask {}

  /// A task ended: its last thread did. Exactly one of `code` and `signal` is present.
  ///
  /// @param code the status given to exit(2), 0 to 255
  /// @param signal the number of the signal that ended it
  /// @param oomKilled SIGKILL ended it because memory ran out, of the machine or of a cgroup
  record Exited(
      Actor actor,
      TaskKey parent,
      OptionalInt code,
      OptionalInt signal,
      boolean coreDumped,
      boolean oomKilled,
      long cpuNanos,
      long readBytes,
      long writeBytes)
      implements OfTask {}

  /// A task was alive when a snapshot was taken.
  ///
  /// @param arguments as /proc showed them: a process may change its own
  /// @param forkedWithoutExec PF_FORKNOEXEC: its image is its creator's
  /// @param kernelThread PF_KTHREAD
  record TaskSeen(
      Actor actor,
      TaskKey parent,
      ByteText executable,
      Arguments arguments,
      boolean forkedWithoutExec,
      boolean kernelThread,
      long cgroupId,
      Cgroup cgroup)
      implements OfTask {

    /// One of whose arguments and cgroup no more is known.
    public TaskSeen(
        Actor actor,
        TaskKey parent,
        ByteText executable,
        boolean forkedWithoutExec,
        boolean kernelThread,
        long cgroupId) {
      this(
          actor,
          parent,
          executable,
          Arguments.NONE,
          forkedWithoutExec,
          kernelThread,
          cgroupId,
          Cgroup.UNKNOWN);
    }

    /// The same, of whose cgroup more is known.
    public TaskSeen in(Cgroup known) {
      return new TaskSeen(
          actor, parent, executable, arguments, forkedWithoutExec, kernelThread, cgroupId, known);
    }

    /// The same with these arguments.
    public TaskSeen with(Arguments known) {
      return new TaskSeen(
          actor, parent, executable, known, forkedWithoutExec, kernelThread, cgroupId, cgroup);
    }
  }

  /// A kernel module was loaded by the actor.
  ///
  /// @param taints the kernel's taint bits that the module sets
  record ModuleLoaded(Actor actor, ByteText name, long taints, ModuleOrigin origin)
      implements OfTask {

    /// One of unknown origin.
    public ModuleLoaded(Actor actor, ByteText name, long taints) {
      this(actor, name, taints, ModuleOrigin.UNKNOWN);
    }
  }

  /// A kernel module was removed by the actor.
  record ModuleUnloaded(Actor actor, ByteText name) implements OfTask {}

  /// The actor tried to load a kernel module, and the kernel refused it.
  ///
  /// @param name as its file is called, without what follows the first dot; empty where there is
  ///     none: the kernel tells no name of what it refuses
  /// @param errno why: a positive number of errno(3)
  record ModuleLoadFailed(Actor actor, ByteText name, int errno, ModuleOrigin origin)
      implements OfTask {

    /// One of unknown origin.
    public ModuleLoadFailed(Actor actor, ByteText name, int errno) {
      this(actor, name, errno, ModuleOrigin.UNKNOWN);
    }
  }

  /// The kernel runs modprobe because of something that the actor did.
  ///
  /// @param name what it asks modprobe for: a name or an alias, such as `net-pf-21`
  record ModuleRequested(Actor actor, ByteText name) implements OfTask {}

  /// What the audit system recorded of something that the actor did, and for which there is no kind
  /// of its own: a login, a command of sudo, a denial, a watched file.
  ///
  /// @param types of its records, such as `USER_LOGIN`, in their order, each once
  /// @param keys by which rules asked for it (`-k`)
  /// @param serial the audit system's own number of it
  /// @param text its records, a line each, without what may hold secrets: arguments, titles, typed
  ///     text
  /// @param textTruncated whether `text` is less than that: cut at a bound
  /// @param command what was asked to be executed, as the record of a command says (`USER_CMD`)
  record AuditRecord(
      Actor actor,
      List<String> types,
      List<ByteText> keys,
      AuditOutcome outcome,
      long serial,
      ByteText text,
      boolean textTruncated,
      Arguments command)
      implements OfTask {

    public AuditRecord {
      types = List.copyOf(types);
      keys = List.copyOf(keys);
    }

    /// The same with another command.
    public AuditRecord withCommand(Arguments other) {
      return new AuditRecord(actor, types, keys, outcome, serial, text, textTruncated, other);
    }
  }

  /// What became of what was audited.
  enum AuditOutcome {
    /// Not said.
    UNKNOWN,
    /// It was done.
    SUCCESS,
    /// It was refused, or failed.
    FAILURE
  }

  /// A kernel module was loaded when the agent looked.
  ///
  /// @param missingFrom the views that do not have it, though they should
  record ModuleSeen(ByteText name, long taints, List<ModuleView> missingFrom) implements OfCapture {

    public ModuleSeen {
      missingFrom = List.copyOf(missingFrom);
    }

    /// One that all views have.
    public ModuleSeen(ByteText name, long taints) {
      this(name, taints, List.of());
    }
  }

  /// Where one can see which modules are loaded.
  enum ModuleView {
    /// One that this version does not know.
    UNKNOWN,
    /// /proc/modules
    PROC_MODULES,
    /// /sys/module
    SYS_MODULE,
    /// What was captured: it was not there when the agent looked before, and nobody saw its load.
    CAPTURE
  }

  /// A snapshot of the live tasks begins.
  record SnapshotStarted() implements OfCapture {}

  /// A snapshot of the live tasks is done.
  ///
  /// @param tasks how many it has seen
  record SnapshotFinished(long tasks) implements OfCapture {}

  /// Sequence numbers that were given and never arrived, or events that never had one.
  ///
  /// @param cpu whose numbers are missing
  /// @param first the first missing number; 0 where there were none
  /// @param last the last missing number; -1 where there were none
  /// @param kinds counts by kind, where known
  /// @param fromNanos boot time of the last event before the loss; 0 when none is known
  /// @param toNanos boot time of the first event after it, or of its discovery
  record EventsLost(
      int cpu,
      long first,
      long last,
      List<LostOfKind> kinds,
      LossCause cause,
      long fromNanos,
      long toNanos)
      implements OfCapture {

    public EventsLost {
      kinds = List.copyOf(kinds);
    }

    /// Events that the kernel never numbered.
    ///
    /// @param kinds of each kind at most so many
    public static EventsLost unnumbered(List<LostOfKind> kinds, long fromNanos, long toNanos) {
      return new EventsLost(-1, 0, -1, kinds, LossCause.RECURSION, fromNanos, toNanos);
    }

    /// Whether they had numbers.
    public boolean isNumbered() {
      return first != 0 || last != -1;
    }

    /// How many; at most, where they had no numbers.
    public long count() {
      return isNumbered() ? last - first + 1 : kinds.stream().mapToLong(LostOfKind::count).sum();
    }
  }

  /// How many events of a kind were lost; the kind is named as in `event.action`.
  record LostOfKind(String kind, long count) {}

  /// Why events were lost.
  enum LossCause {
    /// Not said, or of a kind that this version does not know.
    UNKNOWN,
    /// The ring buffer was full.
    RING_FULL,
    /// An agent ended before its own event was acknowledged.
    AGENT_KILLED,
    /// The kernel passed a program over that was at work on that cpu already: nothing was numbered.
    RECURSION,
    /// The agent's spool on the disk was full, and gave up what was worth least.
    SPOOL_FULL,
    /// Serial numbers of the audit system that nothing was read of: they were lost, or left out by
    /// a filter of its own, which nobody can tell apart.
    AUDIT_SERIALS,
    /// The socket of the proc connector was full; at most so many, since threads and changes of
    /// names are numbered too.
    SOCKET_FULL
  }

  /// An agent began to read a capture.
  record AgentStarted(String version, int pid, long armedNanos, String armedBy, long ringBytes)
      implements OfCapture {}

  /// An agent ends in good order; the capture goes on.
  record AgentStopping(String reason) implements OfCapture {}

  /// The agent is alive.
  ///
  /// @param watermarks per cpu, up to where everything was acknowledged or declared lost
  /// @param acknowledged events acknowledged since the capture was armed
  /// @param lost events lost since then
  /// @param shortfalls what went wrong, by where it did
  /// @param canary what became of a program that the agent runs to see whether it is captured
  /// @param filtered events that this agent published quietly, because of its filter
  /// @param report what the agent is and can; empty where an earlier version wrote it
  record Heartbeat(
      List<Watermark> watermarks,
      long acknowledged,
      long lost,
      Shortfalls shortfalls,
      Canary canary,
      long filtered,
      Optional<AgentReport> report)
      implements OfCapture {

    public Heartbeat {
      watermarks = List.copyOf(watermarks);
    }

    /// The same with so many filtered.
    public Heartbeat filtered(long events) {
      return new Heartbeat(watermarks, acknowledged, lost, shortfalls, canary, events, report);
    }

    /// Of an agent that filtered nothing and reports nothing.
    public Heartbeat(
        List<Watermark> watermarks,
        long acknowledged,
        long lost,
        Shortfalls shortfalls,
        Canary canary) {
      this(watermarks, acknowledged, lost, shortfalls, canary, 0, Optional.empty());
    }
  }

  /// What became of a program that the agent runs, now and then, to see whether it is captured.
  ///
  /// @param nanos from the exec of the newest one that came back until it was safe; empty when none
  ///     has come back yet
  /// @param isMissing the last one was started, and its exec never captured
  record Canary(OptionalLong nanos, boolean isMissing) {

    /// None has come back yet, nor is one missing.
    public static final Canary NONE = new Canary(OptionalLong.empty(), false);
  }

  /// How often something went wrong on the way of an event.
  ///
  /// @param ringFull what the kernel had no room for, by kind, since the capture was armed
  /// @param recursionMisses events that were never numbered, at most, since then; empty when the
  ///     agent may not know
  /// @param argumentFaults execs, read by this agent, of which a page of argv was not in memory
  /// @param malformed records that this agent could not read
  /// @param refused events that this agent could not publish
  record Shortfalls(
      List<LostOfKind> ringFull,
      OptionalLong recursionMisses,
      long argumentFaults,
      long malformed,
      long refused) {

    /// Nothing went wrong, or nothing was said of it.
    public static final Shortfalls NONE = new Shortfalls(List.of(), OptionalLong.empty(), 0, 0, 0);

    public Shortfalls {
      ringFull = List.copyOf(ringFull);
    }
  }

  /// Up to where a cpu's events are settled.
  record Watermark(int cpu, long sequence) {}

  /// An event of a kind that this version does not know: a newer agent's. It is passed on with all
  /// its bytes.
  ///
  /// @param schema CRC-64-AVRO fingerprint of the schema that it was written with
  /// @param original the event in Avro binary of that schema
  record Unrecognized(long schema, ByteText original) implements OfCapture {}
}
