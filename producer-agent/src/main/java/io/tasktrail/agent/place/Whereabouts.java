package io.tasktrail.agent.place;

import io.tasktrail.event.Fact;
import io.tasktrail.event.Image;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;

/// What the agent adds to what is captured: the container and the systemd unit, the names of users,
/// digests, the arguments of what runs already. Not for use by several threads at once.
public final class Whereabouts implements AutoCloseable {

  /// The ring has room for what is captured meanwhile.
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Cgroups cgroups = new Cgroups();
  private final AccountNames names;
  private final RunningArguments arguments = new RunningArguments(Path.of("/proc"), PATIENCE);
  private final Optional<ExecutableDigests> digests;

  /// @param accounts the name of a user id, empty where it has none; asked by a thread of its own
  public Whereabouts(LongFunction<String> accounts) {
    this(accounts, Optional.empty());
  }

  private Whereabouts(LongFunction<String> accounts, Optional<ExecutableDigests> digests) {
    this.names = new AccountNames(accounts);
    this.digests = digests;
  }

  /// One that adds digests of executables, too.
  ///
  /// @param root the root directory, `/`
  public static Whereabouts hashing(LongFunction<String> accounts, Path root) {
    return new Whereabouts(accounts, Optional.of(new ExecutableDigests(root)));
  }

  /// Something was captured.
  ///
  /// @return what is to be published of it
  public Fact read(Fact fact, long nowNanos) {
    return switch (fact) {
      case Fact.Executed exec -> completed(exec, nowNanos);
      case Fact.TaskSeen seen -> completed(seen);
      default -> fact;
    };
  }

  private Fact.Executed completed(Fact.Executed exec, long nowNanos) {
    return new Fact.Executed(
        exec.actor(),
        exec.parent(),
        exec.oldPid(),
        hashed(exec.image(), nowNanos),
        exec.arguments(),
        exec.place().in(cgroups.of(exec.place().cgroup().path())),
        names.of(exec.actor().credentials(), nowNanos));
  }

  private Fact.TaskSeen completed(Fact.TaskSeen seen) {
    Fact.TaskSeen placed = seen.in(cgroups.of(seen.cgroup().path()));
    return seen.arguments().values().isEmpty() ? placed.with(arguments.of(seen)) : placed;
  }

  private Image hashed(Image image, long nowNanos) {
    return digests.map(known -> image.hashed(known.of(image, nowNanos))).orElse(image);
  }

  @Override
  public void close() {
    names.close();
    arguments.close();
    digests.ifPresent(ExecutableDigests::close);
  }
}
