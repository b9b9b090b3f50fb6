package io.tasktrail.history;

import static org.assertj.core.api.Assertions.assertThat;

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

  /// The numbers of a boot that ended are forgotten: its events would be taken for new.
  static List<Scenario> whereNoBootEnds() {
    return Scenario.names().stream().map(Scenario::named).filter(ScenarioTest::noBootEnds).toList();
  }

  private static boolean noBootEnds(Scenario scenario) {
    return scenario.histories().stream().noneMatch(line -> line.startsWith("BOOT_ENDED"));
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
  @MethodSource("whereNoBootEnds")
  void whatArrivesTwiceCountsOnce(Scenario scenario) {
    List<TaskEvent> twice = new ArrayList<>();
    for (TaskEvent event : scenario.events()) {
      twice.add(event);
      twice.add(event);
    }
    assertThat(scenario.told(twice)).isEqualTo(scenario.told(scenario.events()));
  }

  @ParameterizedTest
  @MethodSource("whereNoBootEnds")
  void aWholeStreamThatArrivesAgainChangesNothing(Scenario scenario) {
    List<TaskEvent> again = new ArrayList<>(scenario.events());
    again.addAll(scenario.events());
    assertThat(scenario.told(again)).isEqualTo(scenario.told(scenario.events()));
  }
}
