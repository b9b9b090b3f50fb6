package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HolderTest {

  @Test
  void thisProcessIsAlive() {
    Holder self = Holder.self();

    assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(self.isAlive()).isTrue();
  }

  @Test
  void samePidWithAnotherStartIsAnotherProcess() {
    assertThat(new Holder(Holder.self().word() ^ 1L << 40).isAlive()).isFalse();
  }

  @Test
  void pidThatDoesNotExistIsNotAlive() {
    assertThat(new Holder(1L << 22 | (1 << 22) - 1).isAlive()).isFalse();
  }

  @Test
  void nameMayHoldBlanksAndParentheses() {
    String stat =
        "7 (a) b (c)) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4711 2 3 4 5 6 7 8 9\n";

    assertThat(Holder.parseStart(stat)).isEqualTo(4711);
  }
}
