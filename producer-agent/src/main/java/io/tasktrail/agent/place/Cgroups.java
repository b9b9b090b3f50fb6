package io.tasktrail.agent.place;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Cgroup;
import java.util.LinkedHashMap;
import java.util.Map;

/// Cgroups by their paths. Those of late are kept, so that the usual costs no object.
final class Cgroups {

  static final int KEPT_MAX = 1024;

  private final Map<ByteText, Cgroup> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteText, Cgroup> eldest) {
          return size() > KEPT_MAX;
        }
      };

  Cgroup of(ByteText path) {
    Cgroup known = kept.get(path);
    if (known == null) {
      known = CgroupPath.read(path);
      kept.put(path, known);
    }
    return known;
  }
}
