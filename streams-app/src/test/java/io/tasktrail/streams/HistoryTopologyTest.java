package io.tasktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Completeness;
import io.tasktrail.event.Link;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import io.tasktrail.history.Bound;
import io.tasktrail.history.Fleet;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTopologyTest {

  private static final Duration LATER = Duration.ofSeconds(2);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final HostStory host = new HostStory(1);
  private FoldedTopics topics;

  @BeforeEach
  void open(TestInfo test, @TempDir Path stateDir) {
    topics = new FoldedTopics(test.getDisplayName(), stateDir);
  }

  @AfterEach
  void close() {
    topics.figures().assertBalanced();
    topics.close();
  }

  @Test
  void commandFromLoginShellHasTheHistoryThatLedToIt() {
    TaskKey reboot = login();

    AuditEvent last = topics.auditEvents().getLast().value;

    assertThat(last.task().orElseThrow().id()).isEqualTo(host.id(reboot));
    assertThat(commsOf(last.task().orElseThrow().history().links()))
        .containsExactly("swapper/0", "systemd", "sshd", "bash", "reboot");
    assertThat(last.task().orElseThrow().history().completeness()).isEqualTo(Completeness.WHOLE);
  }

  @Test
  void everyEventComesOutOnceInOrderUnderItsHostsKey() {
    login();

    List<KeyValue<String, AuditEvent>> audited = topics.auditEvents();

    assertThat(audited).extracting(event -> event.key).containsOnly(host.key());
    assertThat(audited)
        .extracting(event -> event.value.event().header().bootNanos())
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize(9);
  }

  @Test
  void duplicateChangesNothing() {
    topics.receive(host.armed());
    TaskKey init = host.newTask();
    TaskEvent forked = host.fork(TaskKey.ROOT, init);
    topics.receive(forked);
    topics.auditEvents();
    topics.taskHistories();

    topics.receive(forked);

    assertThat(topics.auditEvents()).isEmpty();
    assertThat(topics.taskHistories()).isEmpty();
    assertThat(topics.deadLetters()).isEmpty();
  }

  @Test
  void tableOfTasksHoldsTheLatestHistoryUnderTheTasksId() {
    TaskKey reboot = login();

    assertThat(topics.taskHistories()).as("told a little later").isEmpty();
    topics.pass(LATER);
    KeyValue<String, TaskHistory> last = topics.taskHistories().getLast();

    assertThat(last.key).isEqualTo(host.id(reboot).uuid().toString());
    assertThat(last.value.id()).isEqualTo(host.id(reboot));
    assertThat(last.value.history().image().comm()).hasToString("reboot");
  }

  @Test
  void endedTaskLeavesTheTableOnceItsGraceIsOver() {
    TaskKey reboot = login();
    topics.pass(LATER);
    topics.taskHistories();

    topics.receive(host.exit(reboot));
    topics.receive(host.heartbeat(Bound.GRACE.preset() - HostStory.STEP_NANOS));
    assertThat(topics.taskHistories()).isEmpty();
    topics.receive(host.heartbeat(HostStory.STEP_NANOS));

    assertThat(topics.taskHistories())
        .containsExactly(KeyValue.pair(host.id(reboot).uuid().toString(), null));
  }

  @Test
  void endedTaskLeavesTheTableAtOnceWhereNothingCanComeLate() {
    TaskKey reboot = login();
    topics.receive(host.heartbeat(2 * Bound.GRACE.preset()));
    topics.pass(LATER);
    topics.taskHistories();

    topics.receive(host.exit(reboot));

    assertThat(topics.taskHistories())
        .containsExactly(KeyValue.pair(host.id(reboot).uuid().toString(), null));
  }

  @Test
  void taskThatCameAndWentIsNeverInTheTable() {
    login();
    topics.receive(host.heartbeat(2 * Bound.GRACE.preset()));
    TaskKey task = host.newTask();
    topics.receive(host.fork(TaskKey.ROOT, task));
    topics.receive(host.exec(task, "/bin/true"));
    topics.receive(host.exit(task));
    topics.pass(LATER);
    topics.receive(host.heartbeat(2 * Bound.GRACE.preset()));
    topics.pass(LATER);

    assertThat(topics.taskHistories()).extracting(row -> row.key).doesNotContain(uuid(task));
  }

  @Test
  void tablesOfModulesAndLineagesAreKept() {
    TaskKey reboot = login();
    topics.receive(host.load(reboot, "dummy"));
    topics.receive(host.unload(reboot, "dummy"));

    assertThat(topics.modules()).hasSize(2).last().satisfies(row -> assertThat(row.value).isNull());
    assertThat(topics.lineages())
        .extracting(row -> row.value.domain().toString())
        .contains("<kernel> /lib/systemd/systemd /sbin/sshd")
        .hasSize(4);
  }

  @Test
  void hostThatIsSilentForLongIsForgottenAndOthersAreNot() {
    HostStory other = new HostStory(2);
    TaskKey init = host.newTask();
    topics.receive(host.armed(), START);
    topics.receive(host.heartbeat(0), START);
    topics.receive(host.fork(TaskKey.ROOT, init), START);
    topics.receive(host.exec(init, "/sbin/init"), START);
    topics.receive(host.load(init, "dummy"), START);
    topics.receive(other.armed(), START);
    topics.pass(LATER);
    topics.taskHistories();
    topics.modules();
    assertThat(topics.hosts()).extracting(row -> row.key).containsExactly(host.key());
    topics.receive(other.heartbeat(0), START.plus(Duration.ofDays(6)));
    assertThat(topics.figures().get("tasktrail_silent_hosts_total")).isZero();

    topics.receive(other.heartbeat(0), START.plus(Duration.ofDays(8)));

    assertThat(topics.figures().get("tasktrail_silent_hosts_total")).isEqualTo(1);
    assertThat(topics.taskHistories()).contains(KeyValue.pair(uuid(init), null));
    assertThat(topics.modules()).hasSize(1).allMatch(row -> row.value == null);
    assertThat(topics.hosts()).contains(KeyValue.pair(host.key(), null));
    topics.auditEvents();
    topics.receive(host.exec(init, "/sbin/late"), START.plus(Duration.ofDays(8)));
    assertThat(topics.auditEvents().getLast().value.task().orElseThrow().origin())
        .isEqualTo(TaskOrigin.INFERRED);
  }

  private String uuid(TaskKey task) {
    return host.id(task).uuid().toString();
  }

  @Test
  void sameTasksOnTwoHostsAreNotTheSame() {
    HostStory other = new HostStory(2);
    topics.receive(host.armed());
    topics.receive(other.armed());
    TaskKey init = host.newTask();
    topics.receive(host.fork(TaskKey.ROOT, init));
    topics.receive(other.fork(TaskKey.ROOT, other.newTask()));
    topics.receive(host.exec(init, "/sbin/init"));
    topics.auditEvents();

    topics.receive(other.exec(init, "/sbin/other"));

    KeyValue<String, AuditEvent> last = topics.auditEvents().getLast();
    assertThat(last.key).isEqualTo(other.key());
    assertThat(commsOf(last.value.task().orElseThrow().history().links()))
        .containsExactly("swapper/0", "other");
  }

  @Test
  void writesTheBytesThatTheFoldAloneMakes() {
    List<TaskEvent> events = new ArrayList<>();
    for (int number = 10; number < 13; number++) {
      events.addAll(BusyHost.events(new HostStory(number), 300));
    }
    events.addAll(events.subList(100, 200));
    Fleet fleet = new Fleet(new Fold(FoldLimits.DEFAULT));
    List<String> expected =
        events.stream().flatMap(event -> fleet.apply(event).stream()).map(this::shown).toList();

    events.forEach(topics::receive);

    assertThat(topics.auditEventBytes())
        .extracting(written -> written.key + payload(written.value))
        .containsExactlyElementsOf(expected);
  }

  private String shown(AuditEvent event) {
    return event.event().header().host() + payload(topics.bytes(event));
  }

  /// Without what names the schema: its id depends on the registry.
  private static String payload(byte[] value) {
    return Arrays.toString(Arrays.copyOfRange(value, 5, value.length));
  }

  private static List<String> commsOf(List<Link> links) {
    return links.stream().map(link -> link.comm().toString()).toList();
  }

  /// systemd starts sshd, which starts bash for a login, in which somebody types reboot.
  private TaskKey login() {
    topics.receive(host.armed());
    TaskKey last = TaskKey.ROOT;
    for (String path : List.of("/lib/systemd/systemd", "/sbin/sshd", "/bin/bash", "/sbin/reboot")) {
      TaskKey child = host.newTask();
      topics.receive(host.fork(last, child));
      topics.receive(host.exec(child, path));
      last = child;
    }
    return last;
  }
}
