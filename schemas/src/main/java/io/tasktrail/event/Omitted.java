package io.tasktrail.event;

/// Links left out of the middle of a long history.
///
/// @param digest SHA-256, chained over the links left out in order; empty when none are
public record Omitted(long count, ByteText digest) {

  /// Nothing is left out.
  public static final Omitted NONE = new Omitted(0, ByteText.EMPTY);
}
