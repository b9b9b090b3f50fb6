package io.tasktrail.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Completeness;
import io.tasktrail.event.EventId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.TaskEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each scenario, with each of its events left out in turn.
final class LossTest {

  static List<String> scenarios() {
    return Scenario.names();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void noHistoryThatALossTouchesStaysWholeAndNoOtherChanges(Scenario scenario) {
    Map<EventId, Lineage.Foundation> foundations = Lineage.of(scenario.events());
    Map<EventId, AuditEvent> all = emitted(scenario, scenario.events());
    Set<TaskEvent> saying = sayingSinceWhen(scenario.events());
    for (TaskEvent lost : scenario.events()) {
      Map<EventId, AuditEvent> left = emitted(scenario, without(scenario.events(), lost));
      left.values().stream()
          .filter(emitted -> emitted.task().isPresent())
          .forEach(emitted -> check(saying, lost, foundations.get(id(emitted)), all, emitted));
    }
  }

  /// What the capture says of itself, and, where no agent does, the first event that the kernel
  /// numbered: without it, what is not known may be so for another reason.
  private static Set<TaskEvent> sayingSinceWhen(List<TaskEvent> events) {
    Set<TaskEvent> saying = new HashSet<>();
    events.stream().filter(event -> event.fact() instanceof Fact.OfCapture).forEach(saying::add);
    if (saying.stream().noneMatch(event -> event.fact() instanceof Fact.AgentStarted)) {
      events.stream().filter(event -> event.header().cpu() >= 0).findFirst().ifPresent(saying::add);
    }
    return saying;
  }

  private static void check(
      Set<TaskEvent> sayingSinceWhen,
      TaskEvent lost,
      Lineage.Foundation foundation,
      Map<EventId, AuditEvent> all,
      AuditEvent now) {
    AuditEvent before = all.get(id(now));
    EventId lostId = lost.header().eventId();
    if (foundation.proofs().contains(lostId)) {
      assertThat(history(now).completeness())
          .as("%s without %s", now, lost)
          .isNotEqualTo(Completeness.WHOLE);
    } else if (sayingSinceWhen.contains(lost)) {
      assertThat(history(now).links()).as("%s without %s", now, lost).isEqualTo(links(before));
    } else if (!foundation.hints().contains(lostId)) {
      assertThat(now.task().orElseThrow().origin()).isEqualTo(before.task().orElseThrow().origin());
      assertThat(history(now)).as("%s without %s", now, lost).isEqualTo(history(before));
    }
  }

  /// The loss of a fact is the loss of all that say it: duplicates, and what a second capture says.
  private static List<TaskEvent> without(List<TaskEvent> events, TaskEvent lost) {
    return events.stream()
        .filter(
            event ->
                !event.fact().equals(lost.fact())
                    || !event.header().boot().equals(lost.header().boot())
                    || event.header().bootNanos() != lost.header().bootNanos())
        .toList();
  }

  private static Map<EventId, AuditEvent> emitted(Scenario scenario, List<TaskEvent> events) {
    return scenario.withoutHurry().emitted(new InMemoryHostState(), events).stream()
        .filter(told -> told.notice().isEmpty())
        .collect(Collectors.toMap(LossTest::id, Function.identity(), (first, _) -> first));
  }

  private static EventId id(AuditEvent emitted) {
    return emitted.event().header().eventId();
  }

  private static History history(AuditEvent emitted) {
    return emitted.task().orElseThrow().history();
  }

  private static List<Link> links(AuditEvent emitted) {
    return history(emitted).links();
  }
}
