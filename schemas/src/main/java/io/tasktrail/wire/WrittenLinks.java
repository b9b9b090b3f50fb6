package io.tasktrail.wire;

import io.tasktrail.event.Link;

/// Bytes of links that were written lately: the events of a task tell the same links again and
/// again, and its children's events too. Not for use by several threads at once.
final class WrittenLinks {

  /// A power of two: twice what the busy tasks of some hundred hosts have, so that few meet in one
  /// place; 1.2 MB of usual links, 3 MB at most.
  static final int PLACES = 8192;

  /// A link may have a path of 4 KiB: such a one is written anew each time.
  private static final int KEPT_BYTES_MAX = 128;

  /// Made with the first link: most records have none.
  private Link[] links = {};

  private byte[][] bytes = {};

  /// The bytes of this very link; null where they are not at hand. One that merely equals it is
  /// another: to compare them would cost what is saved.
  @SuppressWarnings("ReferenceEquality")
  byte[] ofOrNull(Link link) {
    int place = place(link);
    return place < links.length && links[place] == link ? bytes[place] : null;
  }

  /// Remembers a link's bytes, in place of those of another, unless there are many.
  void put(Link link, byte[] written) {
    if (written.length > KEPT_BYTES_MAX) {
      return;
    }
    if (links.length == 0) {
      links = new Link[PLACES];
      bytes = new byte[PLACES][];
    }
    int place = place(link);
    links[place] = link;
    bytes[place] = written;
  }

  /// By what they say, the links of machines made from one image would meet: they execute the same
  /// at nearly the same time after their start.
  private static int place(Link link) {
    return System.identityHashCode(link) & (PLACES - 1);
  }
}
