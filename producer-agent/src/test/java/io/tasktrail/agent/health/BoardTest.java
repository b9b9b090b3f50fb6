package io.tasktrail.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoardTest {

  private static final boolean BUSY = false;
  private static final boolean AT_REST = true;
  private static final long LONG = 10 * Board.INTERVAL.toNanos();

  private long now;
  private final Board board = new Board(() -> now);

  @BeforeEach
  void theFirstTurnIsPosted() {
    assertThat(board.turned(AT_REST)).isTrue();
    board.post(Sightings.of(Sightings.balance(0, 0), Canary.Report.NONE));
  }

  @Test
  void whileSomethingHappensItIsPostedNowAndThen() {
    assertThat(board.turned(BUSY)).as("at once").isFalse();
    now += Board.INTERVAL.toNanos();
    assertThat(board.turned(BUSY)).isTrue();
  }

  @Test
  void whileNothingHappensNothingIsPosted() {
    now += 100 * Board.INTERVAL.toNanos();
    assertThat(board.turned(AT_REST)).isFalse();
    assertThat(board.sinceTurn()).isZero();
  }

  @Test
  void whatHappenedLastIsPostedOnceThough() {
    assertThat(board.turned(BUSY)).isFalse();
    assertThat(board.turned(AT_REST)).as("too soon").isFalse();
    now += Board.INTERVAL.toNanos();
    assertThat(board.turned(AT_REST)).isTrue();
    board.post(Sightings.of(Sightings.balance(1, 0), Canary.Report.NONE));
    now += Board.INTERVAL.toNanos();
    assertThat(board.turned(AT_REST)).isFalse();
  }

  @Test
  void noRestIsLongerThanThePostOfWhatHappenedLastCanWait() {
    assertThat(board.restNanos(LONG)).as("nothing happened").isEqualTo(LONG);
    board.turned(BUSY);
    now += 1;
    assertThat(board.restNanos(LONG)).isEqualTo(Board.INTERVAL.toNanos() - 1);
    assertThat(board.restNanos(10)).isEqualTo(10);
    now += LONG;
    assertThat(board.restNanos(LONG)).as("it is due").isZero();
  }

  @Test
  void whatWasPostedWhileItHappenedIsPostedOnceMore() {
    now += Board.INTERVAL.toNanos();
    assertThat(board.turned(BUSY)).isTrue();
    board.post(Sightings.of(Sightings.balance(1, 1), Canary.Report.NONE));
    now += Board.INTERVAL.toNanos();
    assertThat(board.turned(AT_REST)).isTrue();
  }
}
