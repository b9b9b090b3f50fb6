package io.tasktrail.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A queue on the heap: a ring, in which serial numbers are places.
final class InMemoryLineup<T> implements Lineup<T> {

  private static final int FIRST_PLACES = 16;

  /// A power of two of places; null where nobody waits.
  private List<T> ring = ofPlaces(FIRST_PLACES);

  private Queue ends = Queue.EMPTY;

  private static <T> List<T> ofPlaces(int places) {
    return new ArrayList<>(Collections.nCopies(places, null));
  }

  @Override
  public Queue ends() {
    return ends;
  }

  @Override
  public void put(Queue changed) {
    ends = changed;
  }

  @Override
  public Optional<T> at(long serial) {
    return serial < ends.first() || serial >= ends.next()
        ? Optional.empty()
        : Optional.ofNullable(ring.get(place(serial, ring)));
  }

  @Override
  public void put(long serial, T one) {
    while (serial - ends.first() >= ring.size()) {
      grow();
    }
    ring.set(place(serial, ring), one);
  }

  private void grow() {
    List<T> wider = ofPlaces(2 * ring.size());
    for (long serial = ends.first(); serial < ends.next(); serial++) {
      wider.set(place(serial, wider), ring.get(place(serial, ring)));
    }
    ring = wider;
  }

  @Override
  public void forget(long serial) {
    ring.set(place(serial, ring), null);
  }

  private static int place(long serial, List<?> ring) {
    return (int) (serial & (ring.size() - 1));
  }
}
