package io.tasktrail.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessStatTest {

  @Test
  void nameMayHoldBlanksAndParentheses() {
    String stat =
        "7 (a) b (c)) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4711 2 3 4 5 6 7 8 9\n";

    assertThat(ProcessStat.parseStart(stat)).isEqualTo(4711);
  }
}
