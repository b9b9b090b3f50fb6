package io.tasktrail.history;

import static io.tasktrail.event.Doubt.Reason.BEFORE_CAPTURE;
import static io.tasktrail.event.Doubt.Reason.CREATOR_UNKNOWN;
import static io.tasktrail.event.Doubt.Reason.LOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.Doubt;
import io.tasktrail.event.Doubt.Reason;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class DoubtsTest {

  private static final Optional<UUID> ONE = Optional.of(new UUID(0, 1));
  private static final Optional<UUID> OTHER = Optional.of(new UUID(0, 2));

  @Test
  void neighboursThatSayTheSameAreOne() {
    assertThat(doubts(lost(1, 2)).and(lost(3, 4)).ranges()).containsExactly(lost(1, 4));
    assertThat(doubts(lost(1, 2)).and(lost(4, 4)).ranges()).containsExactly(lost(1, 2), lost(4, 4));
    assertThat(doubts(lost(1, 2)).and(doubt(3, 4, BEFORE_CAPTURE)).ranges()).hasSize(2);
    assertThat(doubts(lost(1, 2).in(ONE)).and(lost(3, 4).in(OTHER)).ranges()).hasSize(2);
    assertThat(doubts(lost(1, 2).in(ONE)).and(lost(3, 4).in(ONE)).ranges())
        .containsExactly(lost(1, 4).in(ONE));
  }

  @Test
  void aDoubtIsAboutItsFirstOrdinalAndItsLast() {
    Doubts doubts = doubts(lost(2, 4), lost(6, 6));
    assertThat(doubts.about(1)).isEmpty();
    assertThat(doubts.about(2)).contains(lost(2, 4));
    assertThat(doubts.about(4)).contains(lost(2, 4));
    assertThat(doubts.about(5)).isEmpty();
    assertThat(doubts.about(6)).contains(lost(6, 6));
  }

  @Test
  void anOrdinalIsTakenOutOfADoubt() {
    assertThat(doubts(lost(2, 4)).without(3).ranges()).containsExactly(lost(2, 2), lost(4, 4));
    assertThat(doubts(lost(2, 4)).without(2).ranges()).containsExactly(lost(3, 4));
    assertThat(doubts(lost(2, 4)).without(4).ranges()).containsExactly(lost(2, 3));
    assertThat(doubts(lost(3, 3)).without(3).ranges()).isEmpty();
    assertThat(doubts(lost(2, 4)).without(1).ranges()).containsExactly(lost(2, 4));
    assertThat(doubts(lost(2, 4)).without(5).ranges()).containsExactly(lost(2, 4));
  }

  @Test
  void aPartIsCutAtItsOrdinals() {
    Doubts doubts = doubts(lost(2, 4), doubt(6, 8, CREATOR_UNKNOWN));
    assertThat(doubts.upTo(7).ranges()).containsExactly(lost(2, 4), doubt(6, 7, CREATOR_UNKNOWN));
    assertThat(doubts.upTo(5).ranges()).containsExactly(lost(2, 4));
    assertThat(doubts.upTo(2).ranges()).containsExactly(lost(2, 2));
    assertThat(doubts.lostFrom(4).ranges()).containsExactly(lost(4, 4), lost(6, 8));
  }

  @Test
  void theNearestNeighboursBecomeOneForTheWorseReason() {
    Doubts doubts =
        doubts(
            lost(1, 1).in(ONE), doubt(10, 10, BEFORE_CAPTURE), lost(12, 12).in(ONE), lost(20, 20));
    assertThat(doubts.bounded(4)).isEqualTo(doubts);
    assertThat(doubts.bounded(3).ranges())
        .containsExactly(lost(1, 1).in(ONE), lost(10, 12), lost(20, 20));
    assertThat(doubts.bounded(1).ranges()).containsExactly(lost(1, 20));
  }

  @Test
  void ofNeighboursEquallyNearTheFirstBecomeOne() {
    assertThat(doubts(lost(1, 1), lost(3, 3), lost(5, 5), lost(7, 7)).bounded(3).ranges())
        .containsExactly(lost(1, 3), lost(5, 5), lost(7, 7));
  }

  @Test
  void theLossIsStillNamedWhereBothNameIt() {
    assertThat(doubts(lost(1, 1).in(ONE), lost(3, 3).in(ONE)).bounded(1).ranges())
        .containsExactly(lost(1, 3).in(ONE));
    assertThat(doubts(lost(1, 1).in(ONE), lost(3, 3).in(OTHER)).bounded(1).ranges())
        .containsExactly(lost(1, 3));
    assertThat(doubts(doubt(1, 1, CREATOR_UNKNOWN), lost(3, 3)).bounded(1).ranges())
        .containsExactly(doubt(1, 3, CREATOR_UNKNOWN));
  }

  private static Doubts doubts(Doubt... ranges) {
    return new Doubts(List.of(ranges));
  }

  private static Doubt lost(long first, long last) {
    return doubt(first, last, LOST);
  }

  private static Doubt doubt(long first, long last, Reason reason) {
    return new Doubt(first, last, reason, Optional.empty());
  }
}
