package io.tasktrail.streams.fold;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.HostId;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.TaskId;
import io.tasktrail.history.Boots;
import io.tasktrail.history.EndedTask;
import io.tasktrail.history.HostState.Sightings;
import io.tasktrail.history.Ledger;
import io.tasktrail.history.Queue;
import io.tasktrail.history.Received;
import io.tasktrail.streams.fold.StateKeys.Kind;
import io.tasktrail.wire.BinaryCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The state of all hosts of a partition, within the two stores: a shelf for each kind of value.
/// What events change is written to the stores before a commit, not before.
final class HostStates {

  /// How many values of a kind stay decoded when all is written: enough for what is busy on the
  /// hosts of a partition.
  private static final int DECODED = 1024;

  /// How many values of a kind are decoded, or wait to be written: over it, all is written before
  /// there is a commit.
  private static final int AT_HAND = 8192;

  /// How many hosts are at hand: all of a partition, nearly always.
  private static final int HOSTS_AT_HAND = 4096;

  final Shelf<TaskId, TaskRow> tasks;
  final Shelf<Bytes, Received> received;
  final Shelf<Bytes, Ledger> ledgers;
  final Shelf<Bytes, Queue> queues;
  final Shelf<Bytes, EndedTask> ended;
  final Shelf<Bytes, AuditEvent> correctable;
  final Shelf<Bytes, LoadedModule> modules;
  final Shelf<Bytes, Boots> boots;
  final Shelf<Bytes, Sightings> lineages;
  final Shelf<Bytes, HostStatus> statuses;
  final Shelf<Bytes, Long> numbers;

  private final StateStores stores;
  private final Changes changes = new Changes();
  private final Tables tables;
  private final Map<HostId, StoreHost> hosts = new LinkedHashMap<>();
  private long offset;

  /// @param sending sends a row of a table
  HostStates(StateStores stores, Consumer<Tables.Row> sending) {
    this.stores = stores;
    tasks = new Shelf<>(stores.tasks(), StateKeys::task, new TaskRowFormat(), changes, DECODED);
    received = accounts(new ReceivedFormat());
    ledgers = accounts(new LedgerFormat());
    queues = accounts(new QueueFormat());
    ended = accounts(new EndedTaskFormat());
    correctable = accounts(new AvroFormat<>(BinaryCodec.auditEvents()));
    modules = accounts(new AvroFormat<>(BinaryCodec.loadedModules()));
    boots = accounts(new BootsFormat());
    lineages = accounts(new SightingsFormat());
    statuses = accounts(new AvroFormat<>(BinaryCodec.hostStatuses()));
    numbers = accounts(new NumberFormat());
    tables = new Tables(numbers.cell(StateKeys.ofPartition(Kind.TOLD)), sending);
  }

  private <V> Shelf<Bytes, V> accounts(RowFormat<V> format) {
    return new Shelf<>(stores.accounts(), Function.identity(), format, changes, DECODED);
  }

  /// The state of a host.
  StoreHost host(HostId id) {
    StoreHost known = hosts.get(id);
    if (known != null) {
      return known;
    }
    StoreHost host = new StoreHost(id, this, tables);
    hosts.put(id, host);
    return host;
  }

  /// A record is at hand.
  void begin(long recordOffset) {
    offset = recordOffset;
  }

  /// The offset of the record at hand.
  long offset() {
    return offset;
  }

  /// Keeps what the event at hand changed.
  void settle() {
    changes.settle();
    tables.settle();
    if (tables.isDue()) {
      tell();
    }
    if (isFull()) {
      write();
    }
  }

  /// Tells the table of tasks what it was not told.
  void tell() {
    tables.tell(tasks, offset);
    changes.settle();
  }

  /// Forgets what the event at hand changed, and everything counted on the way.
  void drop() {
    changes.drop();
    tables.drop();
    changes.write();
    hosts.clear();
  }

  private boolean isFull() {
    return tasks.size() > AT_HAND
        || hosts.size() > HOSTS_AT_HAND
        || ended.size() > AT_HAND
        || correctable.size() > AT_HAND
        || modules.size() > AT_HAND
        || lineages.size() > AT_HAND;
  }

  /// Whether there is something to write.
  boolean areUnwritten() {
    return changes.areUnwritten();
  }

  /// Writes all that is settled to the stores. To be called before each commit, between two events.
  void write() {
    changes.write();
    tasks.trim();
    ended.trim();
    correctable.trim();
    modules.trim();
    lineages.trim();
    if (hosts.size() > HOSTS_AT_HAND) {
      hosts.clear();
    }
  }

  /// The keys of the tasks of a boot that are stored.
  List<Bytes> taskKeys(HostId host, BootId boot) {
    return keys(stores.tasks(), StateKeys.first(host, boot));
  }

  /// The keys of the accounts that begin like this one.
  List<Bytes> accountKeys(Bytes first) {
    return keys(stores.accounts(), first);
  }

  /// Also in the midst of an event: what it changes is not written.
  private List<Bytes> keys(KeyValueStore<Bytes, byte[]> store, Bytes first) {
    changes.write();
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows = store.range(first, StateKeys.last(first))) {
      rows.forEachRemaining(row -> keys.add(row.key));
    }
    return keys;
  }

  /// Forgets the hosts that were not heard of since a time.
  ///
  /// @return how many
  int forgetSilent(long sinceMillis) {
    changes.write();
    List<HostId> silent = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows = stores.accounts().all()) {
      while (rows.hasNext()) {
        KeyValue<Bytes, byte[]> row = rows.next();
        if (StateKeys.isHeard(row.key) && numbers.decode(row.key, row.value) < sinceMillis) {
          silent.add(StateKeys.host(row.key));
        }
      }
    }
    silent.forEach(this::forget);
    return silent.size();
  }

  private void forget(HostId id) {
    StoreHost host = host(id);
    host.boots().known().forEach(boot -> host.boot(boot.id()).forgetAll());
    host.forgetStatus();
    settle();
    accountKeys(StateKeys.first(id)).forEach(stores.accounts()::delete);
    hosts.remove(id);
    lineages.clear();
  }

  /// What the table of tasks was not told, since whoever kept it came to a sudden end. It is told
  /// up to the last change, even if no record comes before.
  void retellUntold() {
    try (KeyValueIterator<Bytes, byte[]> rows = stores.tasks().all()) {
      while (rows.hasNext()) {
        KeyValue<Bytes, byte[]> row = rows.next();
        long changed = TaskRowFormat.changed(row.value);
        offset = Math.max(offset, changed);
        if (!tables.isTold(changed)) {
          tables.changed(StateKeys.readTask(row.key));
        }
      }
    }
    tables.settle();
  }
}
