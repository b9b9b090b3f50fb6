package io.tasktrail.history;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Completeness;
import io.tasktrail.event.EventId;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class FoldTest {

  private final InMemoryHostState host = new InMemoryHostState();
  private final InMemoryBootState state = host.boot(new BootId(new UUID(2, 2)));

  @Test
  void whereNothingIsMissingATaskIsForgottenWhenItEnds() {
    assertThat(emitted(FoldLimits.DEFAULT, storm(100))).hasSize(301).allMatch(FoldTest::isWhole);
    assertThat(state.tasks()).as("swapper and init").hasSize(2);
    assertThat(state.endedTasks().ends().next()).as("only of the first ten seconds").isLessThan(10);
  }

  @Test
  void whereSomethingMayComeLateTasksAreForgottenInTheOrderInWhichTheyEnd() {
    List<String> storm = storm(5000);
    storm.add(1, "1.5 cpu1#2 heartbeat");
    emitted(FoldLimits.DEFAULT.with(Bound.GRACE, 100_000_000_000L), storm);
    assertThat(state.endedTasks().ends())
        .as("a gap was found at 1.5 s")
        .isEqualTo(new Queue(100, 100));
    assertThat(state.endedTasks().at(99)).as("the last of them").isEmpty();
    assertThat(state.tasks()).as("swapper and init").hasSize(2);
  }

  private static List<String> storm(int tasks) {
    List<String> storm = new ArrayList<>(List.of("1 cpu0 fork 0 n=0 comm=swapper/0 child=1"));
    for (int pid = 2; pid < tasks + 2; pid++) {
      storm.add("%d cpu0 fork 1 n=0 comm=init child=%d".formatted(pid, pid));
      storm.add("%d.1 cpu0 exec %d n=1 comm=true".formatted(pid, pid));
      storm.add("%d.2 cpu0 exit %d n=1 comm=true".formatted(pid, pid));
    }
    return storm;
  }

  @Test
  void aThousandExecsKeepTheFirstAndTheLast() throws GeneralSecurityException, IOException {
    List<String> execs = new ArrayList<>(List.of("1 cpu0 fork 0 n=0 comm=swapper/0 child=1"));
    for (int n = 1; n <= 1000; n++) {
      execs.add("%d cpu0 exec 1 n=%d comm=e%d".formatted(n + 1, n, n));
    }
    History history = emitted(FoldLimits.DEFAULT, execs).getLast().task().orElseThrow().history();
    assertThat(history.links().stream().map(Link::ordinal).limit(32)).endsWith(30L, 31L);
    assertThat(history.links().stream().map(Link::ordinal).skip(32))
        .startsWith(905L)
        .endsWith(1000L)
        .hasSize(96);
    assertThat(history.missingLinks()).isZero();
    assertThat(history.completeness()).isEqualTo(Completeness.WHOLE);
    assertThat(history.omitted().count()).isEqualTo(873);
    assertThat(history.omitted().digest()).isEqualTo(digestOfWhatIsLeftOut());
  }

  @Test
  void whatIsLeftOutAndToldAgainByAnotherCaptureIsNotCountedTwice() {
    List<String> lines =
        List.of(
            "limits first_links=2 last_links=2",
            "1 cpu0 fork 0 n=0 comm=swapper/0 child=1",
            "2 cpu0 exec 1 n=1 comm=a",
            "3 cpu0 exec 1 n=2 comm=b",
            "4 cpu0 exec 1 n=3 comm=c",
            "5 cpu0 exec 1 n=4 comm=d",
            "3 cpu0 exec 1 n=2 comm=b capture=B");
    emitted(lines);
    History history = history(1, 1_000_000_000);
    assertThat(history.links().stream().map(Link::ordinal)).containsExactly(0L, 1L, 3L, 4L);
    assertThat(history.omitted().count()).isEqualTo(1);
  }

  @Test
  void eventsThatNobodyNumberedAreEmittedUncheckedAndCounted() {
    List<String> lines =
        List.of(
            "1 cpu0#0 exec 1@0.5 n=1 comm=a",
            "1 cpu0#0 exec 1 n=1 comm=a",
            "1 cpu0#-7 exec 1 n=1 comm=a");
    assertThat(emitted(FoldLimits.DEFAULT, lines)).hasSize(3);
    assertThat(state.ledger().bites().of(Bound.SOURCES)).isEqualTo(3);
  }

  @Test
  void eventsOfMoreCpusThanTheBoundAreEmittedUncheckedAndCounted() {
    List<String> lines =
        List.of(
            "limits sources=2",
            "1 cpu0 exec 1@0.5 n=1 comm=a",
            "1 cpu1 exec 1 n=2 comm=a",
            "1 cpu2 exec 1 n=3 comm=a",
            "1 cpu2#1 exec 1 n=3 comm=a",
            "1 cpu0#1 exec 1 n=1 comm=a");
    assertThat(emitted(lines)).hasSize(4);
    assertThat(state.ledger().bites().of(Bound.SOURCES)).isEqualTo(2);
  }

  @Test
  void theOldestCaptureIsForgottenWithItsSources() {
    List<String> lines =
        List.of(
            "limits captures=2",
            "1 cpu0 exec 1@0.5 n=1 comm=a capture=A",
            "1 cpu0 exec 1 n=2 comm=a capture=B",
            "1 cpu0 exec 1 n=3 comm=a capture=C");
    List<TaskEvent> events = EventLines.parse(lines).delivered();
    assertThat(emitted(lines)).hasSize(3);
    assertThat(state.ledger().bites().of(Bound.CAPTURES)).isEqualTo(1);
    assertThat(state.received(source(events.get(0)))).isEmpty();
    assertThat(state.received(source(events.get(1)))).isPresent();
  }

  @Test
  void whatArrivesOutOfAForgottenGapCountsAsADuplicate() {
    List<String> lines =
        List.of(
            "limits gaps=1",
            "1 cpu0#2 exec 1@0.5 n=2 comm=b",
            "1 cpu0#4 exec 1 n=4 comm=d",
            "1 cpu0#1 exec 1 n=1 comm=a",
            "1 cpu0#3 exec 1 n=3 comm=c");
    assertThat(
            emitted(lines).stream()
                .filter(told -> told.revision() == 0)
                .map(AuditEvent::event)
                .map(FoldTest::sequence))
        .containsExactly(2L, 4L, 3L);
    assertThat(state.ledger().bites().of(Bound.GAPS)).isEqualTo(1);
  }

  @Test
  void anEventThatCantBeCorrectedAnyMoreIsForgotten() {
    emitted(
        List.of(
            "limits correction=1",
            "1 cpu0#2 exec 1@0.5 n=2 comm=b",
            "1.5 cpu0 exec 1 n=3 comm=c",
            "2.2 agent heartbeat"));
    assertThat(state.correctable().ends()).isEqualTo(new Queue(1, 2));
    assertThat(state.correctable().at(0)).isEmpty();
    assertThat(state.correctable().at(1)).isPresent();
  }

  @Test
  void aSnapshotThatIsDoneIsNotUnderWay() {
    List<String> lines =
        List.of(
            "1 snapshot snapshot_started",
            "1 snapshot seen 1@0.5 n=1 comm=a",
            "1 snapshot snapshot_finished tasks=1");
    emitted(lines.subList(0, 2));
    assertThat(state.ledger().captures().getFirst().snapshot().orElseThrow().seen()).isEqualTo(1);
    emitted(lines);
    assertThat(state.ledger().captures().getFirst().snapshot()).isEmpty();
  }

  @Test
  void whenASnapshotIsDoneItsTasksPresumeWhatTheyInherited() {
    List<String> lines =
        List.of(
            "1 agent agent_started armed=0.9",
            "1 snapshot snapshot_started",
            "1 snapshot seen 20@0.3 n=3 comm=c parent=10@0.2",
            "1 snapshot seen 10@0.2 n=2 comm=b parent=1@0.1",
            "1 snapshot seen 1@0.1 n=1 comm=a",
            "1 snapshot snapshot_finished tasks=3",
            "2 cpu0 fork 1 n=1 comm=a child=30");
    emitted(lines.subList(0, 6));
    assertThat(history(20, 300_000_000).links()).hasSize(2);
    assertThat(state.ledger().sweep()).isPresent();
    emitted(lines);
    assertThat(history(20, 300_000_000).links().stream().map(Link::ordinal))
        .containsExactly(0L, 1L, 2L, 3L);
    assertThat(state.ledger().sweep()).isEmpty();
  }

  @Test
  void inHowManyHoursALineageWasExecutedIsRemembered() {
    emitted(
        List.of(
            "1 cpu0 fork 0 n=0 comm=swapper/0 child=1",
            "2 cpu0 exec 1 n=1 comm=a",
            "3 cpu0 fork 0 n=0 comm=swapper/0 child=2",
            "4 cpu0 exec 2 n=1 comm=a",
            "5 cpu0 exec 2 n=2 comm=b",
            "7201 cpu0 fork 0 n=0 comm=swapper/0 child=3",
            "7202 cpu0 exec 3 n=1 comm=a"));
    UUID fingerprint = io.tasktrail.event.Lineage.fingerprint(ByteText.of("<kernel> /bin/a"));
    assertThat(host.lineage(fingerprint))
        .contains(
            new HostState.Sightings(
                EventLines.WALL_OFFSET_NANOS + 2_000_000_000L,
                EventLines.WALL_OFFSET_NANOS + 7_202_000_000_000L,
                2));
    assertThat(host.lineages()).isEqualTo(2);
  }

  @Test
  void everyBoundIsPresetAndExplained() {
    for (Bound bound : Bound.values()) {
      assertThat(FoldLimits.DEFAULT.get(bound)).isEqualTo(bound.preset());
      assertThat(bound.preset()).isGreaterThanOrEqualTo(bound.least());
      assertThat(bound.meaning()).as("%s", bound).endsWith(".");
      assertThat(bound.consequence()).as("%s", bound).endsWith(".");
    }
  }

  @Test
  void boundsThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FoldLimits.DEFAULT.with(Bound.EXPIRIES, 1))
        .withMessage("EXPIRIES is 1, not at least 2");
  }

  @Test
  void everyBootOfAHostHasAStateOfItsOwn() {
    Fleet fleet = new Fleet(new Fold(FoldLimits.DEFAULT));
    TaskEvent event =
        EventLines.parse(List.of("1 cpu0 exec 1@0.5 n=1 comm=a")).delivered().getFirst();
    Set<EventId> emitted = new HashSet<>();
    for (TaskEvent twin : List.of(event, inTheNextBoot(event), event)) {
      fleet.apply(twin).forEach(audit -> emitted.add(audit.event().header().eventId()));
    }
    assertThat(emitted).hasSize(2);
    InMemoryHostState kept = fleet.state(event.header().host()).orElseThrow();
    assertThat(kept.boot(event.header().boot()).tasks()).hasSize(1);
  }

  private List<AuditEvent> emitted(List<String> lines) {
    return emitted(EventLines.parse(lines).limits(), lines);
  }

  private List<AuditEvent> emitted(FoldLimits limits, List<String> lines) {
    Fold fold = new Fold(limits);
    return EventLines.parse(lines).delivered().stream()
        .flatMap(event -> fold.apply(host, event).stream())
        .toList();
  }

  private History history(int pid, long startNanos) {
    return state.task(new TaskKey(pid, startNanos)).orElseThrow().history();
  }

  private static boolean isWhole(AuditEvent emitted) {
    return emitted.task().orElseThrow().history().completeness() == Completeness.WHOLE;
  }

  private static Source source(TaskEvent event) {
    return new Source(event.header().capture(), event.header().cpu());
  }

  private static long sequence(TaskEvent event) {
    return event.header().sequence();
  }

  /// The digest as its description says, made another way.
  private static ByteText digestOfWhatIsLeftOut() throws GeneralSecurityException, IOException {
    byte[] digest = {};
    for (int n = 32; n <= 904; n++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.write(digest);
      out.writeLong(n);
      out.writeInt(1);
      out.writeLong(1_000_000_000L);
      out.writeLong(0);
      out.writeLong(4294967295L);
      out.writeLong((n + 1) * 1_000_000_000L);
      for (String text : List.of("e" + n, "/bin/e" + n, "EXECUTED")) {
        out.writeInt(text.length());
        out.write(text.getBytes(US_ASCII));
      }
      digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    }
    return ByteText.of(digest);
  }

  private static TaskEvent inTheNextBoot(TaskEvent event) {
    Header was = event.header();
    return new TaskEvent(
        new Header(
            was.host(),
            was.hostName(),
            new BootId(new UUID(9, 9)),
            was.capture(),
            was.cpu(),
            was.sequence(),
            was.bootNanos(),
            was.wallOffsetNanos()),
        event.fact());
  }
}
