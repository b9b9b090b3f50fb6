package io.tasktrail.audit;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.TaskKey;
import java.io.IOException;

/// What is known of a pid.
///
/// @param key the pid, and when it was first seen
/// @param parent the real parent when it was last said
/// @param execCount the execs that are known, and one that must have been: never fewer than there
///     were links told
/// @param comm empty when none was said
/// @param exe what it executes; empty when no record said so yet
/// @param ended whether its end was told
record KnownTask(
    TaskKey key,
    TaskKey parent,
    long execCount,
    ByteText comm,
    ByteText exe,
    Credentials credentials,
    boolean ended) {

  static final Credentials NOBODY_KNOWN =
      new Credentials(
          Credentials.UNSET,
          Credentials.UNSET,
          Credentials.UNSET,
          Credentials.UNSET,
          Credentials.UNSET,
          Credentials.UNSET);

  KnownTask heard(ByteText name, Credentials now) {
    return new KnownTask(key, parent, execCount, name.isEmpty() ? comm : name, exe, now, ended);
  }

  KnownTask child(TaskKey adopted) {
    return new KnownTask(key, adopted, execCount, comm, exe, credentials, ended);
  }

  KnownTask executed(ByteText image) {
    return new KnownTask(key, parent, execCount + 1, comm, image, credentials, ended);
  }

  /// One that was found to execute this, which it has had since its fork or from an exec of its
  /// own.
  KnownTask seen(ByteText image, long count) {
    return new KnownTask(key, parent, count, comm, image, credentials, ended);
  }

  KnownTask atItsEnd() {
    return new KnownTask(key, parent, execCount, comm, exe, credentials, true);
  }

  void save(StateOutput out) throws IOException {
    out.key(key);
    out.key(parent);
    out.number(execCount);
    out.text(comm);
    out.text(exe);
    out.credentials(credentials);
    out.flag(ended);
  }

  static KnownTask restored(StateInput in) throws IOException {
    return new KnownTask(
        in.key(),
        in.key(),
        in.number(),
        in.text(AuditSource.LINE_BYTES_MAX),
        in.text(AuditSource.LINE_BYTES_MAX),
        in.credentials(),
        in.flag());
  }

  /// Whether a session was ever set, and it is another.
  boolean isOfOtherSession(Credentials now) {
    return !credentials.equals(NOBODY_KNOWN) && credentials.session() != now.session();
  }
}
