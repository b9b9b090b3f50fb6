package io.tasktrail.agent.place;

import io.tasktrail.event.Fact;
import java.util.function.LongFunction;

/// What the agent adds to what is captured of execs: the container and the systemd unit, and the
/// names of users. Not for use by several threads at once.
public final class Whereabouts implements AutoCloseable {

  private final Cgroups cgroups = new Cgroups();
  private final AccountNames names;

  /// @param accounts the name of a user id, empty where it has none; asked by a thread of its own
  public Whereabouts(LongFunction<String> accounts) {
    names = new AccountNames(accounts);
  }

  /// Something was captured.
  ///
  /// @return what is to be published of it
  public Fact read(Fact fact, long nowNanos) {
    return switch (fact) {
      case Fact.Executed exec -> completed(exec, nowNanos);
      case Fact.TaskSeen seen -> seen.in(cgroups.of(seen.cgroup().path()));
      default -> fact;
    };
  }

  private Fact.Executed completed(Fact.Executed exec, long nowNanos) {
    return new Fact.Executed(
        exec.actor(),
        exec.parent(),
        exec.oldPid(),
        exec.image(),
        exec.arguments(),
        exec.place().in(cgroups.of(exec.place().cgroup().path())),
        names.of(exec.actor().credentials(), nowNanos));
  }

  @Override
  public void close() {
    names.close();
  }
}
