package io.tasktrail.event;

import java.util.Optional;
import java.util.OptionalLong;

/// A task with the whole history that it has so far: one row of the table of tasks.
///
/// @param birth how it was forked; empty when its fork was not captured
/// @param parent the real parent that it was born to, or the first that was heard of;
///     [TaskKey#ROOT] when unknown or none
/// @param reaper who became its parent since; empty while it has the one that it was born to
/// @param comm when last heard of
/// @param commandLine the arguments of its current image, joined by NUL and cut at a bound of the
///     fold; empty when not known
/// @param signal the last signal that was sent to it and may end it
/// @param seenNanos boot time of the last snapshot that found it alive; empty when none did
/// @param exitedNanos boot time of its end; empty while it lives
public record TaskHistory(
    TaskId id,
    Optional<Birth> birth,
    TaskKey parent,
    Optional<TaskKey> reaper,
    TaskOrigin origin,
    ByteText comm,
    ByteText commandLine,
    History history,
    Optional<FatalSignal> signal,
    OptionalLong seenNanos,
    OptionalLong exitedNanos) {

  /// A task that was forked just now.
  public static TaskHistory born(
      TaskId id,
      Birth birth,
      TaskKey parent,
      ByteText comm,
      ByteText commandLine,
      History history) {
    return new TaskHistory(
        id,
        Optional.of(birth),
        parent,
        Optional.empty(),
        TaskOrigin.OBSERVED,
        comm,
        commandLine,
        history,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /// A task whose fork was not captured.
  public static TaskHistory found(
      TaskId id, TaskKey parent, TaskOrigin origin, ByteText comm, History history) {
    return new TaskHistory(
        id,
        Optional.empty(),
        parent,
        Optional.empty(),
        origin,
        comm,
        ByteText.EMPTY,
        history,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /// The task within its boot.
  public TaskKey key() {
    return id.task();
  }

  /// Who is its parent now.
  public TaskKey parentNow() {
    return reaper.orElse(parent);
  }

  /// The same task, known in this way and with this history.
  public TaskHistory with(TaskOrigin knownBy, History known) {
    return new TaskHistory(
        id,
        birth,
        parent,
        reaper,
        knownBy,
        comm,
        commandLine(known.execCount()),
        known,
        signal,
        seenNanos,
        exitedNanos);
  }

  /// The same task with this history.
  public TaskHistory with(History known) {
    return with(origin, known);
  }

  /// The same task, whose fork is now known.
  public TaskHistory bornBy(Birth known, TaskKey bornTo, History whole) {
    Optional<TaskKey> other =
        bornTo.equals(parentNow()) ? Optional.empty() : Optional.of(parentNow());
    return new TaskHistory(
        id,
        Optional.of(known),
        bornTo,
        parent.equals(TaskKey.ROOT) ? Optional.empty() : other,
        TaskOrigin.OBSERVED,
        comm,
        commandLine(whole.execCount()),
        whole,
        signal,
        seenNanos,
        exitedNanos);
  }

  /// The command line of the image that was the last of so many; empty when it is that of another.
  public ByteText commandLine(long execCount) {
    return execCount == history.execCount() ? commandLine : ByteText.EMPTY;
  }

  /// The same task, as one of its events shows it.
  public TaskHistory heard(ByteText commNow, Optional<TaskKey> parentNow, History known) {
    boolean orphan = parent.equals(TaskKey.ROOT) && parentNow.isPresent();
    Optional<TaskKey> other = parentNow.filter(now -> !orphan && !now.equals(parent));
    return new TaskHistory(
        id,
        birth,
        orphan ? parentNow.get() : parent,
        parentNow.isPresent() ? other : reaper,
        origin,
        commNow,
        commandLine(known.execCount()),
        known,
        signal,
        seenNanos,
        exitedNanos);
  }

  /// The same task, once it executes something else.
  public TaskHistory executing(ByteText newComm, ByteText newCommandLine, History known) {
    return new TaskHistory(
        id,
        birth,
        parent,
        reaper,
        origin,
        newComm,
        newCommandLine,
        known,
        signal,
        seenNanos,
        exitedNanos);
  }

  /// The same task, to which a signal was sent.
  public TaskHistory signalled(FatalSignal sent) {
    return new TaskHistory(
        id,
        birth,
        parent,
        reaper,
        origin,
        comm,
        commandLine,
        history,
        Optional.of(sent),
        seenNanos,
        exitedNanos);
  }

  /// The same task, found alive by a snapshot.
  ///
  /// @param shown the command line that it had then: counts where that of its exec is not known
  public TaskHistory seenAt(long bootNanos, ByteText shown) {
    return new TaskHistory(
        id,
        birth,
        parent,
        reaper,
        origin,
        comm,
        commandLine.isEmpty() ? shown : commandLine,
        history,
        signal,
        OptionalLong.of(bootNanos),
        exitedNanos);
  }

  /// The same task, once it ended.
  public TaskHistory endedAt(long bootNanos) {
    return new TaskHistory(
        id,
        birth,
        parent,
        reaper,
        origin,
        comm,
        commandLine,
        history,
        signal,
        seenNanos,
        OptionalLong.of(bootNanos));
  }
}
