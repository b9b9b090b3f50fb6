package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.agent.ring.Checkpoint;
import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AckWindowTest {

  private static final UUID ID = new UUID(1, 1);
  private static final InFlight EVENT =
      InFlight.of(
          new TaskEvent(
              new Header(new HostId(ID), "h", new BootId(ID), new CaptureId(ID), 0, 1, 1, 1),
              Facts.exited()));

  private final AckWindow window = new AckWindow(4);

  @Test
  void settledIsWhatIsAcknowledgedWithoutAGap() {
    long first = openReaching(10);
    long second = openReaching(20);
    long third = openReaching(30);

    window.acknowledged(third);
    assertThat(window.takeSettled()).isEmpty();

    window.acknowledged(first);
    assertThat(window.takeSettled()).contains(at(10));

    window.acknowledged(second);
    assertThat(window.takeSettled()).contains(at(30));
    assertThat(window.size()).isZero();
  }

  @Test
  void slotsAreUsedAgain() {
    for (int i = 0; i < 100; i++) {
      window.acknowledged(openReaching(i));
      assertThat(window.takeSettled()).contains(at(i));
    }
  }

  @Test
  void whatHasNoCheckpointReleasesNothing() {
    window.acknowledged(window.open(EVENT));

    assertThat(window.takeSettled()).isEmpty();
    assertThat(window.size()).isZero();
  }

  @Test
  void standInSettlesTheRefused() {
    long refused = openReaching(10);
    window.refused(refused, "too large");
    assertThat(window.takeRefused()).contains(new AckWindow.Refusal(refused, "too large"));
    long standIn = window.openInPlaceOf(refused, EVENT);
    assertThat(window.takeSettled()).isEmpty();

    window.acknowledged(standIn);

    assertThat(window.takeSettled()).contains(at(10));
    assertThat(window.size()).isZero();
  }

  @Test
  void noMoreThanTheCapacityIsOpen() {
    for (int i = 0; i < 4; i++) {
      openReaching(i);
    }

    assertThat(window.room()).isZero();
    assertThatThrownBy(() -> window.open(EVENT)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void acknowledgementsOfAnyOrderSettleInOrder() {
    Random random = new Random(1);
    AckWindow large = new AckWindow(1000);
    List<Long> tokens = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      tokens.add(large.open(EVENT));
      large.reached(at(i));
    }
    List<Long> order = new ArrayList<>(tokens);
    Collections.shuffle(order, random);
    boolean[] done = new boolean[1000];
    long released = -1;

    for (long token : order) {
      large.acknowledged(token);
      done[(int) token] = true;
      released = large.takeSettled().map(Checkpoint::position).orElse(released);
      assertThat(released).isEqualTo(prefix(done) - 1L);
    }
  }

  private static int prefix(boolean[] done) {
    int length = 0;
    while (length < done.length && done[length]) {
      length++;
    }
    return length;
  }

  private long openReaching(long position) {
    long token = window.open(EVENT);
    window.reached(at(position));
    return token;
  }

  private static Checkpoint at(long position) {
    return new Checkpoint(position, List.of());
  }
}
