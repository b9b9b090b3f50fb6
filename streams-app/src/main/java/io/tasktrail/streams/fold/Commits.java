package io.tasktrail.streams.fold;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Tells a processor that a commit is about to be made, so that it may write then what it kept back
/// until then. Kafka Streams has no such call; but what is put into a store behind its cache is
/// handed on to that store before each commit. So there is a store that keeps nothing: what reaches
/// it is the news.
///
/// The cache hands on earlier when it is full, and at once when it has no room at all: then there
/// is nothing to gain, and nothing is lost.
final class Commits {

  static final String STORE = "commits";

  private static final Bytes KEY = Bytes.wrap(new byte[0]);
  private static final byte[] VALUE = {};

  /// A task of Kafka Streams is run by one thread at a time.
  private final Map<TaskId, Announced> announced = new ConcurrentHashMap<>();

  /// The store by which commits become known. It has no changelog.
  StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
    return Stores.keyValueStoreBuilder(new Supplier(), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled()
        .withLoggingDisabled();
  }

  /// Of the task of a processor, to which [#store] is connected.
  ///
  /// @param write is run before a commit that was asked for
  Announced of(ProcessorContext<?, ?> context, Runnable write) {
    Announced task = new Announced(context.getStateStore(STORE), write);
    announced.put(context.taskId(), task);
    return task;
  }

  /// The commits of one task.
  static final class Announced {

    private final KeyValueStore<Bytes, byte[]> cached;
    private final Runnable write;
    private boolean isAwaited;

    private Announced(KeyValueStore<Bytes, byte[]> cached, Runnable write) {
      this.cached = cached;
      this.write = write;
    }

    /// There is something to write before the next commit.
    void await() {
      if (!isAwaited) {
        isAwaited = true;
        cached.put(KEY, VALUE);
      }
    }

    private void come() {
      isAwaited = false;
      write.run();
    }
  }

  private final class Supplier implements KeyValueBytesStoreSupplier {

    @Override
    public String name() {
      return STORE;
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
      return new BeneathTheCache();
    }

    @Override
    public String metricsScope() {
      return STORE;
    }
  }

  /// Keeps nothing.
  private final class BeneathTheCache implements KeyValueStore<Bytes, byte[]> {

    private TaskId task;
    private boolean isOpen;

    @Override
    public void init(StateStoreContext context, StateStore root) {
      task = context.taskId();
      isOpen = true;
      context.register(root, (_, _) -> {});
    }

    @Override
    public void put(Bytes key, byte[] value) {
      announced.get(task).come();
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
      entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
      put(key, value);
      return null;
    }

    @Override
    public byte[] delete(Bytes key) {
      return null;
    }

    @Override
    public byte[] get(Bytes key) {
      return null;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
      return all();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
      throw new UnsupportedOperationException("nothing is kept here");
    }

    @Override
    public long approximateNumEntries() {
      return 0;
    }

    @Override
    public String name() {
      return STORE;
    }

    @Override
    public boolean persistent() {
      return false;
    }

    @Override
    public boolean isOpen() {
      return isOpen;
    }

    @Override
    public Position getPosition() {
      return Position.emptyPosition();
    }

    @Override
    public void close() {
      isOpen = false;
      announced.remove(task);
    }
  }
}
