/// Bounds the memory that RocksDB takes outside the heap. Knows nothing of what is stored.
package io.tasktrail.streams.rocksdb;
