package io.tasktrail.agent.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Image;
import io.tasktrail.event.Place;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FilterTest {

  private static final UUID ID = new UUID(1, 2);
  private static final String CONTAINER = "ab".repeat(32);
  private static final Cgroup IN_CONTAINER =
      new Cgroup(ByteText.of("/docker/" + CONTAINER), CONTAINER, "docker", "", "");
  private static final Cgroup ELSEWHERE = Cgroup.of(ByteText.of("/system.slice"));
  private static final int BOUND = 8;

  private Additions additions = Additions.NONE;
  private Filter filter = filter("exclude exe=/bin/quiet\nexclude exe=/bin/sudo");

  private Filter filter(String rules) {
    return new Filter(FilterRulesTest.rules(rules), () -> additions, new TaskTable(BOUND));
  }

  @Test
  void anExcludedProgramIsQuietFromItsExecToItsEnd() {
    assertThat(isQuiet(fork(1, 2))).isFalse();
    assertThat(isQuiet(exec(2, "/bin/quiet"))).isTrue();
    assertThat(isQuiet(new Fact.ExecFailed(actor(2), ByteText.of("x"), 2))).isTrue();
    assertThat(isQuiet(new Fact.Signalled(actor(2), key(1), 9, 0, SignalOrigin.TASK))).isTrue();
    assertThat(isQuiet(exit(2))).isTrue();
    assertThat(filter.tally().filtered())
        .containsOnlyKeys("exec", "exec_failed", "signal", "exit")
        .containsEntry("exit", 1L);
    assertThat(filter.tally().events()).isEqualTo(4);
  }

  @Test
  void aChildIsQuietUntilItExecutesWhatIsNotExcluded() {
    filter.filtered(event(exec(2, "/bin/quiet")));
    assertThat(isQuiet(fork(2, 3))).isTrue();
    assertThat(isQuiet(exec(3, "/bin/sh"))).isFalse();
    assertThat(isQuiet(fork(3, 4))).isFalse();
    assertThat(isQuiet(exit(3))).isFalse();
  }

  @Test
  void whatHistoriesNeedStays() {
    TaskEvent told = filter.filtered(event(exec(2, "/bin/quiet")));

    Fact.Executed slim = (Fact.Executed) told.fact();
    assertThat(told.header()).isEqualTo(event(exit(1)).header().quieted());
    assertThat(slim.actor()).isEqualTo(actor(2));
    assertThat(slim.image().executable()).isEqualTo(ByteText.of("/bin/quiet"));
    assertThat(slim.arguments()).isEqualTo(new Arguments(List.of(), 2, 20, true));
    assertThat(slim.place().cwd()).isEqualTo(ByteText.EMPTY);
  }

  @Test
  void whatIsToldIsPassedOnAsItIs() {
    TaskEvent event = event(exec(2, "/bin/sh"));
    assertThat(filter.filtered(event)).isSameAs(event);
  }

  @Test
  void whatGainsPrivilegeOrHasNoNameIsTold() {
    assertThat(isQuiet(exec(2, "/bin/sudo", true, false, ELSEWHERE))).isFalse();
    assertThat(isQuiet(exec(3, "/bin/quiet", false, true, ELSEWHERE))).isFalse();
    assertThat(isQuiet(exit(2))).isTrue();
  }

  @Test
  void aCoreDumpAndWantOfMemoryAreTold() {
    filter.filtered(event(exec(2, "/bin/quiet")));
    filter.filtered(event(exec(3, "/bin/quiet")));
    filter.filtered(event(exec(4, "/bin/quiet")));
    assertThat(isQuiet(killed(2, true, false))).isFalse();
    assertThat(isQuiet(killed(3, false, true))).isFalse();
    assertThat(isQuiet(killed(4, false, false))).isTrue();
  }

  @Test
  void modulesLossesAndTheAgentAreTold() {
    filter.filtered(event(exec(2, "/bin/quiet")));
    assertThat(isQuiet(new Fact.ModuleLoaded(actor(2), ByteText.of("evil"), 0))).isFalse();
    assertThat(isQuiet(new Fact.ModuleLoadFailed(actor(2), ByteText.of("evil"), 1))).isFalse();
    assertThat(isQuiet(new Fact.ModuleUnloaded(actor(2), ByteText.of("evil")))).isFalse();
    assertThat(isQuiet(new Fact.EventsLost(0, 1, 2, List.of(), Fact.LossCause.RING_FULL, 1, 2)))
        .isFalse();
    assertThat(isQuiet(new Fact.AgentStopping("x"))).isFalse();
  }

  @Test
  void aSnapshotTellsARestartedAgentWhatIsQuiet() {
    assertThat(isQuiet(exit(2))).isFalse();
    filter.filtered(event(new Fact.SnapshotStarted()));
    assertThat(isQuiet(seen(3, "/bin/quiet"))).isTrue();
    filter.filtered(event(new Fact.SnapshotFinished(1)));
    assertThat(isQuiet(exit(3))).isTrue();
  }

  @Test
  void whatASnapshotDoesNotFindIsForgotten() {
    filter.filtered(event(exec(2, "/bin/quiet")));
    filter.filtered(event(exec(3, "/bin/quiet")));
    filter.filtered(event(new Fact.SnapshotStarted()));
    filter.filtered(event(seen(3, "/bin/quiet")));
    filter.filtered(event(fork(3, 4)));
    filter.filtered(event(new Fact.SnapshotFinished(1)));
    assertThat(filter.tally().tasks()).isEqualTo(2);
    assertThat(isQuiet(exit(2))).isFalse();
    assertThat(isQuiet(exit(4))).isTrue();
  }

  @Test
  void aForkReadLaterThanItsChildChangesNothing() {
    filter.filtered(event(seen(3, "/bin/quiet")));
    filter.filtered(event(fork(2, 3)));
    assertThat(isQuiet(exit(3))).isTrue();
  }

  @Test
  void anAddedProcessIsToldWithItsDescendants() {
    filter = filter("default exclude");
    filter.filtered(event(exec(2, "/bin/sh")));
    filter.filtered(event(fork(2, 3)));
    filter.filtered(event(fork(1, 5)));
    additions = additions.with(mark(2));
    assertThat(isQuiet(exec(3, "/bin/ls"))).isFalse();
    assertThat(isQuiet(fork(2, 4))).isFalse();
    assertThat(isQuiet(exec(4, "/bin/ls"))).isFalse();
    assertThat(isQuiet(exec(5, "/bin/ls"))).isTrue();

    additions = additions.without(2);
    assertThat(isQuiet(exec(4, "/bin/ls"))).isTrue();
    assertThat(isQuiet(exit(3))).isTrue();
  }

  @Test
  void aDescendantIsMeantAfterThoseBetweenHaveEnded() {
    filter = filter("default exclude");
    filter.filtered(event(exec(2, "/bin/sh")));
    additions = additions.with(mark(2));
    filter.filtered(event(fork(2, 3)));
    filter.filtered(event(exit(2)));
    additions = additions.withContainer("abab");
    assertThat(isQuiet(fork(3, 4))).isFalse();
    filter.filtered(event(exit(3)));
    assertThat(isQuiet(exec(4, "/bin/ls"))).isFalse();
  }

  /// Each of them is the creator of the next: all are meant, and each is looked at once.
  @Test
  void theDeepestTreeIsMeant() {
    TaskTable deep = new TaskTable(TaskTable.TASKS_MAX);
    for (int pid = 3; pid < TaskTable.TASKS_MAX + 2; pid++) {
      deep.born(key(pid), key(pid - 1));
    }
    deep.added(Set.of(mark(3)));
    assertThat(deep.get(key(TaskTable.TASKS_MAX + 1)).addedWith()).isEqualTo(mark(3));
    deep.added(Set.of());
    assertThat(deep.get(key(TaskTable.TASKS_MAX + 1)).addedWith()).isNull();
  }

  @Test
  void aProcessThatGetsThePidLaterIsNotMeant() {
    filter = filter("default exclude");
    additions = additions.with(new ProcessMark(2, 1));
    assertThat(isQuiet(exec(2, "/bin/sh"))).isTrue();
  }

  @Test
  void anAddedContainerIsTold() {
    filter = filter("default exclude");
    filter.filtered(event(exec(2, "/bin/a", false, false, IN_CONTAINER)));
    additions = additions.withContainer("abababababab");
    assertThat(isQuiet(fork(2, 3))).isFalse();
    assertThat(isQuiet(exec(3, "/bin/a", false, false, ELSEWHERE))).isTrue();
    additions = additions.withoutContainer("abababababab");
    assertThat(isQuiet(exit(2))).isTrue();
  }

  @Test
  void aForkBombIsTold() {
    filter.filtered(event(exec(2, "/bin/quiet")));
    int bomb = 10_000;
    for (int child = 3; child < 3 + bomb; child++) {
      filter.filtered(event(fork(2, child)));
    }
    Filter.Tally tally = filter.tally();
    assertThat(tally.tasks()).isEqualTo(BOUND);
    assertThat(tally.leftOut()).isEqualTo(bomb + 1 - BOUND);
    assertThat(isQuiet(fork(bomb, bomb * 2))).isFalse();
    assertThat(isQuiet(exec(bomb, "/bin/quiet"))).isTrue();
    assertThat(isQuiet(exec(bomb, "/bin/sh"))).isFalse();
  }

  @Test
  void withoutRulesNothingIsRemembered() {
    filter = filter("include user=0");
    filter.filtered(event(exec(2, "/bin/quiet")));
    assertThat(filter.isActive()).isFalse();
    assertThat(filter.tally()).isEqualTo(Filter.Tally.NONE);
  }

  private boolean isQuiet(Fact fact) {
    return filter.filtered(event(fact)).header().quiet();
  }

  private static ProcessMark mark(int pid) {
    return new ProcessMark(pid, 100L * pid);
  }

  private static TaskKey key(int pid) {
    return new TaskKey(pid, pid * 1_000_000_000L + 7);
  }

  private static Actor actor(int pid) {
    return new Actor(key(pid), 3, ByteText.of("x"), new Credentials(0, 0, 0, 0, 0, 0));
  }

  private static Fact fork(int pid, int child) {
    return new Fact.Forked(actor(pid), key(child), key(pid), 0, 1);
  }

  private static Fact exec(int pid, String path) {
    return exec(pid, path, false, false, ELSEWHERE);
  }

  private static Fact exec(int pid, String path, boolean secure, boolean unlinked, Cgroup cgroup) {
    ByteText file = ByteText.of(path);
    return new Fact.Executed(
        actor(pid),
        key(1),
        pid,
        new Image(file, ByteText.EMPTY, file, 1, 2, secure, unlinked),
        new Arguments(List.of(file, ByteText.of("secret")), 2, 20, false),
        new Place(ByteText.of("/root"), "", new Place.Namespaces(1, 2, 3, 4), 1).in(cgroup));
  }

  private static Fact seen(int pid, String path) {
    return new Fact.TaskSeen(actor(pid), key(1), ByteText.of(path), false, false, 1).in(ELSEWHERE);
  }

  private static Fact exit(int pid) {
    return new Fact.Exited(
        actor(pid), key(1), OptionalInt.of(0), OptionalInt.empty(), false, false, 0, 0, 0);
  }

  private static Fact killed(int pid, boolean core, boolean oom) {
    return new Fact.Exited(
        actor(pid), key(1), OptionalInt.empty(), OptionalInt.of(9), core, oom, 0, 0, 0);
  }

  private static TaskEvent event(Fact fact) {
    return new TaskEvent(
        new Header(new HostId(ID), "host", new BootId(ID), new CaptureId(ID), 0, 1, 2, 3), fact);
  }
}
