package io.tasktrail.agent.ring;

import io.tasktrail.event.Fact.LostOfKind;
import java.util.List;
import java.util.Optional;

/// What went wrong on the way of the events, up to where they were read.
///
/// @param ringFull what the kernel had no room for, by kind, since the capture was armed
/// @param missed events that were never numbered because the program was at work on that cpu
///     already, by kind, since then: at most so many, for a program is also passed over for what it
///     would not have recorded (a thread). Empty when this agent may not know
/// @param argumentFaults execs that this agent read, of which a page of argv was not in memory
/// @param malformed records that this agent passed over because they are not what `record.h` says;
///     each shows as a loss
public record Troubles(
    List<LostOfKind> ringFull,
    Optional<List<LostOfKind>> missed,
    long argumentFaults,
    long malformed) {

  public Troubles {
    ringFull = List.copyOf(ringFull);
    missed = missed.map(List::copyOf);
  }
}
