package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Jvm;
import io.tasktrail.wire.Topics;
import java.io.IOException;
import java.util.List;

/// A yardstick, or the fold without Kafka.
record WorkContestant(WorkKind kind, Jvm jvm, Backbone backbone) implements Contestant {

  static WorkContestant start(WorkKind kind, Backbone backbone) throws IOException {
    Jvm jvm = WorkMain.start(kind, backbone.addresses(), List.of("-Xmx" + heap(kind)));
    return new WorkContestant(kind, jvm, backbone);
  }

  /// As much as the role is shipped with, beside which the fold holds the stock.
  private static String heap(WorkKind kind) {
    return kind == WorkKind.FOLD ? "4g" : "2g";
  }

  @Override
  public Cost once(Stock stock) throws Exception {
    if (!kind.writes()) {
      return cost(stock);
    }
    Outputs outputs = new Outputs(backbone);
    backbone.create(Topics.AUDIT_EVENTS, Stock.PARTITIONS);
    try {
      Cost cost = cost(stock);
      outputs.require(stock.count());
      return cost;
    } finally {
      outputs.delete();
    }
  }

  private Cost cost(Stock stock) throws IOException {
    jvm.tell(Long.toString(stock.count()));
    Cost cost = Stopwatch.cost(jvm, backbone.jvm());
    String said = jvm.hear();
    if (!said.equals(WorkMain.OVER)) {
      throw new IllegalStateException("expected '%s', heard: %s".formatted(WorkMain.OVER, said));
    }
    return cost;
  }

  @Override
  public void close() throws IOException {
    jvm.close();
  }
}
