package io.tasktrail.agent.health;

import java.util.Map;

/// What became of the records of audit, since this agent began.
///
/// @param records lines that are records
/// @param events what they made
/// @param missingSerials serials that nothing was read of, each told as lost
/// @param corrupt lines that are no records, by reason
/// @param recordsLeftOut of the records, what is in no event, by why
/// @param eventsLeftOut of the events, what nothing is told of, by why
/// @param log where a log is followed
public record AuditFigures(
    long records,
    long events,
    long missingSerials,
    Map<String, Long> corrupt,
    Map<String, Long> recordsLeftOut,
    Map<String, Long> eventsLeftOut,
    Log log) {

  public AuditFigures {
    corrupt = Map.copyOf(corrupt);
    recordsLeftOut = Map.copyOf(recordsLeftOut);
    eventsLeftOut = Map.copyOf(eventsLeftOut);
  }

  /// A log that is followed; all 0 where none is.
  ///
  /// @param rotations how often another file was begun
  /// @param gaps how often what was to be read next was gone
  /// @param unreadBytes of the file that is being read
  public record Log(long rotations, long gaps, long unreadBytes) {

    /// None is followed.
    public static final Log NONE = new Log(0, 0, 0);
  }
}
