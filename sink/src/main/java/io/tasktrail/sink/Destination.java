package io.tasktrail.sink;

import io.tasktrail.event.AuditEvent;
import java.io.IOException;

/// Where events go. Used by one thread.
///
/// The role calls [#resume] before anything else and after every failure of the others; it then
/// delivers again from where it was told. What was written and never synced must therefore leave
/// no trace once `resume` is back, where the destination can do so: that is what makes it exactly
/// once, over a crash as over a full disk.
public interface Destination extends AutoCloseable {

  /// Where it is, for messages.
  String name();

  /// Gets ready, forgetting whatever was written after the last [#sync], also that of an earlier
  /// process.
  ///
  /// @param source which records; positions in any other mean nothing
  /// @return the positions of the last sync, so far as this destination remembers them
  /// @throws IOException if it can't be used, with a message for the user
  Positions resume(Source source) throws IOException;

  /// Takes the next event of a host; it may be durable only after [#sync].
  ///
  /// @param refusal is told if the destination will not take it, before [#flush] returns
  /// @throws IOException if the destination fails; any other exception condemns the event, which
  ///     must have left no trace
  void write(AuditEvent event, Refusal refusal) throws IOException;

  /// Hands over everything written so far, so that everything refused is told.
  ///
  /// @throws IOException if the destination fails
  default void flush() throws IOException {
    // who takes each event as it is written has nothing left
  }

  /// Makes everything written so far durable, and remembers how far that was.
  ///
  /// @throws IOException if that fails; any other exception ends the sink
  void sync(Positions positions) throws IOException;

  /// Ends. What was not synced need not be kept.
  @Override
  void close() throws IOException;
}
