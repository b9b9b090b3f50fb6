package io.tasktrail.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Image;
import io.tasktrail.event.Place;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskKey;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class NamesTest {

  private static final int COMM_MAX = 64;
  private static final int PATH_MAX = 4096;
  private static final int MODULE_MAX = 64;
  private static final TaskKey TASK = new TaskKey(1, 2);
  private static final TaskKey OTHER = new TaskKey(3, 4);

  @ParameterizedTest
  @MethodSource("longest")
  void longestNamesOfAKernelStayAsTheyAre(Fact.OfTask fact) {
    assertThat(Names.bounded(fact)).isSameAs(fact);
  }

  @Test
  void whatIsLongerIsCut() {
    List<Fact.OfTask> longest = longest().toList();
    List<Fact.OfTask> cut = facts(1000, PATH_MAX + 1, MODULE_MAX + 1).map(Names::bounded).toList();
    List<Fact.OfTask> alsoCut =
        facts(COMM_MAX, 3 * PATH_MAX, 3 * MODULE_MAX).map(Names::bounded).toList();

    assertThat(cut).isEqualTo(longest);
    assertThat(alsoCut).isEqualTo(longest);
  }

  @Test
  void soIsTheNameOfAModuleThatASnapshotFound() {
    assertThat(Names.bounded(new Fact.ModuleSeen(text(100), 7)))
        .isEqualTo(new Fact.ModuleSeen(text(MODULE_MAX), 7));
  }

  static Stream<Fact.OfTask> longest() {
    return facts(COMM_MAX, PATH_MAX, MODULE_MAX);
  }

  private static Stream<Fact.OfTask> facts(int comm, int path, int module) {
    Actor actor = new Actor(TASK, 5, text(comm), new Credentials(1, 2, 3, 4, 5, 6));
    Image image = new Image(text(9), text(8), text(path), 1, 2, true, false);
    return Stream.of(
        new Fact.Forked(actor, OTHER, TASK, 1, 2),
        new Fact.Executed(
            actor,
            OTHER,
            7,
            image,
            Arguments.NONE,
            new Place(text(1), "", new Place.Namespaces(1, 2, 3, 4), 1)),
        new Fact.Exited(actor, OTHER, OptionalInt.of(1), OptionalInt.empty(), true, false, 1, 2, 3),
        new Fact.TaskSeen(actor, OTHER, text(path), true, false, 1),
        new Fact.Signalled(actor, OTHER, 9, 0, SignalOrigin.TASK),
        new Fact.ExecFailed(actor, text(9), 2),
        new Fact.ModuleLoaded(actor, text(module), 1),
        new Fact.ModuleUnloaded(actor, text(module)),
        new Fact.ModuleRequested(actor, text(7)),
        new Fact.AuditRecord(
            actor,
            List.of("AVC"),
            List.of(text(3)),
            Fact.AuditOutcome.FAILURE,
            1,
            text(7),
            true,
            Arguments.NONE),
        new Fact.ModuleLoadFailed(actor, text(7), 2));
  }

  private static ByteText text(int bytes) {
    return ByteText.of("n".repeat(bytes));
  }
}
