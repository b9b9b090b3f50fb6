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
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What one does who takes over from another that came to a sudden end: what the table of tasks is
/// told, and what is forgotten.
final class TakingOverTest {

  private static final int MORE_THAN_STAY_DECODED = 2000;

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

  /// The changelog of the tasks got further than that of the accounts, and the offsets were not
  /// committed.
  @Test
  void whatIsStoredOfARecordThatComesAgainIsForgotten() {
    nothingComesLate();
    List<KeyValue<Bytes, byte[]>> accounts = rows(stores.accounts());
    long committed = offset;
    List<TaskEvent> others = forks(MORE_THAN_STAY_DECODED);
    TaskKey task = host.newTask();
    TaskEvent fork = host.fork(TaskKey.ROOT, task);
    others.forEach(this::take);
    take(fork);
    states.write();
    assertThat(keys(stores.tasks())).contains(StateKeys.task(host.id(task)));

    rows(stores.accounts()).forEach(row -> stores.accounts().delete(row.key));
    accounts.forEach(row -> stores.accounts().put(row.key, row.value));
    takeOver();
    offset = committed;
    others.forEach(this::takeAndWrite);
    take(fork);
    take(host.exit(task));
    states.write();

    assertThat(keys(stores.tasks())).doesNotContain(StateKeys.task(host.id(task)));
  }

  /// By two captures, of which one was behind, and the other lost its end.
  @Test
  void whoIsToldTwiceToBeBornIsForgotten() {
    nothingComesLate();
    TaskKey task = host.newTask();
    take(host.fork(TaskKey.ROOT, task));
    forks(MORE_THAN_STAY_DECODED).forEach(this::takeAndWrite);
    assertThat(keys(stores.tasks())).contains(StateKeys.task(host.id(task)));

    take(host.fork(TaskKey.ROOT, task));
    take(host.exit(task));
    states.write();

    assertThat(keys(stores.tasks())).doesNotContain(StateKeys.task(host.id(task)));
  }

  private void nothingComesLate() {
    take(host.fork(TaskKey.ROOT, host.newTask()));
    take(host.heartbeat(0));
    take(host.heartbeat(2 * Bound.GRACE.preset()));
    states.write();
  }

  private void takeAndWrite(TaskEvent event) {
    take(event);
    states.write();
  }

  private List<TaskEvent> forks(int count) {
    List<TaskEvent> forks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      forks.add(host.fork(TaskKey.ROOT, host.newTask()));
    }
    return forks;
  }

  private static List<Bytes> keys(KeyValueStore<Bytes, byte[]> store) {
    return rows(store).stream().map(row -> row.key).toList();
  }

  private static List<KeyValue<Bytes, byte[]>> rows(KeyValueStore<Bytes, byte[]> store) {
    List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(rows::add);
    }
    return rows;
  }

  private void take(TaskEvent event) {
    states.begin(offset++);
    fold.apply(states.host(host.host()), event);
    states.settle();
  }
}
