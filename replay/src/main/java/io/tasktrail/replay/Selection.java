package io.tasktrail.replay;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskKey;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// Which events are written. All of them are folded, whatever is selected: a history needs the
/// execs that came before.
///
/// @param host the host's name or id
/// @param from not before this time
/// @param to before this time
/// @param pid of the task of which the event or notice speaks, of the creator of a fork, or of the
///     target of a signal
record Selection(
    Optional<String> host, Optional<Instant> from, Optional<Instant> to, OptionalInt pid)
    implements Predicate<AuditEvent> {

  @Override
  public boolean test(AuditEvent audit) {
    Header header = audit.event().header();
    return isOfHost(header) && isInTime(header) && isOfPid(audit);
  }

  private boolean isOfHost(Header header) {
    return host.isEmpty()
        || header.hostName().equals(host.get())
        || header.host().toString().equals(host.get());
  }

  private boolean isInTime(Header header) {
    Instant time = Instant.ofEpochSecond(0, header.bootNanos() + header.wallOffsetNanos());
    return from.stream().noneMatch(time::isBefore) && to.stream().allMatch(time::isBefore);
  }

  private boolean isOfPid(AuditEvent audit) {
    return pid.isEmpty()
        || audit
            .notice()
            .map(_ -> audit.task().filter(task -> is(task.id().task())).isPresent())
            .orElseGet(() -> isOfPid(audit.event().fact()));
  }

  private boolean isOfPid(Fact fact) {
    return switch (fact) {
      case Fact.Forked forked -> is(forked.child()) || is(forked.actor().task());
      case Fact.Signalled sent -> is(sent.target()) || is(sent.actor().task());
      case Fact.OfTask ofTask -> is(ofTask.actor().task());
      case Fact.OfCapture _ -> false;
    };
  }

  private boolean is(TaskKey task) {
    return pid.getAsInt() == task.pid();
  }
}
