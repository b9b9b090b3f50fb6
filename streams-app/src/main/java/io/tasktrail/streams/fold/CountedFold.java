package io.tasktrail.streams.fold;

import io.tasktrail.streams.balance.FoldCounters;
import io.tasktrail.streams.letters.UnfoldableRecords;
import io.tasktrail.wire.ArrivedEvent;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Counts each record that reaches the fold, and those of which nothing came because Kafka or the
/// registry failed. Dead letters are counted by who makes them, all else by the fold.
final class CountedFold implements Processor<byte[], ArrivedEvent, byte[], Object> {

  private final FoldProcessor fold;
  private final FoldCounters counters;

  CountedFold(FoldProcessor fold, FoldCounters counters) {
    this.fold = fold;
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    fold.init(context);
  }

  @Override
  public void process(Record<byte[], ArrivedEvent> record) {
    counters.read();
    boolean settled = false;
    try {
      fold.process(record);
      settled = true;
    } catch (RuntimeException thrown) {
      settled = UnfoldableRecords.blames(thrown);
      throw thrown;
    } finally {
      if (!settled) {
        counters.brokenOff();
      }
    }
  }

  @Override
  public void close() {
    fold.close();
  }
}
