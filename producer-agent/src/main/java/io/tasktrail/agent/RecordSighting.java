package io.tasktrail.agent;

import io.tasktrail.agent.filter.Filter;
import io.tasktrail.agent.health.Balance;
import io.tasktrail.agent.health.Canary;
import io.tasktrail.agent.health.Sighting;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.agent.ring.Troubles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How an agent that reads records is.
///
/// @param numbers of what it says itself
/// @param publisher to which it publishes
/// @param window at which that acknowledges
record RecordSighting(
    RecordInput input,
    RecordSource source,
    RecordOutbox outbox,
    OwnNumbers numbers,
    Publisher publisher,
    AckWindow window) {

  /// At this moment, after a turn.
  Sighting now(Map<String, Long> masked, Filter.Tally filtered) {
    return new Sighting(
        balance(publisher.spool(), window.count()),
        Optional.empty(),
        publisher.spool(),
        new Troubles(List.of(), Optional.empty(), 0, 0),
        outbox.refused(),
        source.snapshots(),
        masked,
        filtered,
        Canary.Report.NONE,
        source.audit(input.log()),
        source.connector());
  }

  private Balance balance(Optional<SpoolFigures> spool, AckWindow.Count count) {
    return new Balance(
        Map.of(
            source.kind(),
            outbox.made() + source.lost(),
            Balance.Source.AGENT,
            numbers.total() + spool.map(SpoolFigures::unnumbered).orElse(0L),
            Balance.Source.SPOOL,
            spool.map(SpoolFigures::found).orElse(0L),
            Balance.Source.AGAIN,
            spool.map(SpoolFigures::again).orElse(0L)),
        spool.map(SpoolFigures::inKafka).orElse(count.safe()),
        spool.map(SpoolFigures::events).orElse(0L),
        outbox.waiting() + count.open() + spool.map(SpoolFigures::own).orElse(0L),
        0,
        0,
        spool.map(SpoolFigures::shed).orElse(Map.of()),
        Map.of(
            Balance.Cause.SOCKET_FULL,
            source.lost(),
            Balance.Cause.REFUSED,
            count.replaced() + spool.map(SpoolFigures::refused).orElse(0L),
            Balance.Cause.SPOOL_DAMAGED,
            spool.map(SpoolFigures::damaged).orElse(0L)));
  }
}
