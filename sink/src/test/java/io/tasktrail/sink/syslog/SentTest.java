package io.tasktrail.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentTest {

  private final Sent sent = new Sent(10);

  private void add(int... lengths) {
    for (int length : lengths) {
      sent.add(new byte[length]);
    }
  }

  private void holds(Integer... lengths) {
    assertThat(sent.again()).extracting(message -> message.length).containsExactly(lengths);
  }

  @Test
  void theOldestGoWhenThereIsTooMuch() {
    add(3, 4, 3);
    holds(3, 4, 3);
    add(5);
    holds(3, 5);
  }

  @Test
  void whatIsTooLongAloneIsNotKept() {
    add(1, 11);
    holds();
  }

  @Test
  void whatWasNotSyncedIsForgotten() {
    add(1, 2);
    sent.synced();
    add(3, 4);
    sent.forgetUnsynced();
    holds(1, 2);
    add(7);
    holds(1, 2, 7);
  }

  @Test
  void whatWasNotSyncedAndIsGoneAlreadyIsNotForgottenTwice() {
    add(2);
    sent.synced();
    add(4, 4, 4);
    holds(4, 4);
    sent.forgetUnsynced();
    holds();
    add(10);
    holds(10);
  }
}
