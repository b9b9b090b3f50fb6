package io.tasktrail.agent.spool;

import io.tasktrail.agent.publish.Numbering;
import io.tasktrail.event.Action;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Remembers which numbers were taken for events that may come to nothing.
final class Taken implements Numbering {

  private final Numbering numbering;
  private final List<Header> taken = new ArrayList<>();

  Taken(Numbering numbering) {
    this.numbering = numbering;
  }

  @Override
  public TaskEvent own(Fact fact) {
    TaskEvent event = numbering.own(fact);
    taken.add(event.header());
    return event;
  }

  @Override
  public boolean isOfCapture(Header header) {
    return numbering.isOfCapture(header);
  }

  /// Says that they are lost; empty when none was taken. They are consecutive: nobody else takes
  /// one meanwhile.
  Optional<Fact.EventsLost> asLost() {
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    Header first = taken.getFirst();
    Header last = taken.getLast();
    return Optional.of(
        new Fact.EventsLost(
            first.cpu(),
            first.sequence(),
            last.sequence(),
            List.of(new Fact.LostOfKind(Action.EVENTS_LOST, taken.size())),
            Fact.LossCause.UNKNOWN,
            first.bootNanos(),
            last.bootNanos()));
  }
}
