package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/// When each event of a load was sent, and when it was seen: by this JVM's clock, found by the
/// event's number.
final class Stamps {

  private final Map<EventNumber, Integer> places = new HashMap<>();
  private final AtomicLongArray sentNanos;
  private final AtomicLongArray seenNanos;

  Stamps(List<Load.Item> items) {
    for (int i = 0; i < items.size(); i++) {
      places.put(items.get(i).number(), i);
    }
    sentNanos = new AtomicLongArray(items.size());
    seenNanos = new AtomicLongArray(items.size());
  }

  /// This one is about to be sent.
  void sent(int place) {
    sentNanos.set(place, System.nanoTime());
  }

  /// What is not of this load is not counted.
  ///
  /// @return whether it was
  boolean seen(byte[] value, long nanos) {
    Integer place = places.get(EventNumber.in(value));
    return place != null && seenNanos.compareAndSet(place, 0, nanos);
  }

  /// Of all but the first so many; an event that was not seen counts as never.
  Sample millis(int warming) {
    return Sample.of(
        IntStream.range(warming, sentNanos.length()).mapToDouble(this::latency).toArray());
  }

  private double latency(int place) {
    long seen = seenNanos.get(place);
    return seen == 0 ? Double.POSITIVE_INFINITY : (seen - sentNanos.get(place)) / 1e6;
  }
}
