package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Scratch;
import io.tasktrail.streams.StreamsSettings;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// A way to set the role `streams`, one thread.
enum RoleVariant {
  AT_LEAST_ONCE("at least once, 1 s commit", "at_least_once", 1000, RoleVariant.SHIPPED_STORE),
  EXACTLY_ONCE("exactly once, 100 ms commit", "exactly_once_v2", 100, RoleVariant.SHIPPED_STORE),
  ROCKSDB("RocksDB, at least once, 1 s commit", "at_least_once", 1000, "rocksdb");

  private static final String STORE = "state.store";
  private static final String SHIPPED_STORE = "";

  private final String title;
  private final String guarantee;
  private final int commitMillis;
  private final String store;

  RoleVariant(String title, String guarantee, int commitMillis, String store) {
    this.title = title;
    this.guarantee = guarantee;
    this.commitMillis = commitMillis;
    this.store = store;
  }

  String title() {
    return title;
  }

  /// Whether the role knows all of its settings.
  boolean exists() {
    return store.equals(SHIPPED_STORE)
        || StreamsSettings.declared().own().stream()
            .anyMatch(setting -> setting.key().equals(STORE));
  }

  /// With an empty state.
  Map<String, String> settings(Backbone backbone, Scratch scratch) {
    String name = "tasktrail-bench-" + UUID.randomUUID();
    Map<String, String> settings = new TreeMap<>(backbone.addresses());
    settings.put("application.id", name);
    settings.put("state.dir", scratch.file(name).toString());
    settings.put("replication.factor", "1");
    settings.put("http.listen", "off");
    // its records would count as events that are done
    settings.put("fleet.first.seen", "false");
    settings.put("topics.partitions", Integer.toString(Stock.PARTITIONS));
    settings.put("num.stream.threads", "1");
    settings.put("processing.guarantee", guarantee);
    settings.put("commit.interval.ms", Integer.toString(commitMillis));
    if (!store.equals(SHIPPED_STORE)) {
      settings.put(STORE, store);
    }
    return settings;
  }

  /// The same application on another machine: its state is on the broker alone.
  static Map<String, String> elsewhere(Map<String, String> settings, Scratch scratch) {
    Map<String, String> moved = new TreeMap<>(settings);
    moved.put("state.dir", scratch.file("elsewhere-" + UUID.randomUUID()).toString());
    return moved;
  }
}
