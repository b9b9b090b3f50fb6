package io.tasktrail.agent.follow;

import io.tasktrail.event.ByteText;
import java.util.Optional;

/// What an agent goes on with: everything up to here is safe.
///
/// @param position how far the log was read; empty when nothing was
/// @param taken bytes of it that were read since anybody began to
/// @param known what the reader of the lines knew by then
public record Saved(Optional<Position> position, long taken, ByteText known) {

  /// Nothing is known.
  public static final Saved NOTHING = new Saved(Optional.empty(), 0, ByteText.EMPTY);
}
