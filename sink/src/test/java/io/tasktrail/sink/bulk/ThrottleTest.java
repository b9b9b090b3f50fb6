package io.tasktrail.sink.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {

  private static final Throttle.Most MOST = new Throttle.Most(4, 2000, 64_000);
  private static final Duration QUICK = Throttle.QUICK;
  private static final Duration SLOW = QUICK.plusMillis(1);

  @Test
  void thereAreMoreRequestsWhileTheStoreIsQuick() {
    assertThat(after(1, QUICK).requests()).isEqualTo(2);
    assertThat(after(2, QUICK).requests()).isEqualTo(2);
    assertThat(after(1 + 2, QUICK).requests()).isEqualTo(3);
    assertThat(after(1 + 2 + 3, QUICK).requests()).isEqualTo(4);
  }

  @Test
  void thereAreNeverMoreThanTheUserAllows() {
    Throttle throttle = after(1000, QUICK);

    assertThat(throttle.requests()).isEqualTo(4);
    assertThat(throttle.documents()).isEqualTo(2000);
    assertThat(throttle.bytes()).isEqualTo(64_000);
    assertThat(throttle.isWhole()).isTrue();
  }

  @Test
  void aStoreThatIsSlowIsNotAskedForMore() {
    assertThat(after(1000, SLOW).requests()).isEqualTo(1);
  }

  @Test
  void aBusyStoreIsAskedForHalf() {
    Throttle busy = after(6, QUICK).busy(0, 10);

    assertThat(busy.requests()).isEqualTo(2);
    assertThat(busy.isLessThan(after(6, QUICK))).isTrue();
  }

  @Test
  void whatWasSentBeforeItWasHalvedDoesNotHalveItAgain() {
    Throttle busy = after(6, QUICK).busy(0, 10);

    assertThat(busy.busy(9, 10)).isEqualTo(busy);
    assertThat(busy.busy(10, 12).requests()).isEqualTo(1);
  }

  @Test
  void withOneRequestLeftItsSizeIsHalvedToOneDocument() {
    Throttle throttle = Throttle.of(MOST).busy(0, 1);
    assertThat(throttle.documents()).isEqualTo(1000);
    assertThat(throttle.bytes()).isEqualTo(32_000);

    for (int number = 1; number < 100; number++) {
      throttle = throttle.busy(number, number + 1);
    }
    assertThat(throttle.requests()).isEqualTo(1);
    assertThat(throttle.documents()).isEqualTo(2000 / Throttle.WHOLE);
    assertThat(Throttle.of(new Throttle.Most(1, 1, 1)).busy(0, 1).documents()).isEqualTo(1);
  }

  @Test
  void afterAStormItGrowsBack() {
    Throttle throttle = after(6, QUICK);
    for (int number = 0; number < 100; number++) {
      throttle = throttle.busy(number, number + 1);
    }
    for (int i = 0; i < 100; i++) {
      throttle = throttle.taken(QUICK);
    }

    assertThat(throttle.isWhole()).isTrue();
  }

  @Test
  void whatWasTooLongIsNeverAskedAgain() {
    Throttle throttle = Throttle.of(MOST).tooLong(batch(2000));
    assertThat(throttle.documents()).isEqualTo(1000);

    for (int i = 0; i < 100; i++) {
      throttle = throttle.taken(QUICK);
    }
    assertThat(throttle.documents()).isEqualTo(1000);
    assertThat(throttle.requests()).isEqualTo(4);
  }

  private static Batch batch(int documents) {
    Document document = new Document(new byte[3], new byte[5], _ -> {});
    List<Document> all = Collections.nCopies(documents, document);
    return Batch.of(all, 0);
  }

  private static Throttle after(int answers, Duration each) {
    Throttle throttle = Throttle.of(MOST);
    for (int i = 0; i < answers; i++) {
      throttle = throttle.taken(each);
    }
    return throttle;
  }
}
