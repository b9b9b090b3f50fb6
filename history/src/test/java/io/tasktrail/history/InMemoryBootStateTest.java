package io.tasktrail.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InMemoryBootStateTest {

  private final InMemoryHostState host = new InMemoryHostState();

  @Test
  void tasksAreInTheOrderOfTheirKeys() {
    InMemoryBootState state =
        after(
            "1 cpu0 module_load -5@0.1 n=0 comm=a name=a",
            "1 cpu0 module_load 7@0.5 n=0 comm=a name=b",
            "1 cpu0 module_load 300@0.2 n=0 comm=a name=c",
            "1 cpu0 module_load 7@-0.1 n=0 comm=a name=d",
            "1 cpu0 module_load 7@0.3 n=0 comm=a name=e",
            "1 cpu0 module_load 20@0.4 n=0 comm=a name=f");
    assertThat(state.tasks().stream().map(TaskHistory::key))
        .containsExactly(
            new TaskKey(7, 300_000_000),
            new TaskKey(7, 500_000_000),
            new TaskKey(7, -100_000_000),
            new TaskKey(20, 400_000_000),
            new TaskKey(300, 200_000_000),
            new TaskKey(-5, 100_000_000));
    assertThat(state.modules()).isEqualTo(6);
  }

  @Test
  void nothingOfABootThatIsOverIsRemembered() {
    InMemoryBootState state =
        after(
            "1 cpu0#2 fork 1@0.5 n=2 comm=b child=2",
            "1 cpu0 module_load 2 n=2 comm=b name=m",
            "1 cpu0 exit 2 n=2 comm=b");
    TaskKey parent = new TaskKey(1, 500_000_000);
    Source source = new Source(state.ledger().captures().getFirst().id(), 0);
    assertThat(state.task(parent)).isPresent();
    assertThat(state.received(source)).isPresent();
    assertThat(state.endedTasks().at(0)).isPresent();
    assertThat(state.correctable().at(0)).isPresent();
    assertThat(state.module(ByteText.of("m"))).isPresent();
    state.forgetAll();
    assertThat(state.tasks()).isEmpty();
    assertThat(state.received(source)).isEmpty();
    assertThat(state.endedTasks().at(0)).isEmpty();
    assertThat(state.correctable().at(0)).isEmpty();
    assertThat(state.modules()).isZero();
    assertThat(state.ledger()).isEqualTo(Ledger.EMPTY);
    assertThat(state.endedTasks().ends()).isEqualTo(Queue.EMPTY);
    assertThat(state.correctable().ends()).isEqualTo(Queue.EMPTY);
  }

  private InMemoryBootState after(String... lines) {
    Fold fold = new Fold(FoldLimits.DEFAULT);
    List<TaskEvent> events = EventLines.parse(List.of(lines)).delivered();
    List<AuditEvent> told =
        events.stream().flatMap(event -> fold.apply(host, event).stream()).toList();
    assertThat(told).hasSameSizeAs(events);
    return host.boot(events.getFirst().header().boot());
  }
}
