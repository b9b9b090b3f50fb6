package io.tasktrail.event;

/// One entry of a history: a successful exec by the task, or by an ancestor before it forked this
/// lineage.
///
/// @param ordinal the exec count right after the exec: 1 for the first of the lineage
/// @param task the task that executed
/// @param comm right after the exec; a later prctl(2) makes no link
/// @param startNanos boot time of the exec; of a link that is not EXECUTED the start of the task
public record Link(
    long ordinal,
    TaskKey task,
    ByteText comm,
    ByteText executable,
    long uid,
    long auid,
    long startNanos,
    LinkSource source) {

  /// Link 0 of every history: the kernel. Kernel threads have nothing else.
  public static final Link ROOT =
      new Link(
          0,
          TaskKey.ROOT,
          ByteText.of("swapper/0"),
          ByteText.EMPTY,
          0,
          Credentials.UNSET,
          0,
          LinkSource.ROOT);

  /// The image that an actor executes.
  public static Link of(Actor actor, ByteText executable, long startNanos, LinkSource known) {
    return new Link(
        actor.execCount(),
        actor.task(),
        actor.comm(),
        executable,
        actor.credentials().uid(),
        actor.credentials().auid(),
        startNanos,
        known);
  }

  /// The same link, known in another way.
  public Link as(LinkSource known) {
    return new Link(ordinal, task, comm, executable, uid, auid, startNanos, known);
  }
}
