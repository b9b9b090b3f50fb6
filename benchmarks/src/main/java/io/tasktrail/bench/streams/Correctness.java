package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Table;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.CaptureFile;
import io.tasktrail.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the topology writes what the fold alone, and `tasktrail replay`, make of the same
/// events.
record Correctness(Stand stand) {

  private static final Logger LOG = LoggerFactory.getLogger(Correctness.class);

  /// @throws IllegalStateException if a single record differs
  Table check() throws Exception {
    int events = stand.options().compared();
    LoneFold fold = new LoneFold();
    Path capture = stand.scratch().file("compared.avro");
    Stock stock = stock(events, fold, capture);
    List<ExpectedOutput> expected = List.of(fold.said(), Replayed.of(capture));
    Table table =
        new Table(
            "correctness", "audit events as of the fold alone and of replay: key, order, payload");
    try (TopologyJvm app = stand.topology("correctness")) {
      for (RoleVariant variant : RoleVariant.values()) {
        if (stand.options().has(variant) && variant.exists()) {
          LOG.info("correctness: {}", variant.title());
          List<ExpectedOutput> copies = expected.stream().map(ExpectedOutput::copy).toList();
          long same = check(variant, app, stock, copies);
          table.row(variant.title(), "%,d of %,d".formatted(same, stock.count()));
        }
      }
    }
    stand.outputs().deleteWithStock();
    return table;
  }

  /// Events in the topic, and in a capture file.
  private Stock stock(int events, LoneFold fold, Path capture) throws Exception {
    try (CaptureFile.Writer writer = CaptureFile.create(capture)) {
      return Stock.produce(
          Stock.busyHosts(events),
          events,
          stand.backbone(),
          event -> {
            fold.accept(event);
            append(writer, event);
          });
    }
  }

  private static void append(CaptureFile.Writer writer, TaskEvent event) {
    try {
      writer.append(event);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private long check(
      RoleVariant variant, TopologyJvm app, Stock stock, List<ExpectedOutput> expected)
      throws Exception {
    app.run(variant.settings(stand.backbone(), stand.scratch()));
    app.process(stock.count());
    app.stop();
    long count =
        stand
            .outputs()
            .reader()
            .read(
                Topics.AUDIT_EVENTS, record -> expected.forEach(output -> output.require(record)));
    expected.forEach(ExpectedOutput::requireNothingLeft);
    stand.outputs().delete();
    return count;
  }
}
