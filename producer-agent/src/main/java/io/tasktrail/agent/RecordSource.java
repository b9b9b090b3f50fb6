package io.tasktrail.agent;

import io.tasktrail.agent.health.AuditFigures;
import io.tasktrail.agent.health.Balance;
import io.tasktrail.agent.health.ConnectorFigures;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.role.Failure;
import java.util.List;
import java.util.Optional;

/// What makes events of the bytes of an input, and puts them into the outbox. For one thread.
interface RecordSource extends AutoCloseable {

  /// Takes bytes as they come: records may be split anywhere.
  void take(byte[] bytes, int count);

  /// A record that has begun ends here: so does the file.
  void endFile();

  /// Whether there is something that it did not tell, because more of it may come.
  default boolean holds() {
    return false;
  }

  /// Tells what is held.
  default void flush() {}

  /// Whether what comes is of now: an archive's time is that of what was read last.
  boolean isLive();

  /// Why what was taken is nothing that it could read; empty where something was.
  ///
  /// @param name of the input, for people
  /// @param isOver whether nothing more comes
  Optional<Failure> refusal(String name, boolean isOver);

  /// Places where the bytes are no record.
  long malformed();

  /// The numbers that it has given, by who numbered.
  List<Progress> reached();

  /// What its events are counted as.
  Balance.Source kind();

  /// Numbers that were given to what never arrived.
  default long lost() {
    return 0;
  }

  /// Snapshots of what is alive, begun after losses.
  default long snapshots() {
    return 0;
  }

  /// What became of records of audit, where it reads those.
  ///
  /// @param log that is followed
  default Optional<AuditFigures> audit(AuditFigures.Log log) {
    return Optional.empty();
  }

  /// What became of what the proc connector told, where it reads that.
  default Optional<ConnectorFigures> connector() {
    return Optional.empty();
  }

  @Override
  default void close() {}
}
