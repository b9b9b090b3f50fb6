package io.tasktrail.wire;

import io.tasktrail.event.Link;

/// Bytes of links that were written lately: the events of a task tell the same links again and
/// again, and its children's events too. Not for use by several threads at once.
final class WrittenLinks {

  /// A power of two: what the busy tasks of some hundred hosts have; a place costs some 150 bytes.
  private static final int PLACES = 4096;

  private static final int PLACE_BITS = Integer.numberOfTrailingZeros(PLACES);

  /// 2^64 by the golden ratio: the highest bits of a product with it depend on all of a number's.
  private static final long SPREADING = 0x9E3779B97F4A7C15L;

  private final Link[] links = new Link[PLACES];
  private final byte[][] bytes = new byte[PLACES][];

  /// The bytes of this very link; null where they are not at hand. One that merely equals it is
  /// another: to compare them would cost what is saved.
  @SuppressWarnings("ReferenceEquality")
  byte[] ofOrNull(Link link) {
    int place = place(link);
    return links[place] == link ? bytes[place] : null;
  }

  /// Remembers a link's bytes, in place of those of another.
  void put(Link link, byte[] written) {
    int place = place(link);
    links[place] = link;
    bytes[place] = written;
  }

  private static int place(Link link) {
    return (int) (((link.startNanos() ^ link.ordinal()) * SPREADING) >>> (Long.SIZE - PLACE_BITS));
  }
}
