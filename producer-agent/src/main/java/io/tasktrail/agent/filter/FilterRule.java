package io.tasktrail.agent.filter;

import java.util.List;

/// One rule: what fulfils all conditions is told, or is not.
///
/// @param includes whether it is told
record FilterRule(boolean includes, List<Condition> conditions) {

  FilterRule {
    conditions = List.copyOf(conditions);
  }

  /// Whether it decides. A condition of which nobody knows whether it holds does whatever lets the
  /// event be told.
  boolean decides(Circumstances of) {
    for (Condition condition : conditions) {
      if (!condition.holds(of).orElse(includes)) {
        return false;
      }
    }
    return true;
  }
}
