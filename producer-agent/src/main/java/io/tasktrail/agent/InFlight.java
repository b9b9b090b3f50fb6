package io.tasktrail.agent;

import io.tasktrail.agent.ring.Checkpoint;
import io.tasktrail.event.Action;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import java.util.List;
import java.util.Optional;

/// What is kept of an event between publishing and acknowledgement. Not the event: it is as large
/// as a command line.
///
/// @param action what it says, as `event.action` names it
/// @param reached what may be released once this and everything before it is settled
record InFlight(Header header, String action, Optional<Checkpoint> reached) {

  static InFlight of(TaskEvent event) {
    return new InFlight(event.header(), Action.of(event.fact()), Optional.empty());
  }

  InFlight reaching(Checkpoint checkpoint) {
    return new InFlight(header, action, Optional.of(checkpoint));
  }

  /// Says that this event is lost.
  Fact.EventsLost asLost() {
    return new Fact.EventsLost(
        header.cpu(),
        header.sequence(),
        header.sequence(),
        List.of(new Fact.LostOfKind(action, 1)),
        Fact.LossCause.UNKNOWN,
        header.bootNanos(),
        header.bootNanos());
  }
}
