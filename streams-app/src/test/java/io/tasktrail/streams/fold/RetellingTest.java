package io.tasktrail.streams.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import io.tasktrail.history.Bound;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.streams.HostStory;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the table of tasks is told by one who takes over from another that came to a sudden end.
final class RetellingTest {

  private final HostStory host = new HostStory(1);
  private final Fold fold = new Fold(FoldLimits.DEFAULT);
  private final StateStores stores = new StateStores(store("tasks"), store("accounts"));
  private final List<TaskKey> told = new ArrayList<>();
  private final List<String> tombstones = new ArrayList<>();
  private HostStates states;
  private long offset = 100;

  private static KeyValueStore<Bytes, byte[]> store(String name) {
    KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore(name).get();
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    return store;
  }

  @BeforeEach
  void begin() {
    states = new HostStates(stores, this::told);
  }

  /// After a commit of the one before.
  private void takeOver() {
    states.write();
    told.clear();
    states = new HostStates(stores, this::told);
    states.retellUntold();
  }

  /// The kernel's first task is there all the time.
  private void told(Tables.Row row) {
    if (row.value() == null) {
      tombstones.add(row.key());
    }
    if (row.value() instanceof TaskHistory task && !task.key().equals(TaskKey.ROOT)) {
      told.add(task.key());
    }
  }

  @Test
  void whatWasNotToldIsTold() {
    TaskKey task = host.newTask();
    take(host.fork(TaskKey.ROOT, task));

    takeOver();
    states.tell();

    assertThat(told).containsExactly(task);
  }

  @Test
  void whatWasToldIsNotToldAgain() {
    take(host.fork(TaskKey.ROOT, host.newTask()));
    states.tell();

    takeOver();
    states.tell();

    assertThat(told).isEmpty();
  }

  @Test
  void whatChangedSinceItWasToldIsToldAsItIsNow() {
    TaskKey task = host.newTask();
    take(host.fork(TaskKey.ROOT, task));
    states.tell();
    take(host.exec(task, "/bin/sh"));

    takeOver();
    states.tell();

    assertThat(told).containsExactly(task);
  }

  @Test
  void whoCameAndWentIsNotTold() {
    TaskKey task = host.newTask();
    take(host.fork(TaskKey.ROOT, task));
    take(host.exit(task));

    takeOver();
    states.tell();

    assertThat(stores.tasks().approximateNumEntries()).as("within its grace").isPositive();
    assertThat(told).isEmpty();
  }

  /// Nothing may have been read since.
  @Test
  void whatATakerOverToldIsNotToldByTheNext() {
    TaskKey early = host.newTask();
    TaskKey late = host.newTask();
    take(host.fork(TaskKey.ROOT, early));
    states.tell();
    take(host.fork(TaskKey.ROOT, late));
    takeOver();
    states.tell();
    assertThat(told).containsExactly(late);

    takeOver();
    states.tell();
    assertThat(told).isEmpty();
    take(host.exit(early));
    take(host.heartbeat(2 * Bound.GRACE.preset()));
    assertThat(tombstones).contains(host.id(early).uuid().toString());
  }

  private void take(TaskEvent event) {
    states.begin(offset++);
    fold.apply(states.host(host.host()), event);
    states.settle();
  }
}
