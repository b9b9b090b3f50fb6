package io.tasktrail.history;

/// The ends of a queue, first in, first out: what is in it has the serial numbers from `first` to
/// `next - 1`.
///
/// @param first the serial number of what leaves next
/// @param next the serial number that what comes next is given
public record Queue(long first, long next) {

  /// Nothing in it yet.
  public static final Queue EMPTY = new Queue(0, 0);

  /// How many are in it.
  public long size() {
    return next - first;
  }

  Queue withOneMore() {
    return new Queue(first, next + 1);
  }

  Queue withoutFirst() {
    return new Queue(first + 1, next);
  }
}
