package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An application that folded until so many tasks lived, ended, and was started again in a new JVM
/// with its state on the broker alone.
///
/// @param tasks alive
/// @param keyBytes of all rows of all changelogs
/// @param valueBytes see `keyBytes`
/// @param heapBytes in use when all was folded
/// @param restoredHeapBytes in use when all was restored
/// @param startSeconds until it ran again: the median of some starts
/// @param commandLineBytes of a task
record Lifetime(
    long tasks,
    long keyBytes,
    long valueBytes,
    long heapBytes,
    long restoredHeapBytes,
    double startSeconds,
    double commandLineBytes) {

  /// The way in which the role is shipped.
  private static final RoleVariant VARIANT = RoleVariant.EXACTLY_ONCE;

  /// A million tasks may need more than what the role is shipped with.
  private static final String HEAP = "4g";

  /// One start tells little: much else goes on in it.
  private static final int STARTS = 3;

  /// @param tasks to make
  static Lifetime of(int tasks, Stand stand) throws Exception {
    CommandLines commandLines = new CommandLines();
    Stock stock =
        Stock.produce(Stock.crowdedHosts(), Stock.crowding(tasks), stand.backbone(), commandLines);
    Map<String, String> settings = VARIANT.settings(stand.backbone(), stand.scratch());
    long heap = fold(stock, settings, stand);
    StateRows rows = new StateRows();
    for (String changelog : stand.outputs().changelogs()) {
      stand.outputs().reader().read(changelog, rows);
    }
    List<Start> starts = new ArrayList<>();
    for (int i = 1; i <= STARTS; i++) {
      starts.add(restore(settings, stand, "restore-" + tasks + "-" + i));
    }
    stand.outputs().deleteWithStock();
    return new Lifetime(
        tasks == 0 ? 0 : stock.live(),
        rows.keyBytes(),
        rows.valueBytes(),
        heap,
        starts.getLast().heapBytes(),
        Sample.of(starts, Start::seconds).median(),
        commandLines.meanBytes());
  }

  /// A start with the state on the broker alone.
  private record Start(double seconds, long heapBytes) {}

  private static Start restore(Map<String, String> settings, Stand stand, String name)
      throws Exception {
    try (TopologyJvm app = stand.topology(name, HEAP)) {
      double seconds = app.run(RoleVariant.elsewhere(settings, stand.scratch()));
      long heap = app.heapBytes();
      app.stop();
      return new Start(seconds, heap);
    }
  }

  private static long fold(Stock stock, Map<String, String> settings, Stand stand)
      throws Exception {
    try (TopologyJvm app = stand.topology("fold-" + stock.live(), HEAP)) {
      app.run(settings);
      if (stock.count() > 0) {
        app.process(stock.count());
      }
      long heap = app.heapBytes();
      app.stop();
      return heap;
    }
  }

  double keyBytesPerTask() {
    return (double) keyBytes / tasks;
  }

  double valueBytesPerTask() {
    return (double) valueBytes / tasks;
  }

  /// @param fewer the same with fewer tasks, or none
  double heapBytesPerTask(Lifetime fewer) {
    return (double) (heapBytes - fewer.heapBytes) / (tasks - fewer.tasks);
  }

  /// See [#heapBytesPerTask].
  double restoredBytesPerTask(Lifetime fewer) {
    return (double) (restoredHeapBytes - fewer.restoredHeapBytes) / (tasks - fewer.tasks);
  }
}
