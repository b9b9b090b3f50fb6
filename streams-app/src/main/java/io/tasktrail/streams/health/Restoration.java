package io.tasktrail.streams.health;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/// Follows the state on its way back from the brokers. What is restored, suspended or handed over
/// is forgotten.
public final class Restoration implements StateRestoreListener {

  /// How far a store of one partition is.
  ///
  /// @param restored offsets of its changelog that are behind
  /// @param toRestore all of them, as of the beginning
  public record Progress(String store, int partition, long restored, long toRestore) {}

  private record Part(String store, TopicPartition changelog) {}

  private record Stretch(long first, long next, long end) {}

  private final Map<Part, Stretch> running = new ConcurrentHashMap<>();
  private final Counter records;

  /// @param registry receives the number of records restored
  public Restoration(PrometheusRegistry registry) {
    records =
        Counter.builder()
            .name("tasktrail_restored_records_total")
            .help("Records of state read back from the brokers.")
            .labelNames("store")
            .withoutExemplars()
            .register(registry);
  }

  /// What is being restored now, by store and partition.
  public List<Progress> progress() {
    return running.entrySet().stream()
        .map(one -> progress(one.getKey(), one.getValue()))
        .sorted(comparing(Progress::store).thenComparing(comparingInt(Progress::partition)))
        .toList();
  }

  private static Progress progress(Part part, Stretch stretch) {
    return new Progress(
        part.store(),
        part.changelog().partition(),
        stretch.next() - stretch.first(),
        stretch.end() - stretch.first());
  }

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long first, long end) {
    running.put(new Part(store, changelog), new Stretch(first, first, end));
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long last, long count) {
    running.computeIfPresent(
        new Part(store, changelog),
        (_, stretch) ->
            new Stretch(stretch.first(), Math.min(last + 1, stretch.end()), stretch.end()));
    records.labelValues(store).inc(count);
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long total) {
    running.remove(new Part(store, changelog));
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
    running.remove(new Part(store, changelog));
  }
}
