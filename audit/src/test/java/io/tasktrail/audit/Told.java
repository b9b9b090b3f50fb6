package io.tasktrail.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.history.Fleet;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import java.util.ArrayList;
import java.util.List;

/// What is told of a log.
final class Told {

  private final List<TaskEvent> events = new ArrayList<>();
  private final AuditSource source = new AuditSource(Origin::ofNode, events::add);

  static Told of(String... lines) {
    return of(String.join("\n", lines).getBytes(ISO_8859_1));
  }

  static Told of(byte[] log) {
    Told told = new Told();
    told.source.take(log, log.length);
    told.source.take(new byte[] {'\n'}, 1);
    told.source.flush();
    return told;
  }

  Tally tally() {
    return source.tally();
  }

  List<TaskEvent> events() {
    return events;
  }

  <F extends Fact> List<F> all(Class<F> kind) {
    return events.stream().map(TaskEvent::fact).filter(kind::isInstance).map(kind::cast).toList();
  }

  /// Through the fold.
  List<AuditEvent> folded() {
    Fleet fleet = new Fleet(new Fold(FoldLimits.DEFAULT));
    return events.stream().flatMap(event -> fleet.apply(event).stream()).toList();
  }

  /// The images of the last event's history, the root left out.
  String lastHistory() {
    return String.join(
        " ",
        folded().getLast().task().orElseThrow().history().links().stream()
            .skip(1)
            .map(link -> link.comm().toString())
            .toList());
  }
}
