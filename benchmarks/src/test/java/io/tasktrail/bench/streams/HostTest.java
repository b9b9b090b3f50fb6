package io.tasktrail.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tasktrail.bench.streams.Stock.Kind;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HostTest {

  private static final int EVENTS = 10_000;
  private static final int STAY = 250;
  private static final Offset<Double> NEARLY = within(0.03);

  @Test
  void aBusyHostForksExecutesAndExitsInProportion() {
    Host host = new BusyHost(1, STAY);
    Map<Kind, Long> kinds =
        events(host).stream()
            .collect(Collectors.groupingBy(event -> Kind.of(event.fact()), Collectors.counting()));
    double forks = kinds.get(Kind.FORK);
    assertThat(kinds.get(Kind.EXEC) / forks).isCloseTo(0.78, NEARLY);
    assertThat(kinds.get(Kind.EXIT) / forks).isCloseTo(0.93, NEARLY);
    assertThat(host.live()).isBetween(STAY, STAY + 20);
  }

  @Test
  void theLineagesOfABusyHostAreFiveToTwelveExecsDeep() {
    assertThat(events(new BusyHost(1, STAY)))
        .extracting(TaskEvent::fact)
        .filteredOn(Fact.Exited.class::isInstance)
        .extracting(fact -> ((Fact.Exited) fact).actor().execCount())
        .allSatisfy(count -> assertThat(count).isBetween(5L, 12L))
        .contains(5L, 12L);
  }

  @Test
  void theSameNumberMakesTheSameHost() {
    assertThat(events(new BusyHost(3, STAY))).isEqualTo(events(new BusyHost(3, STAY)));
  }

  private static List<TaskEvent> events(Host host) {
    return Stream.generate(host::next).limit(EVENTS).toList();
  }
}
