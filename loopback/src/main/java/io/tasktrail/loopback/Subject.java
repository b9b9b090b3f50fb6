package io.tasktrail.loopback;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/// The versions of one name.
///
/// @param level its own compatibility level, or null for the registry's
/// @param ids of the schemas of version 1, 2, …
record Subject(@JsonProperty("compatibility") Compatibility level, List<Integer> ids) {

  static final Subject EMPTY = new Subject(null, List.of());

  Subject {
    ids = List.copyOf(ids);
  }

  Subject withVersion(int id) {
    List<Integer> more = new ArrayList<>(ids);
    more.add(id);
    return new Subject(level, more);
  }

  Subject withLevel(Compatibility changed) {
    return new Subject(changed, ids);
  }
}
