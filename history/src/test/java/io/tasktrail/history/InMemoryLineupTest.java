package io.tasktrail.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InMemoryLineupTest {

  private final Lineup<Integer> lineup = new InMemoryLineup<>();

  @Test
  void firstInIsFirstOutHoweverManyWait() {
    Random random = new Random(5);
    Deque<Integer> expected = new ArrayDeque<>();
    for (int number = 0; number < 10_000; number++) {
      lineup.add(number);
      expected.add(number);
      int leaving = random.nextInt(number % 1000 < 700 ? 2 : 6);
      assertThat(released(leaving)).isEqualTo(taken(expected, leaving));
      assertThat(lineup.ends().size()).isEqualTo(expected.size());
    }
  }

  @Test
  void whoWaitsCanBeReplaced() {
    for (int number = 0; number < 40; number++) {
      lineup.add(number);
    }

    lineup.put(30, -30);

    assertThat(lineup.at(30)).hasValue(-30);
    assertThat(lineup.at(31)).hasValue(31);
    assertThat(lineup.at(40)).isEmpty();
    assertThat(lineup.at(30 + 64)).isEmpty();
  }

  @Test
  void whoLeftIsNotThereAnyMore() {
    lineup.add(1);
    lineup.add(2);
    lineup.clear();

    assertThat(lineup.ends()).isEqualTo(Queue.EMPTY);
    assertThat(lineup.at(0)).isEmpty();
    assertThat(lineup.at(1)).isEmpty();
  }

  private List<Integer> released(int most) {
    List<Integer> released = new ArrayList<>();
    lineup.release(most, _ -> true, released::add);
    return released;
  }

  private static List<Integer> taken(Deque<Integer> from, int most) {
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < most && !from.isEmpty(); i++) {
      taken.add(from.remove());
    }
    return taken;
  }
}
