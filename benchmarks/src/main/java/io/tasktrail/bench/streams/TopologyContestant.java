package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Scratch;
import java.io.IOException;

/// The role as shipped, timed from its first record to its last one.
///
/// @param expected audit events of the stock
record TopologyContestant(RoleVariant variant, TopologyJvm app, Scratch scratch, long expected)
    implements Contestant {

  @Override
  public Cost once(Stock stock) throws Exception {
    Backbone backbone = app.backbone();
    Outputs outputs = new Outputs(backbone);
    try {
      app.run(variant.settings(backbone, scratch));
      Cost cost = app.process(stock.count());
      app.stop();
      outputs.require(expected);
      return cost.withChangelog(outputs.changelogRecords(), stock.count());
    } finally {
      outputs.delete();
    }
  }

  @Override
  public void close() throws IOException {
    app.close();
  }
}
