package io.tasktrail.event;

import java.util.Optional;
import java.util.UUID;

/// An event with the history of its task, or what the fold itself has to say on the occasion of an
/// event ([Notice]): what a SIEM receives.
///
/// @param event what happened; of a notice, the event that gave rise to it
/// @param revision 0, and one more each time the same event is corrected
/// @param notice empty for an event
/// @param task the task of which the event or notice speaks; empty for what the capture and the
///     agent say of themselves
/// @param other of an end by a signal who sent it, where known; of a signal its target
/// @param module of an unload what was unloaded, where its load is known
/// @param firstSeenOnHost of an exec whether this host never executed this lineage before; empty
///     where that can't be told: links are missing, or a bound bit
/// @param signalOrigin of an end by a signal how that came to be sent, where known
public record AuditEvent(
    TaskEvent event,
    int revision,
    Optional<Notice> notice,
    Optional<AuditedTask> task,
    Optional<AuditedTask> other,
    Optional<LoadedModule> module,
    Optional<Boolean> firstSeenOnHost,
    Optional<SignalOrigin> signalOrigin) {

  /// An event about a task, and nothing else.
  public static AuditEvent of(TaskEvent event, AuditedTask task) {
    return of(event, Optional.of(task));
  }

  /// An event of what the capture or the agent says of itself.
  public static AuditEvent of(TaskEvent event) {
    return of(event, Optional.empty());
  }

  private static AuditEvent of(TaskEvent event, Optional<AuditedTask> task) {
    return new AuditEvent(
        event,
        0,
        Optional.empty(),
        task,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// A notice about a task, on the occasion of an event.
  public static AuditEvent of(TaskEvent event, Notice notice, AuditedTask task) {
    return new AuditEvent(
        event,
        0,
        Optional.of(notice),
        Optional.of(task),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// A notice about a boot, on the occasion of an event.
  public static AuditEvent of(TaskEvent event, Notice notice) {
    return new AuditEvent(
        event,
        0,
        Optional.of(notice),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The same event, with another task beside its own.
  public AuditEvent with(Optional<AuditedTask> beside) {
    return new AuditEvent(
        event, revision, notice, task, beside, module, firstSeenOnHost, signalOrigin);
  }

  /// The same end, with the signal that brought it about.
  public AuditEvent endedBy(FatalSignal signal) {
    return new AuditEvent(
        event,
        revision,
        notice,
        task,
        Optional.of(signal.sender()),
        module,
        firstSeenOnHost,
        Optional.of(signal.origin()));
  }

  /// The same event, with the module that it speaks of.
  public AuditEvent about(Optional<LoadedModule> unloaded) {
    return new AuditEvent(
        event, revision, notice, task, other, unloaded, firstSeenOnHost, signalOrigin);
  }

  /// The same event, with whether its lineage is new.
  public AuditEvent seen(Optional<Boolean> first) {
    return new AuditEvent(event, revision, notice, task, other, module, first, signalOrigin);
  }

  /// The same event, corrected once more.
  public AuditEvent corrected(AuditedTask better) {
    return new AuditEvent(
        event,
        revision + 1,
        notice,
        Optional.of(better),
        other,
        module,
        firstSeenOnHost,
        signalOrigin);
  }

  /// The event's identity; a correction keeps it. A notice has one of its own: the UUID of version
  /// 5 in the name space of the event's, of the name `notice/KIND/SUBJECT`, the subject being
  /// `PID/START` or the id of a boot.
  public UUID id() {
    UUID id = event.header().eventId().uuid();
    return notice.isPresent() ? notice.get().id(id, task) : id;
  }
}
