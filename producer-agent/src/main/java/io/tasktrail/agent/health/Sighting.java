package io.tasktrail.agent.health;

import io.tasktrail.agent.filter.Filter;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.agent.ring.Troubles;
import java.util.Map;
import java.util.Optional;

/// What the agent's thread sees at one moment.
///
/// @param balance where the events are
/// @param ring how full the ring is, where one is read
/// @param spool what the spool holds, where there is one
/// @param troubles what went wrong on the way of the events
/// @param refused events that can never be published, each with a loss in its place
/// @param snapshots of what is alive, begun by this agent after losses
/// @param masked in how many events each rule of masking found something, by its name
/// @param filtered what the filter did
/// @param canary what became of the canaries
/// @param audit what became of records of audit, where they are read
/// @param connector what became of what the proc connector told, where that is read
public record Sighting(
    Balance balance,
    Optional<Ring> ring,
    Optional<SpoolFigures> spool,
    Troubles troubles,
    long refused,
    long snapshots,
    Map<String, Long> masked,
    Filter.Tally filtered,
    Canary.Report canary,
    Optional<AuditFigures> audit,
    Optional<ConnectorFigures> connector) {

  /// The ring of the kernel.
  public record Ring(long usedBytes, long bytes) {}
}
