package io.tasktrail.agent.ring;

import java.util.Optional;

/// `enum tasktrail_kind`: the kinds of records in the ring.
public enum RecordKind {
  /// A process was created.
  FORK(1, "fork"),
  /// A successful exec.
  EXEC(2, "exec"),
  /// A process ended.
  EXIT(3, "exit"),
  /// A module was loaded.
  MODULE_LOAD(4, "module_load"),
  /// A module was removed.
  MODULE_FREE(5, "module_unload"),
  /// A snapshot begins.
  SNAPSHOT_STARTED(6, "snapshot_started"),
  /// A process is alive.
  TASK_SEEN(7, "task_seen"),
  /// A snapshot is done.
  SNAPSHOT_FINISHED(8, "snapshot_finished"),
  /// The kernel refused to load a module.
  MODULE_LOAD_FAILED(9, "module_load_failed"),
  /// The kernel asks for a module.
  MODULE_REQUESTED(10, "module_request");

  private final int number;
  private final String action;

  RecordKind(int number, String action) {
    this.number = number;
    this.action = action;
  }

  /// Its number in a record, and its place in `lost[]`.
  public int number() {
    return number;
  }

  /// As the events of this kind are named in `event.action`.
  public String action() {
    return action;
  }

  static Optional<RecordKind> of(int number) {
    RecordKind[] all = values();
    return number < 1 || number > all.length ? Optional.empty() : Optional.of(all[number - 1]);
  }
}
