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
  private static final Duration ENOUGH = Duration.ofMinutes(2);

  /// On two cores the compiler shows in the first ones.
  private static final int WARMING = 2;

  /// The first rounds warm the JVM, and count for nothing.
  ///
  /// @param rounds at most
  static Rounds of(String name, Contestant contestant, Stock stock, int rounds) throws Exception {
    LOG.info("{}: warming up", name);
    for (int round = 0; round < WARMING; round++) {
      contestant.once(stock);
    }
    long begin = System.nanoTime();
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
