package io.tasktrail.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Source;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BookmarkTest {

  /// A group may be called anything.
  private static final Source SOURCE =
      new Source("tasktrail.audit-events", "oYb5uWZsQ4m3rGgZkT3J9w", "a;b:c,d");

  @Test
  void whatIsWrittenIsRead() {
    for (Map<Integer, Long> next :
        Map.of(0, Map.of(0, 7L, 40, 1L << 50), 1, Map.<Integer, Long>of()).values()) {
      Bookmark bookmark = new Bookmark(SOURCE, new Positions(next));

      assertThat(Bookmark.of(bookmark.text())).isEqualTo(bookmark);
    }
  }

  @Test
  void aBrokerTakesThatOfTwoHundredAndFiftyPartitions() {
    Map<Integer, Long> next = new TreeMap<>();
    for (int partition = 0; partition < 250; partition++) {
      next.put(partition, 1_000_000_000_000L);
    }

    assertThat(new Bookmark(SOURCE, new Positions(next)).text()).hasSizeLessThan(4096);
  }

  @Test
  void whatIsNoneIsRefused() {
    assertThatThrownBy(() -> Bookmark.of("x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bookmark.of("0:!;a;b;c")).isInstanceOf(IllegalArgumentException.class);
  }
}
