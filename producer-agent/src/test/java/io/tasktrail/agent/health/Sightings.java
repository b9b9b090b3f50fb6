package io.tasktrail.agent.health;

import io.tasktrail.agent.filter.Filter;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.agent.ring.Troubles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an agent might see.
final class Sightings {

  private Sightings() {}

  static Sighting of(Balance balance, Canary.Report canary) {
    return new Sighting(
        balance,
        Optional.of(new Sighting.Ring(256, 4096)),
        Optional.of(
            new SpoolFigures(
                SpoolFigures.State.DRAINING, 0, 0, 1, 0, 0, 0, 0, 0, Map.of(), 0, 0, 0)),
        new Troubles(List.of(), Optional.of(List.of()), 0, 0),
        0,
        0,
        Map.of("mysql", 1L),
        new Filter.Tally(Map.of("exec", 1L), 1, 0),
        canary,
        Optional.of(
            new AuditFigures(
                1,
                1,
                0,
                Map.of("no type=", 1L),
                Map.of("late", 1L),
                Map.of("thread", 1L),
                new AuditFigures.Log(1, 0, 0))),
        Optional.of(new ConnectorFigures(1, 0, Map.of("thread", 1L), Map.of("arguments", 1L), 1)));
  }

  static Balance balance(long acknowledged, long inFlight) {
    return new Balance(
        Map.of(Balance.Source.KERNEL, acknowledged + inFlight),
        acknowledged,
        0,
        inFlight,
        0,
        0,
        Map.of("fork", 0L),
        Map.of());
  }
}
