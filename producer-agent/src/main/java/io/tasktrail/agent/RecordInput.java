package io.tasktrail.agent;

import io.tasktrail.agent.follow.Step;
import io.tasktrail.agent.health.AuditFigures;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Where records come from. For one thread.
interface RecordInput extends AutoCloseable {

  /// Bytes of a buffer that [#read] is given, at least.
  int CHUNK_BYTES = 64 << 10;

  /// Takes what is there; never waits for more.
  ///
  /// @throws IOException if it can't be read
  Step read(ByteBuffer into) throws IOException;

  /// Nothing came for long, and what is held is about to be told for that reason.
  ///
  /// @return whether it may be
  default boolean silent() {
    return true;
  }

  /// All that was read so far is published.
  ///
  /// @param mark one that is higher than those before
  /// @param isLast no more will be read
  default void published(long mark, boolean isLast) {}

  /// All that was published up to a mark is acknowledged.
  default void acknowledged(long mark) {}

  /// How often it went on with another file, and what it missed.
  default AuditFigures.Log log() {
    return AuditFigures.Log.NONE;
  }

  /// Whether what was not acknowledged is read again by the next agent.
  default boolean isRemembered() {
    return false;
  }

  @Override
  void close() throws IOException;
}
