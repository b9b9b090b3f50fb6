package io.tasktrail.sink.bulk;

import java.time.Duration;

/// How much a store is asked at once. Grows step by step while it answers quickly, and is halved
/// when it is busy or silent: requests first, then, with one at a time left, their size. Immutable.
///
/// @param most never more than that
/// @param requests how many may be on their way, at least 1
/// @param size of a request, in [#WHOLE] parts of the most, at least 1
/// @param ceiling what size is never exceeded, because the store said that more is too long
/// @param quick answers since the last change that came quickly
/// @param judged the number of the first request that was sent after the last halving: what is said
///     of earlier ones was what led to it
record Throttle(Most most, int requests, int size, int ceiling, int quick, long judged) {

  /// A request of full size.
  static final int WHOLE = 64;

  /// An answer that takes longer is no reason to ask for more.
  static final Duration QUICK = Duration.ofSeconds(1);

  private static final int STEP = WHOLE / 8;

  /// What the user allows.
  ///
  /// @param requests on their way
  /// @param documents of a request
  /// @param bytes of a request before it is compressed
  record Most(int requests, int documents, int bytes) {}

  /// One request of full size: what the store takes is seen then.
  static Throttle of(Most most) {
    return new Throttle(most, 1, WHOLE, WHOLE, 0, 0);
  }

  /// How many documents a request may have.
  int documents() {
    return share(most.documents());
  }

  /// How long a request may be.
  int bytes() {
    return share(most.bytes());
  }

  private int share(int all) {
    return Math.max(1, Math.toIntExact((long) all * size / WHOLE));
  }

  /// Whether more than now was never allowed.
  boolean isWhole() {
    return requests == most.requests() && size == ceiling;
  }

  /// Whether there may be less on the way than before.
  boolean isLessThan(Throttle before) {
    return requests < before.requests || size < before.size;
  }

  /// A request was taken. Once as many came back quickly as may be on their way, there may be more.
  Throttle taken(Duration within) {
    if (within.compareTo(QUICK) > 0) {
      return new Throttle(most, requests, size, ceiling, 0, judged);
    }
    if (quick + 1 < requests) {
      return new Throttle(most, requests, size, ceiling, quick + 1, judged);
    }
    if (size < ceiling) {
      return new Throttle(most, requests, Math.min(ceiling, size + STEP), ceiling, 0, judged);
    }
    return new Throttle(most, Math.min(most.requests(), requests + 1), size, ceiling, 0, judged);
  }

  /// A request was not taken: the store is busy, or silent.
  ///
  /// @param number of that request
  /// @param next the number of the next one to be sent
  Throttle busy(long number, long next) {
    if (number < judged) {
      return this;
    }
    return requests > 1
        ? new Throttle(most, requests / 2, size, ceiling, 0, next)
        : new Throttle(most, 1, Math.max(1, size / 2), ceiling, 0, next);
  }

  /// A request of more than one document was too long.
  Throttle tooLong(Batch batch) {
    int fits = Math.clamp(parts(batch) / 2, 1, ceiling);
    return new Throttle(most, requests, Math.min(size, fits), fits, 0, judged);
  }

  /// By its documents or its bytes, whichever is more.
  private int parts(Batch batch) {
    long ofBytes = (long) batch.bytes() * WHOLE / most.bytes();
    long ofDocuments = (long) batch.size() * WHOLE / most.documents();
    return Math.toIntExact(Math.min(WHOLE, Math.max(ofBytes, ofDocuments)));
  }

  @Override
  public String toString() {
    return "%d of %d requests at a time from now on, of at most %,d documents and %,d bytes"
        .formatted(requests, most.requests(), documents(), bytes());
  }
}
