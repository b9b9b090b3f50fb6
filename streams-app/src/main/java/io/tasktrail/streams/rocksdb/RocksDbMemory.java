package io.tasktrail.streams.rocksdb;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/// The memory outside the heap that all stores of a role share: without it, each store of each
/// partition may take about 100 MB.
///
/// Write buffers are charged to the cache, so that its size bounds both. RocksDB exceeds it a
/// little rather than fail: by what iterators pin, and while a buffer is written out.
public final class RocksDbMemory implements AutoCloseable {

  /// The key under which Kafka's configuration hands it to [SharedMemory].
  public static final String CONFIG = "tasktrail.rocksdb.memory";

  /// Of the cache, what write buffers may take at most.
  private static final int WRITE_BUFFERS_DIVISOR = 2;

  /// The share of the cache that index and filter blocks keep against data.
  private static final double INDEX_SHARE = 0.1;

  private static final boolean STRICT = false;
  private static final int SHARDS_BY_SIZE = -1;

  private final Cache cache;
  private final WriteBufferManager writeBuffers;

  /// @param bytes of all stores together
  public RocksDbMemory(long bytes) {
    RocksDB.loadLibrary();
    cache = new LRUCache(bytes, SHARDS_BY_SIZE, STRICT, INDEX_SHARE);
    writeBuffers = new WriteBufferManager(bytes / WRITE_BUFFERS_DIVISOR, cache);
  }

  void share(Options store) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) store.tableFormatConfig();
    table.setBlockCache(cache);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    store.setTableFormatConfig(table);
    store.setWriteBufferManager(writeBuffers);
  }

  /// To be closed after the stores.
  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }
}
