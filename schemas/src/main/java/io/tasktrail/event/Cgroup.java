package io.tasktrail.event;

/// The cgroup of a task, and what its path says.
///
/// @param path from the root of its hierarchy; of several hierarchies, of that in which the task is
///     deepest; empty where it is not known
/// @param containerId empty where the path names no container. Whoever may make cgroups may name
///     one like a container's
/// @param containerRuntime who made the container: docker, containerd, crio, podman, lxc, …; empty
///     where the path does not say it
/// @param unit the unit of the system's systemd; empty: none
/// @param userUnit the unit of a user's own systemd; empty: none
public record Cgroup(
    ByteText path, String containerId, String containerRuntime, String unit, String userUnit) {

  /// Nothing is known of it.
  public static final Cgroup UNKNOWN = of(ByteText.EMPTY);

  /// Whether it is known at all.
  public boolean isKnown() {
    return !path.isEmpty();
  }

  /// A path of which nothing is told.
  public static Cgroup of(ByteText path) {
    return new Cgroup(path, "", "", "", "");
  }
}
