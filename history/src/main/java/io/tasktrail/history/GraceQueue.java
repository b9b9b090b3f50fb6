package io.tasktrail.history;

/// The ends of the queue of ended tasks, first in, first out: those with the serial numbers from
/// `first` to `next - 1`.
///
/// @param first the serial number of the one that is forgotten next
/// @param next the serial number that the next one to end is given
public record GraceQueue(long first, long next) {

  /// Nothing ended yet.
  public static final GraceQueue EMPTY = new GraceQueue(0, 0);

  /// How many are in it.
  public long size() {
    return next - first;
  }

  GraceQueue withOneMore() {
    return new GraceQueue(first, next + 1);
  }

  GraceQueue withoutFirst() {
    return new GraceQueue(first + 1, next);
  }
}
