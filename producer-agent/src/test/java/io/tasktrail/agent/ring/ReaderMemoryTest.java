package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class ReaderMemoryTest {

  private final ReaderMemory memory =
      new ReaderMemory(Arena.ofAuto().allocate(3L * RecordLayout.Reader.END, 8));

  @Test
  void progressIsWhatWasWrittenLast() {
    assertThat(memory.progress(2)).isEqualTo(new Progress(0, 0, 0));

    memory.write(2, new Progress(0, 5, 1));
    memory.write(2, new Progress(0, 9, 2));
    memory.write(0, new Progress(-2, 3, 0));

    assertThat(memory.progress(2)).isEqualTo(new Progress(0, 9, 2));
    assertThat(memory.progress(0)).isEqualTo(new Progress(-2, 3, 0));
    assertThat(memory.progress(1)).isEqualTo(new Progress(-1, 0, 0));
  }

  @Test
  void agentSequenceBeginsWithOne() {
    assertThat(memory.nextAgentSequence()).isEqualTo(1);
    assertThat(memory.nextAgentSequence()).isEqualTo(2);
    assertThat(memory.agentSequence()).isEqualTo(2);
  }

  @Test
  void onlyTheHolderThatWasSeenIsReplaced() {
    Holder self = Holder.self();

    assertThat(memory.replace(Holder.NOBODY, self)).isTrue();
    assertThat(memory.replace(Holder.NOBODY, new Holder(1))).isFalse();
    assertThat(memory.holder()).isEqualTo(self);
  }
}
