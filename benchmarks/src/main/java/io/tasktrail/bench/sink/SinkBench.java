package io.tasktrail.bench.sink;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Child;
import io.tasktrail.bench.stand.Jvm;
import io.tasktrail.bench.stand.Patience;
import io.tasktrail.bench.stand.Sample;
import io.tasktrail.bench.stand.Scratch;
import io.tasktrail.bench.stand.Table;
import io.tasktrail.bench.streams.AuditStock;
import io.tasktrail.role.Shutdown;
import io.tasktrail.wire.Topics;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From the topic into OpenSearch, beside a loader that sends the same documents into the same
/// store. Both in turn, round by round; each round is counted in the store.
///
/// @param events folded; there is about one document of each
public record SinkBench(int events, int rounds) {

  private static final Logger LOG = LoggerFactory.getLogger(SinkBench.class);
  private static final String INDEX = "bench";
  private static final String RAW = INDEX + "-raw";
  private static final String OF_SINK = INDEX + "-2*";

  /// How often the store is asked, so seldom that it does not notice.
  private static final Duration LOOK = Duration.ofMillis(50);

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /// Measures it.
  public Table run(Shutdown shutdown) throws Exception {
    Scratch scratch = shutdown.closing(Scratch.make());
    Backbone backbone = shutdown.closing(Backbone.start(scratch));
    Store store = shutdown.closing(Store.start(scratch));
    Patience patience = new Patience(shutdown, LIMIT, LOOK);
    LOG.info("making {} events", events);
    AuditStock stock = AuditStock.produce(events, backbone);
    backbone.create(Topics.DEAD_LETTERS, 1);
    Jvm loader = shutdown.closing(RawLoader.start(store, events));
    List<Cost> raw = new ArrayList<>();
    List<Cost> sink = new ArrayList<>();
    LOG.info("warming up");
    sink(0, stock, backbone, scratch, store, patience);
    raw(loader, stock, store, patience);
    for (int round = 1; round <= rounds; round++) {
      raw.add(raw(loader, stock, store, patience));
      LOG.info("loader: {} documents/s", Math.round(raw.getLast().documentsPerSecond()));
      sink.add(sink(round, stock, backbone, scratch, store, patience));
      LOG.info("sink: {} documents/s", Math.round(sink.getLast().documentsPerSecond()));
    }
    return table(stock, raw, sink);
  }

  private static Cost raw(Jvm loader, AuditStock stock, Store store, Patience patience)
      throws Exception {
    loader.tell(RAW);
    Cost cost = new Race(store, patience, RAW, stock.count()).watch(loader.process());
    loader.hear();
    store.delete(RAW);
    return cost;
  }

  /// Each round another group: it begins at the beginning.
  private static Cost sink(
      int round,
      AuditStock stock,
      Backbone backbone,
      Scratch scratch,
      Store store,
      Patience patience)
      throws Exception {
    Path config = config("sink-" + round, backbone, scratch, store);
    try (Child sink = Child.role(scratch.file("sink.log"), "sink", "--config", config.toString())) {
      Cost cost = new Race(store, patience, OF_SINK, stock.count()).watch(sink.process());
      store.delete(OF_SINK);
      return cost;
    }
  }

  private static Path config(String group, Backbone backbone, Scratch scratch, Store store)
      throws IOException {
    Properties settings = new Properties();
    settings.putAll(backbone.addresses());
    settings.put("group.id", group);
    settings.put("sink.destination", "bulk");
    settings.put("sink.bulk.url", store.address());
    settings.put("sink.bulk.index", INDEX);
    settings.put("sink.bulk.template", "true");
    Path file = scratch.file(group + ".properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    return file;
  }

  private Table table(AuditStock stock, List<Cost> raw, List<Cost> sink) {
    double yardstick = Sample.of(raw, Cost::documentsPerSecond).median();
    return new Table(
            "into OpenSearch",
            "documents/s",
            "least",
            "most",
            "× loader",
            "CPU s/M",
            "store CPU s/M",
            "RssAnon MiB")
        .row(row("sink: topic → decode → ECS → _bulk", sink, yardstick))
        .row(row("loader: the same documents, made before", raw, yardstick))
        .note(
            "%,d audit events of %d bytes; medians of %d rounds, in turn; all documents counted in the store each time"
                .formatted(stock.count(), stock.bytes() / stock.count(), rounds))
        .note(
            "measured once a third was there; up to %d requests at a time, gzip"
                .formatted(Load.OF_SINK.requests()));
  }

  private static String[] row(String name, List<Cost> costs, double yardstick) {
    Sample rate = Sample.of(costs, Cost::documentsPerSecond);
    return new String[] {
      name,
      "%,.0f".formatted(rate.median()),
      "%,.0f".formatted(rate.min()),
      "%,.0f".formatted(rate.max()),
      "%.2f".formatted(rate.median() / yardstick),
      "%.1f".formatted(median(costs, Cost::cpuSecondsPerMillion)),
      "%.1f".formatted(median(costs, Cost::storeCpuSecondsPerMillion)),
      "%.0f".formatted(median(costs, Cost::anonMib))
    };
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> value) {
    return Sample.of(costs, value).median();
  }
}
