package io.tasktrail.agent.ring;

import io.tasktrail.agent.ring.Counter.LostByKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
  MODULE_REQUESTED(10, "module_request"),
  /// A signal that ends its target.
  SIGNAL(11, "signal");

  private static final List<Optional<RecordKind>> BY_NUMBER =
      IntStream.range(0, LostByKind.KINDS).mapToObj(RecordKind::find).toList();

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

  private static Optional<RecordKind> find(int number) {
    return Arrays.stream(values()).filter(kind -> kind.number == number).findAny();
  }

  static Optional<RecordKind> of(int number) {
    return number < 0 || number >= BY_NUMBER.size() ? Optional.empty() : BY_NUMBER.get(number);
  }
}
