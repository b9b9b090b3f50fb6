package io.tasktrail.agent.connector;

import io.tasktrail.event.Actor;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.TaskKey;

/// What is known of a live task.
///
/// @param parent its real parent when it was last read
/// @param execCount the execs that are known, and one that must have been: never fewer than there
///     were links told
/// @param comm empty when none was read
/// @param executable empty when it was not read
/// @param threads that have not ended
/// @param seenNanos when a snapshot found it, boot time; 0: none did. What was told of it before is
///     in what the snapshot says
record KnownTask(
    TaskKey key,
    TaskKey parent,
    long execCount,
    ByteText comm,
    ByteText executable,
    Credentials credentials,
    int threads,
    long seenNanos) {

  static final Credentials NOBODY_KNOWN =
      new Credentials(
          Credentials.UNSET,
          Credentials.UNSET,
          Credentials.UNSET,
          Credentials.UNSET,
          Credentials.UNSET,
          Credentials.UNSET);

  /// One of which nothing is known.
  static KnownTask unknown(TaskKey key, TaskKey parent, long execCount) {
    return new KnownTask(
        key, parent, execCount, ByteText.EMPTY, ByteText.EMPTY, NOBODY_KNOWN, 1, 0);
  }

  /// The child of a fork: what its creator is, as far as that is known.
  KnownTask child(TaskKey born) {
    return new KnownTask(born, key, execCount, comm, executable, credentials, 1, 0);
  }

  KnownTask executed(TaskKey realParent, ByteText name, ByteText image, Credentials now) {
    return new KnownTask(key, realParent, execCount + 1, name, image, now, 1, seenNanos);
  }

  KnownTask named(ByteText name) {
    return new KnownTask(key, parent, execCount, name, executable, credentials, threads, seenNanos);
  }

  KnownTask as(Credentials now) {
    return new KnownTask(key, parent, execCount, comm, executable, now, threads, seenNanos);
  }

  KnownTask withThreads(int left) {
    return new KnownTask(key, parent, execCount, comm, executable, credentials, left, seenNanos);
  }

  Actor actor() {
    return new Actor(key, execCount, comm, credentials);
  }
}
