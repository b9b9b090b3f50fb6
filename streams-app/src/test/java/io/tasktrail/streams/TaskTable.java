package io.tasktrail.streams;

import io.tasktrail.event.TaskHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The table of tasks as one who reads its topic from the beginning has it: the last row of each
/// key, and none after a tombstone.
public final class TaskTable {

  private final Map<String, TaskHistory> rows = new HashMap<>();

  /// Takes the next row.
  ///
  /// @param value null for a tombstone
  public void take(String key, TaskHistory value) {
    if (value == null) {
      rows.remove(key);
    } else {
      rows.put(key, value);
    }
  }

  /// In what it differs from the tasks that the fold remembers; empty where it is right. All who
  /// live are in it, and nobody whom the fold forgot. One who ended and is still remembered is in
  /// it only if he was before he ended.
  public List<String> differences(Map<String, TaskHistory> remembered) {
    List<String> differences = new ArrayList<>();
    remembered.forEach(
        (key, task) -> {
          if (!rows.containsKey(key) && task.exitedNanos().isEmpty()) {
            differences.add("has no " + task);
          }
        });
    rows.forEach(
        (key, row) -> {
          if (!row.equals(remembered.get(key))) {
            differences.add("has " + row + " for " + remembered.get(key));
          }
        });
    return differences;
  }

  /// How many rows.
  public int size() {
    return rows.size();
  }
}
