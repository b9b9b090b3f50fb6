package io.tasktrail.agent.filter;

import java.util.Optional;

/// Where the tasks of a cgroup run.
@FunctionalInterface
public interface Cgroups {

  /// Nothing is known of any.
  Cgroups UNKNOWN = _ -> Optional.empty();

  /// Of a cgroup (v2); empty where it is not known.
  ///
  /// @param id the inode of its folder
  Optional<UnitPlace> place(long id);
}
