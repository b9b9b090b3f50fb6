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
}
