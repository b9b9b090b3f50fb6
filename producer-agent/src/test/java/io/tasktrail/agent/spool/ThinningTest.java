package io.tasktrail.agent.spool;

import static io.tasktrail.agent.spool.Events.event;
import static io.tasktrail.agent.spool.Events.execFailed;
import static io.tasktrail.agent.spool.Events.exit;
import static io.tasktrail.agent.spool.Events.fork;
import static io.tasktrail.agent.spool.Events.killed;
import static io.tasktrail.agent.spool.Events.moduleUnloaded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.LossCause;
import io.tasktrail.event.Fact.LostOfKind;
import io.tasktrail.event.TaskEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ThinningTest {

  private final List<TaskEvent> kept = new ArrayList<>();
  private final List<Fact.EventsLost> lost = new ArrayList<>();

  @Test
  void aLifeWithoutExecIsGivenUpFromForkToExit() {
    thin(event(0, 5, fork(1, 2)), event(0, 6, exit(2)), event(0, 7, moduleUnloaded(1)));

    assertThat(kept).containsExactly(event(0, 7, moduleUnloaded(1)));
    assertThat(lost)
        .containsExactly(
            new Fact.EventsLost(
                0,
                5,
                6,
                List.of(new LostOfKind("exit", 1), new LostOfKind("fork", 1)),
                LossCause.SPOOL_FULL,
                500,
                600));
  }

  @Test
  void eachRunOfNumbersOfACpuIsALossOfItsOwn() {
    thin(
        event(0, 1, fork(1, 2)),
        event(1, 1, exit(2)),
        event(0, 2, moduleUnloaded(1)),
        event(0, 3, fork(1, 3)),
        event(0, 9, fork(1, 4)),
        event(1, 2, exit(3)),
        event(1, 3, exit(4)));

    assertThat(lost)
        .extracting(Fact.EventsLost::cpu, Fact.EventsLost::first, Fact.EventsLost::last)
        .containsExactly(tuple(0, 1L, 1L), tuple(0, 3L, 3L), tuple(0, 9L, 9L), tuple(1, 1L, 3L));
  }

  @Test
  void whoDidAnythingIsKept() {
    everythingIsKept(event(0, 1, fork(1, 2)), event(0, 2, execFailed(2)), event(0, 3, exit(2)));
    everythingIsKept(event(0, 1, fork(1, 2)), event(0, 2, moduleUnloaded(2)), event(0, 3, exit(2)));
  }

  @Test
  void whoCreatedSomebodyIsKept() {
    everythingIsKept(event(0, 1, fork(1, 2)), event(0, 2, fork(2, 3)), event(0, 3, exit(2)));
  }

  @Test
  void whoWasKilledIsKept() {
    everythingIsKept(event(0, 1, fork(1, 2)), event(0, 2, killed(2)));
  }

  @Test
  void whoseLifeIsNotWholeIsKept() {
    everythingIsKept(event(0, 1, fork(1, 2)), event(0, 2, exit(3)));
  }

  @Test
  void whatCannotBeDeclaredIsKept() {
    CaptureId earlier = new CaptureId(new UUID(8, 8));
    everythingIsKept(event(earlier, 0, 1, fork(1, 2)), event(earlier, 0, 2, exit(2)));
  }

  private void everythingIsKept(TaskEvent... events) {
    kept.clear();
    thin(events);
    assertThat(kept).containsExactly(events);
    assertThat(lost).isEmpty();
  }

  private void thin(TaskEvent... events) {
    Thinning thinning = new Thinning(new Events.Numbers()::isOfCapture);
    List.of(events).forEach(thinning::note);
    Thinning.Pass pass = thinning.pass(kept::add, loss -> lost.add(loss.fact()));
    List.of(events).forEach(pass::event);
    pass.end();
  }
}
