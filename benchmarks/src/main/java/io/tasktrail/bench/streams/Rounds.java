package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A contestant's warm rounds.
record Rounds(String name, List<Cost> costs) {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /// What is slow is measured in fewer rounds: none begins later than that.
  private static final Duration ENOUGH = Duration.ofSeconds(150);

  /// The first round warms the JVM, and counts for nothing.
  ///
  /// @param rounds at most
  static Rounds of(String name, Contestant contestant, Stock stock, int rounds) throws Exception {
    long begin = System.nanoTime();
    LOG.info("{}: warming up", name);
    contestant.once(stock);
    List<Cost> costs = new ArrayList<>();
    do {
      costs.add(contestant.once(stock));
      LOG.info("{}: {} events/s", name, Math.round(costs.getLast().eventsPerSecond()));
    } while (costs.size() < rounds && System.nanoTime() - begin < ENOUGH.toNanos());
    return new Rounds(name, costs);
  }

  double median(ToDoubleFunction<Cost> value) {
    return sample(value).median();
  }

  Sample sample(ToDoubleFunction<Cost> value) {
    return Sample.of(costs, value);
  }
}
