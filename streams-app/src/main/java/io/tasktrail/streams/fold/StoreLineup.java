package io.tasktrail.streams.fold;

import io.tasktrail.history.Lineup;
import io.tasktrail.history.Queue;
import java.util.Optional;
import java.util.function.LongFunction;
import org.apache.kafka.common.utils.Bytes;

/// A queue within the stores.
///
/// @param end where its ends are
/// @param shelf where those are who wait
/// @param keys the key of a serial number
record StoreLineup<T>(Cell<Queue> end, Shelf<Bytes, T> shelf, LongFunction<Bytes> keys)
    implements Lineup<T> {

  @Override
  public Queue ends() {
    return end.orElse(Queue.EMPTY);
  }

  @Override
  public void put(Queue ends) {
    if (ends.equals(Queue.EMPTY)) {
      end.forget();
    } else {
      end.put(ends);
    }
  }

  @Override
  public Optional<T> at(long serial) {
    return cell(serial).get();
  }

  @Override
  public void put(long serial, T waiting) {
    cell(serial).put(waiting);
  }

  @Override
  public void forget(long serial) {
    cell(serial).forget();
  }

  private Cell<T> cell(long serial) {
    return shelf.at(keys.apply(serial));
  }
}
