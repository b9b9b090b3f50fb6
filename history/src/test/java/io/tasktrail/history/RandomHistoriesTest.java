package io.tasktrail.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Completeness;
import io.tasktrail.event.Doubt;
import io.tasktrail.event.EventId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.history.SimulatedHost.Said;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The fold against a model that keeps everything, on hosts that do what comes to their mind. A
/// failure names the seed that shows it.
final class RandomHistoriesTest {

  private static final FoldLimits TIGHT =
      EventLines.parse(
              List.of(
                  "limits grace=0.002 ended_tasks=3 expiries=2 first_links=3 last_links=4 doubts=2",
                  "limits gaps=2 losses=2 captures=1 sources=8 ancestors=2 correction=0.002"))
          .limits();

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("tasktrail.seeds", 150));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whereNothingIsLostHistoriesAreTrue(long seed) {
    List<Said> said = bootedHost(seed).said();
    List<AuditEvent> emitted = told(FoldLimits.DEFAULT, events(said));
    assertThat(emitted).as("nobody vanished, nothing is corrected").hasSameSizeAs(said);
    for (int i = 0; i < said.size(); i++) {
      assertTrue(emitted.get(i), said.get(i));
      assertCommandLine(emitted.get(i), said.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void lossesMarkExactlyWhatTheyTouch(long seed) {
    List<Said> said = bootedHost(seed).said();
    Set<EventId> lost = lost(said, new Random(seed));
    Map<EventId, Lineage.Foundation> foundations = Lineage.of(events(said));
    Map<EventId, Said> truth = byId(said);
    List<TaskEvent> delivered = without(events(said), lost);
    for (AuditEvent emitted : emitted(FoldLimits.DEFAULT, delivered)) {
      Said real = truth.get(id(emitted));
      if (emitted.task().isEmpty()) {
        continue;
      }
      assertSound(emitted, real);
      if (foundations.get(id(emitted)).proofs().stream().noneMatch(lost::contains)) {
        assertTrue(emitted, real);
        assertCommandLine(emitted, real);
      } else {
        assertThat(history(emitted).completeness())
            .as("%s", new Telling(events(said)).of(emitted))
            .isNotEqualTo(Completeness.WHOLE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatComesLateIsEmittedOnceAndFindsItsPlace(long seed) {
    List<Said> said = bootedHost(seed).said();
    Random random = new Random(seed);
    List<TaskEvent> delivered = delayed(events(said), lost(said, random), random);
    List<AuditEvent> told = told(FoldLimits.DEFAULT, delivered);
    assertThat(told.stream().filter(RandomHistoriesTest::isFirst).map(AuditEvent::event).toList())
        .isEqualTo(delivered);
    Map<EventId, Said> truth = byId(said);
    told.stream()
        .filter(event -> event.notice().isEmpty())
        .forEach(event -> assertSound(event, truth.get(id(event))));
  }

  /// On one cpu every delay shows at once, so that nobody is forgotten too early.
  @ParameterizedTest
  @MethodSource("seeds")
  void whenAllHasComeTheLastRevisionsAreTrue(long seed) {
    SimulatedHost host = new SimulatedHost(seed, 1);
    host.live(400);
    List<Said> said = host.said();
    Random random = new Random(seed);
    List<TaskEvent> delivered = delayed(events(said), lost(said, random), random);
    Map<EventId, AuditEvent> last = new HashMap<>();
    for (AuditEvent event : told(FoldLimits.DEFAULT, delivered)) {
      assertThat(event.notice()).as("all can be corrected").isEmpty();
      AuditEvent before = last.put(id(event), event);
      assertThat(event.revision()).isEqualTo(before == null ? 0 : before.revision() + 1);
    }
    byId(said)
        .forEach(
            (id, one) -> {
              assertTrue(last.get(id), one);
              assertSound(last.get(id), one);
            });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aCaptureThatBeginsLateClaimsNothingThatItCannotKnow(long seed) {
    SimulatedHost host = new SimulatedHost(seed);
    host.live(150);
    host.beginCapture();
    Said agent = host.agentStarted();
    host.live(40);
    List<Said> delivered = new ArrayList<>(List.of(agent));
    delivered.addAll(host.snapshot());
    host.live(300);
    host.said().stream().filter(event -> !delivered.contains(event)).forEach(delivered::add);
    Map<EventId, Said> truth = byId(delivered);
    List<AuditEvent> emitted = emitted(FoldLimits.DEFAULT, events(delivered));
    assertThat(emitted).hasSameSizeAs(delivered);
    emitted.forEach(event -> assertSound(event, truth.get(id(event))));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void tightBoundsLeaveOutButDoNotLie(long seed) {
    List<Said> said = bootedHost(seed).said();
    Random random = new Random(seed);
    List<TaskEvent> delivered = delayed(events(said), lost(said, random), random);
    Map<EventId, Said> truth = byId(said);
    emitted(TIGHT, delivered).forEach(event -> assertSound(event, truth.get(id(event))));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void duplicatesAnywhereChangeNothing(long seed) {
    List<Said> said = bootedHost(seed).said();
    Random random = new Random(seed);
    List<TaskEvent> once = without(events(said), lost(said, random));
    List<TaskEvent> again = new ArrayList<>();
    for (TaskEvent event : once) {
      again.add(event);
      if (random.nextInt(5) == 0) {
        again.add(again.get(random.nextInt(again.size())));
      }
    }
    assertThat(emitted(FoldLimits.DEFAULT, again)).isEqualTo(emitted(FoldLimits.DEFAULT, once));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void announcingALossOnlyNamesIt(long seed) {
    List<Said> said = bootedHost(seed).said();
    List<TaskEvent> silent = without(events(said), lost(said, new Random(seed)));
    List<TaskEvent> announced = announced(silent);
    List<AuditEvent> emitted = emitted(FoldLimits.DEFAULT, announced);
    Set<UUID> names =
        emitted.stream()
            .filter(event -> event.event().fact() instanceof Fact.EventsLost)
            .map(AuditEvent::id)
            .collect(Collectors.toSet());
    List<AuditEvent> ofTasks = ofTasks(emitted);
    assertThat(ofTasks.stream().map(RandomHistoriesTest::nameless).toList())
        .isEqualTo(
            ofTasks(emitted(FoldLimits.DEFAULT, silent)).stream()
                .map(RandomHistoriesTest::history)
                .toList());
    assertThat(ofTasks)
        .flatExtracting(event -> history(event).doubts())
        .allMatch(doubt -> doubt.loss().isEmpty() || names.contains(doubt.loss().get()));
  }

  private static List<AuditEvent> ofTasks(List<AuditEvent> emitted) {
    return emitted.stream().filter(event -> event.task().isPresent()).toList();
  }

  /// The history, as if no loss had been announced: neighbours that differ in nothing else are one.
  private static History nameless(AuditEvent emitted) {
    Doubts nameless = new Doubts(List.of());
    for (Doubt doubt : history(emitted).doubts()) {
      nameless = nameless.and(doubt.in(Optional.empty()));
    }
    return history(emitted).with(nameless.ranges());
  }

  /// Before each event that shows a jump, its agent announces the loss.
  private static List<TaskEvent> announced(List<TaskEvent> events) {
    List<TaskEvent> announced = new ArrayList<>();
    Map<Integer, Header> last = new HashMap<>();
    long sequence = 100;
    for (TaskEvent event : events) {
      Header header = event.header();
      Header before = last.put(header.cpu(), header);
      long expected = before == null ? 1 : before.sequence() + 1;
      if (header.cpu() != Header.AGENT_CPU && expected < header.sequence()) {
        long from = before == null ? 0 : before.bootNanos();
        announced.add(loss(header, sequence++, expected, from));
      }
      announced.add(event);
    }
    return announced;
  }

  private static TaskEvent loss(Header found, long sequence, long first, long fromNanos) {
    Header header =
        new Header(
            found.host(),
            found.hostName(),
            found.boot(),
            found.capture(),
            Header.AGENT_CPU,
            sequence,
            found.bootNanos(),
            found.wallOffsetNanos());
    return new TaskEvent(
        header,
        new Fact.EventsLost(
            found.cpu(),
            first,
            found.sequence() - 1,
            List.of(),
            Fact.LossCause.RING_FULL,
            fromNanos,
            found.bootNanos()));
  }

  private static SimulatedHost bootedHost(long seed) {
    SimulatedHost host = new SimulatedHost(seed);
    host.live(200);
    host.snapshot();
    host.live(200);
    return host;
  }

  /// One event in twenty, and now and then a run of them. Not what the agent says of itself:
  /// without it, a task that was there before the capture could not be told from one whose fork was
  /// lost.
  private static Set<EventId> lost(List<Said> said, Random random) {
    Set<EventId> lost = new HashSet<>();
    boolean full = false;
    for (Said one : said) {
      full = random.nextInt(100) < (full ? 70 : 1);
      boolean agents = one.event().header().cpu() == Header.AGENT_CPU;
      if (!agents && (full || random.nextInt(20) == 0)) {
        lost.add(one.event().header().eventId());
      }
    }
    return lost;
  }

  private static List<TaskEvent> without(List<TaskEvent> events, Set<EventId> lost) {
    return events.stream().filter(event -> !lost.contains(event.header().eventId())).toList();
  }

  /// Each of the late ones up to forty places later.
  private static List<TaskEvent> delayed(List<TaskEvent> events, Set<EventId> late, Random random) {
    Map<Integer, List<TaskEvent>> byPlace = new HashMap<>();
    for (int i = 0; i < events.size(); i++) {
      boolean delay = late.contains(events.get(i).header().eventId());
      int place = delay ? i + random.nextInt(40) : i;
      byPlace.computeIfAbsent(place, _ -> new ArrayList<>()).add(events.get(i));
    }
    return IntStream.range(0, events.size() + 40)
        .mapToObj(place -> byPlace.getOrDefault(place, List.of()))
        .flatMap(List::stream)
        .toList();
  }

  private static boolean isFirst(AuditEvent told) {
    return told.revision() == 0 && told.notice().isEmpty();
  }

  /// The events, without what the fold tells besides.
  private static List<AuditEvent> emitted(FoldLimits limits, List<TaskEvent> events) {
    return told(limits, events).stream().filter(RandomHistoriesTest::isFirst).toList();
  }

  private static List<AuditEvent> told(FoldLimits limits, List<TaskEvent> events) {
    Fold fold = new Fold(limits);
    InMemoryHostState state = new InMemoryHostState();
    return events.stream().flatMap(event -> fold.apply(state, event).stream()).toList();
  }

  private static List<TaskEvent> events(List<Said> said) {
    return said.stream().map(Said::event).toList();
  }

  private static Map<EventId, Said> byId(List<Said> said) {
    return said.stream()
        .collect(Collectors.toMap(one -> one.event().header().eventId(), one -> one));
  }

  private static EventId id(AuditEvent emitted) {
    return emitted.event().header().eventId();
  }

  private static History history(AuditEvent emitted) {
    return emitted.task().orElseThrow().history();
  }

  private static void assertCommandLine(AuditEvent emitted, Said said) {
    if (emitted.task().isPresent()) {
      assertThat(commandLine(emitted)).as("%s", emitted).isEqualTo(said.commandLine());
    }
  }

  /// That of a child stands in the parent that forked it.
  private static ByteText commandLine(AuditEvent emitted) {
    AuditedTask task = emitted.task().orElseThrow();
    return emitted.event().fact() instanceof Fact.Forked forked
            && forked.parent().equals(forked.actor().task())
        ? task.parent().commandLine()
        : task.commandLine();
  }

  private static void assertTrue(AuditEvent emitted, Said said) {
    if (emitted.task().isPresent()) {
      assertThat(executed(history(emitted))).as("%s", emitted).isEqualTo(said.truth());
      assertThat(history(emitted).doubts()).as("%s", emitted).isEmpty();
      assertThat(history(emitted).missingLinks()).isZero();
    }
  }

  private static List<Link> executed(History history) {
    return history.links().subList(1, history.links().size());
  }

  /// What is claimed is true, and what is not claimed is doubted or counted.
  private static void assertSound(AuditEvent emitted, Said said) {
    if (emitted.task().isEmpty()) {
      return;
    }
    History history = history(emitted);
    List<Link> truth = said.truth();
    assertThat(history.execCount()).as("%s", emitted).isEqualTo(truth.size());
    assertThat(commandLine(emitted)).as("%s", emitted).isIn(said.commandLine(), ByteText.EMPTY);
    assertThat(history.links().getFirst()).isEqualTo(Link.ROOT);
    assertThat(executed(history).stream().map(Link::ordinal))
        .as("%s", emitted)
        .isSorted()
        .doesNotHaveDuplicates();
    executed(history).forEach(link -> assertSound(history, link, truth));
    long unknown = 0;
    for (long ordinal = 1; ordinal <= truth.size(); ordinal++) {
      unknown += certain(history, ordinal) || doubted(history, ordinal) ? 0 : 1;
    }
    assertThat(unknown)
        .as("left out, of %s", emitted)
        .isLessThanOrEqualTo(history.omitted().count());
    assertThat(history.missingLinks()).as("%s", emitted).isBetween(0L, (long) truth.size());
  }

  private static void assertSound(History history, Link link, List<Link> truth) {
    Link real = truth.get((int) link.ordinal() - 1);
    switch (link.source()) {
      case EXECUTED -> assertThat(link).isEqualTo(real);
      case SEEN -> {
        assertThat(link.task()).isEqualTo(real.task());
        assertThat(link.comm()).isEqualTo(real.comm());
        assertThat(link.executable()).isEqualTo(real.executable());
      }
      case PRESUMED -> assertThat(doubted(history, link.ordinal())).isTrue();
      case ROOT -> assertThat(link.ordinal()).isZero();
    }
  }

  private static boolean certain(History history, long ordinal) {
    return history.links().stream()
        .anyMatch(link -> link.ordinal() == ordinal && link.source() != LinkSource.PRESUMED);
  }

  private static boolean doubted(History history, long ordinal) {
    return history.doubts().stream().anyMatch(doubt -> covers(doubt, ordinal));
  }

  private static boolean covers(Doubt doubt, long ordinal) {
    return doubt.first() <= ordinal && ordinal <= doubt.last();
  }
}
