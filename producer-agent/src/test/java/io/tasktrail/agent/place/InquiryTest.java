package io.tasktrail.agent.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InquiryTest {

  private static final long GOOD_NANOS = 1000;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Queue<Integer> asked = new ConcurrentLinkedQueue<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private Inquiry<Integer, String> inquiry;

  @AfterEach
  void close() {
    gate.countDown();
    inquiry.close();
  }

  private void source(Duration patience, Function<Integer, String> source) {
    inquiry =
        new Inquiry<>(
            "inquiry-test",
            key -> {
              asked.add(key);
              return source.apply(key);
            },
            "unknown",
            _ -> GOOD_NANOS,
            patience);
  }

  private String afterTheGate(Integer key) {
    try {
      gate.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
    return "late " + key;
  }

  @Test
  void aQuickAnswerIsWaitedFor() {
    source(LONG, key -> "name of " + key);

    assertThat(inquiry.of(7, 0)).isEqualTo("name of 7");
  }

  @Test
  void anAnswerIsKept() {
    source(LONG, key -> "name of " + key);

    inquiry.of(7, 0);
    inquiry.of(7, GOOD_NANOS - 1);

    assertThat(asked).containsExactly(7);
  }

  @Test
  void anOldAnswerIsGivenAndAskedForAnew() {
    source(LONG, _ -> "answer " + asked.size());

    assertThat(inquiry.of(7, 0)).isEqualTo("answer 1");
    assertThat(inquiry.of(7, GOOD_NANOS)).isEqualTo("answer 1");
    await().untilAsserted(() -> assertThat(inquiry.of(7, GOOD_NANOS)).isEqualTo("answer 2"));
    assertThat(asked).hasSize(2);
  }

  @Test
  void whileOneQuestionHangsNobodyWaits() {
    source(Duration.ofMillis(1), this::afterTheGate);
    assertThat(inquiry.of(1, 0)).isEqualTo("unknown");

    for (int key = 2; key < 2 * Inquiry.ASKED_MAX; key++) {
      assertThat(inquiry.of(key, 0)).isEqualTo("unknown");
    }
    gate.countDown();

    await().untilAsserted(() -> assertThat(inquiry.of(1, 0)).isEqualTo("late 1"));
    await().untilAsserted(() -> assertThat(inquiry.of(2 * Inquiry.ASKED_MAX, 0)).contains("late"));
  }

  @Test
  void aSourceThatThrowsDoesNotKnow() {
    source(
        LONG,
        key -> {
          throw new IllegalStateException("no " + key);
        });

    assertThat(inquiry.of(7, 0)).isEqualTo("unknown");
    assertThat(inquiry.of(8, 0)).isEqualTo("unknown");
    assertThat(asked).containsExactly(7, 8);
  }

  @Test
  void noMoreThanSoManyAreKept() {
    source(LONG, key -> "name of " + key);
    for (int key = 0; key <= Inquiry.KEPT_MAX; key++) {
      inquiry.of(key, 0);
    }

    inquiry.of(0, 0);

    assertThat(asked).hasSize(Inquiry.KEPT_MAX + 2);
  }
}
