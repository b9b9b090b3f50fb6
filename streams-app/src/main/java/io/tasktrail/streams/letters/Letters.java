package io.tasktrail.streams.letters;

import io.tasktrail.streams.balance.DeadLetterReason;
import io.tasktrail.streams.balance.FoldCounters;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts dead letters and logs where they came from: never a key, a value, or the message of an
/// exception, which may quote them. The whole of it stands in the dead letter itself.
final class Letters {

  private static final Logger LOG = LoggerFactory.getLogger(Letters.class);

  private final FoldCounters counters;

  /// @param configs of Kafka, holding the counters
  Letters(Map<String, ?> configs) {
    counters = (FoldCounters) configs.get(FoldCounters.CONFIG);
  }

  FoldCounters counters() {
    return counters;
  }

  void count(DeadLetterReason reason, ErrorHandlerContext where, Exception thrown) {
    long count = counters.deadLetter(reason);
    if (isPowerOfTwo(count)) {
      LOG.atWarn()
          .addKeyValue("reason", reason.name().toLowerCase(Locale.ROOT))
          .addKeyValue("count", count)
          .addKeyValue("topic", where.topic())
          .addKeyValue("partition", where.partition())
          .addKeyValue("offset", where.offset())
          .addKeyValue("exception", Fault.root(thrown).getClass().getName())
          .log("dead letter; the next is logged when there are twice as many");
    }
  }

  /// A flood of bad records must not become a flood of lines.
  private static boolean isPowerOfTwo(long count) {
    return Long.bitCount(count) == 1;
  }
}
