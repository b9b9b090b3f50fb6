package io.tasktrail.agent.place;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Cgroup;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The names in the path of a cgroup, root first. Pure.
///
/// @param whole whether the first is what stands right below the root
record CgroupPath(List<String> names, boolean whole) {

  static CgroupPath of(ByteText path) {
    String text = new String(path.toBytes(), ISO_8859_1);
    return new CgroupPath(
        Arrays.stream(text.split("/")).filter(name -> !name.isEmpty()).toList(),
        text.startsWith("/"));
  }

  /// All that the path says.
  static Cgroup read(ByteText path) {
    CgroupPath names = of(path);
    ContainerName container = names.container().orElse(ContainerName.NONE);
    return new Cgroup(path, container.id(), container.runtime(), names.unit(), names.userUnit());
  }

  /// The outermost: what is within a container may name its cgroups as it likes.
  private Optional<ContainerName> container() {
    for (int i = 0; i < names.size(); i++) {
      String parent = i == 0 ? "" : names.get(i - 1);
      Optional<ContainerName> container = ContainerName.of(parent, names.get(i));
      if (container.isPresent()) {
        return container;
      }
    }
    return Optional.empty();
  }

  /// As systemd finds it (cg_path_get_unit): the first that is no slice, if it is a unit.
  private String unit() {
    return whole ? unitFrom(slicesFrom(0)) : "";
  }

  /// The same below the user's manager.
  private String userUnit() {
    int manager = slicesFrom(0);
    return whole && manager < names.size() && UnitName.isUserManager(names.get(manager))
        ? unitFrom(slicesFrom(manager + 1))
        : "";
  }

  private String unitFrom(int index) {
    return index == names.size() ? "" : UnitName.of(names.get(index)).orElse("");
  }

  private int slicesFrom(int index) {
    int at = index;
    while (at < names.size() && UnitName.isSlice(names.get(at))) {
      at++;
    }
    return at;
  }
}
