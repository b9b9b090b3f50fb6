package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Table;
import io.tasktrail.wire.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the topology writes what the fold alone makes of the same events.
record Correctness(Stand stand) {

  private static final Logger LOG = LoggerFactory.getLogger(Correctness.class);

  /// @throws IllegalStateException if a single record differs
  Table check() throws Exception {
    ExpectedOutput expected = new ExpectedOutput();
    int events = stand.options().compared();
    Stock stock = Stock.produce(Stock.busyHosts(events), events, stand.backbone(), expected);
    Table table =
        new Table("correctness", "audit events as of the fold alone: key, order, payload");
    try (TopologyJvm app = stand.topology("correctness")) {
      for (RoleVariant variant : RoleVariant.values()) {
        if (stand.options().has(variant) && variant.exists()) {
          LOG.info("correctness: {}", variant.title());
          long same = check(variant, app, stock, expected.copy());
          table.row(variant.title(), "%,d of %,d".formatted(same, stock.count()));
        }
      }
    }
    stand.outputs().deleteWithStock();
    return table;
  }

  private long check(RoleVariant variant, TopologyJvm app, Stock stock, ExpectedOutput expected)
      throws Exception {
    app.run(variant.settings(stand.backbone(), stand.scratch()));
    app.process(stock.count());
    app.stop();
    long count = stand.outputs().reader().read(Topics.AUDIT_EVENTS, expected::require);
    expected.requireNothingLeft();
    stand.outputs().delete();
    return count;
  }
}
