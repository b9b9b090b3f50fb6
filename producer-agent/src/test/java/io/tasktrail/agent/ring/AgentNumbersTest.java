package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The numbers of the agent's own events, across agents.
class AgentNumbersTest {

  private static final Progress NOTHING = new Progress(0, 0);
  private static final int AGENT = 1;

  private static LossLedger after(Progress settled) {
    return new LossLedger(List.of(NOTHING, settled, NOTHING));
  }

  @Test
  void numbersTakenAndNotSettledAreLost() {
    LossLedger ledger = after(new Progress(4, 1));

    assertThat(ledger.abandoned(7, 900))
        .contains(new Fact.EventsLost(-1, 5, 7, List.of(), Fact.LossCause.AGENT_KILLED, 0, 900));
    assertThat(ledger.progress().get(AGENT)).isEqualTo(new Progress(7, 4));
  }

  @Test
  void nothingIsLostWhereAllWasSettled() {
    assertThat(after(new Progress(4, 1)).abandoned(4, 900)).isEmpty();
  }

  @Test
  void numbersOfThisAgentAreProgress() {
    LossLedger ledger = after(new Progress(4, 1));

    ledger.numbered(6);

    assertThat(ledger.progress().get(AGENT)).isEqualTo(new Progress(6, 1));
  }

  @Test
  void theKernelsCountsSayNothingOfThem() {
    LossLedger ledger = after(new Progress(4, 2));

    assertThat(ledger.settle(900)).isEmpty();
  }
}
