package io.tasktrail.agent.publish;

import io.tasktrail.event.TaskEvent;
import java.util.Optional;

/// Takes events in order and keeps each until it is safe, then says so to the [Acknowledgements] it
/// was made with. It never drops one: what fails for a time is tried again, for as long as it
/// takes.
///
/// Every method is called by one thread.
public interface Publisher extends AutoCloseable {

  /// Whether it wants more now. When not, the ring keeps what comes.
  boolean hasRoom();

  /// Takes one event, whether or not there is room; it is the caller who has to look.
  ///
  /// @param token names the event: one more than that of the event before it
  void publish(TaskEvent event, long token);

  /// Does what is due: tries again, syncs.
  ///
  /// @return how much was done
  int doWork();

  /// What it keeps elsewhere than in the memory, where it does.
  default Optional<SpoolFigures> spool() {
    return Optional.empty();
  }

  /// Ends at once. What is not acknowledged by then is given up: it is still in the ring, for the
  /// next agent.
  @Override
  void close();
}
