package io.tasktrail.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tasktrail.event.TaskEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each folder of `scenarios`.
final class ScenarioTest {

  static List<String> scenarios() {
    return Scenario.names();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void eventsBecomeTheirHistories(Scenario scenario) {
    assertThat(String.join("\n", scenario.told(scenario.events())))
        .isEqualTo(String.join("\n", scenario.histories()));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theSameEventsGiveTheSameHistories(Scenario scenario) {
    assertThat(scenario.emitted(new InMemoryHostState(), scenario.events()))
        .isEqualTo(scenario.emitted(new InMemoryHostState(), scenario.events()));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void whatArrivesTwiceCountsOnce(Scenario scenario) {
    assumeThatNoBootEnded(scenario);
    List<TaskEvent> twice = new ArrayList<>();
    for (TaskEvent event : scenario.events()) {
      twice.add(event);
      twice.add(event);
    }
    assertThat(scenario.told(twice)).isEqualTo(scenario.told(scenario.events()));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void aWholeStreamThatArrivesAgainChangesNothing(Scenario scenario) {
    assumeThatNoBootEnded(scenario);
    List<TaskEvent> again = new ArrayList<>(scenario.events());
    again.addAll(scenario.events());
    assertThat(scenario.told(again)).isEqualTo(scenario.told(scenario.events()));
  }

  private static void assumeThatNoBootEnded(Scenario scenario) {
    assumeThat(scenario.histories())
        .as("the numbers of a boot that ended are forgotten")
        .noneMatch(line -> line.startsWith("BOOT_ENDED"));
  }
}
