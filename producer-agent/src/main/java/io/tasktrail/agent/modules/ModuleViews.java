package io.tasktrail.agent.modules;

import io.tasktrail.event.ByteText;
import java.util.List;
import java.util.Set;

/// Where the host shows which modules are loaded.
public interface ModuleViews {

  /// Of a kernel without modules.
  ModuleViews NONE = () -> new Look(List.of(), Set.of(), List.of(), false);

  /// Looks at all of them.
  Look look();

  /// What they showed. A module may come or go while one looks: so one view is looked at twice.
  ///
  /// @param before /proc/modules, before the other was looked at
  /// @param sysfs /sys/module
  /// @param after /proc/modules, after that
  /// @param both whether both could be read: else neither lacks anything
  record Look(List<ModuleRow> before, Set<ByteText> sysfs, List<ModuleRow> after, boolean both) {

    public Look {
      before = List.copyOf(before);
      sysfs = Set.copyOf(sysfs);
      after = List.copyOf(after);
    }
  }
}
