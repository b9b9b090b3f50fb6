package io.tasktrail.agent.place;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Cgroup;
import java.util.Map;

/// Cgroups by their paths. Those of late are kept, so that the usual costs no object.
final class Cgroups {

  static final int KEPT_MAX = 1024;

  private final Map<ByteText, Cgroup> kept = new Recent<>(KEPT_MAX);

  Cgroup of(ByteText path) {
    Cgroup known = kept.get(path);
    if (known == null) {
      known = CgroupPath.read(path);
      kept.put(path, known);
    }
    return known;
  }
}
