package io.tasktrail.agent.spool;

import static io.tasktrail.agent.spool.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.agent.publish.Acknowledgements;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.agent.publish.SpoolFigures.State;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolingPublisherTest {

  private static final Duration AFTER = Duration.ofSeconds(5);
  private static final int IN_FLIGHT = 100;

  @TempDir private Path temporary;
  private Path dir;
  private final Told told = new Told();
  private final Events.Numbers numbers = new Events.Numbers();
  private FakeKafka kafka;
  private SpoolingPublisher publisher;
  private long now;
  private long nextToken = 1;

  /// By publishers before this one.
  private long publishedBefore;

  private long toldBefore;
  private long tokensBefore;

  @BeforeEach
  void open() {
    dir = temporary.resolve("spool");
    open(64 << 20);
  }

  private void open(long bytesMax) {
    publishedBefore = published();
    toldBefore = told.acknowledged.size();
    tokensBefore = nextToken - 1;
    publisher =
        new SpoolingPublisher(
            answers -> kafka = new FakeKafka(answers),
            new SpoolPlan(dir, bytesMax, 0, AFTER, IN_FLIGHT),
            told,
            numbers,
            () -> now);
  }

  @AfterEach
  void close() {
    assertBalanced();
    publisher.close();
  }

  /// After whatever a test did: each event is somewhere, once.
  private void assertBalanced() {
    SpoolFigures figures = publisher.figures();
    long shed = figures.shed().values().stream().mapToLong(Long::longValue).sum();
    long safe = told.acknowledged.size() - toldBefore;
    assertThat(
            figures.inKafka()
                + figures.events()
                + shed
                + figures.refused()
                + figures.damaged()
                + figures.own()
                + (nextToken - 1 - tokensBefore - safe))
        .as("%s", figures)
        .isEqualTo(
            published()
                - publishedBefore
                + figures.found()
                + figures.again()
                + figures.unnumbered());
  }

  /// Those of the test, and those that the publisher numbered.
  private long published() {
    return nextToken - 1 + numbers.last;
  }

  @Test
  void whatKafkaAcknowledgesIsAcknowledgedAndNotSpooled() {
    publish(1, 3);
    kafka.answer();
    turn();

    assertThat(told.acknowledged).containsExactly(1L, 2L, 3L);
    assertThat(publisher.figures())
        .extracting(SpoolFigures::state, SpoolFigures::events)
        .containsExactly(State.PASSING, 0L);
    assertThat(segments()).isEmpty();
  }

  @Test
  void whatKafkaRefusesIsRefused() {
    publish(1, 2);
    kafka.refuseOne();
    kafka.answer();
    turn();

    assertThat(told.refused).containsExactly(1L);
    assertThat(told.acknowledged).containsExactly(2L);
  }

  @Test
  void whatWaitsTooLongIsWrittenInOrderAndAcknowledged() {
    publish(1, 2);
    pass(AFTER.minusNanos(1));
    assertThat(told.acknowledged).isEmpty();

    publish(3, 3);
    pass(Duration.ofNanos(1));

    assertThat(told.acknowledged).containsExactly(1L, 2L, 3L);
    assertThat(publisher.figures().state()).isEqualTo(State.SPOOLING);
    assertThat(spooled()).containsExactly(1L, 2L, 3L);
    assertThat(kafka.forgotten).isEqualTo(1);
  }

  @Test
  void aFullWindowIsWaitedForLessLong() {
    publish(1, IN_FLIGHT);
    pass(SpoolingPublisher.FULL_PATIENCE);

    assertThat(told.acknowledged).hasSize(IN_FLIGHT);
  }

  @Test
  void whatComesWhileSpoolingIsAcknowledgedOnceTheDiskHasIt() {
    beginSpooling();
    publish(2, 3);
    turn();
    assertThat(told.acknowledged).containsExactly(1L);

    pass(Unsecured.SYNC);

    assertThat(told.acknowledged).containsExactly(1L, 2L, 3L);
    assertThat(spooled()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void oneEventAsksWhetherKafkaAnswers() {
    beginSpooling();
    publish(2, 9);
    pass(Unsecured.SYNC);
    pass(Duration.ofMinutes(10));

    assertThat(sequences(kafka.given)).containsExactly(1L);
  }

  @Test
  void onceKafkaAnswersTheSpoolGoesFirstAndInOrder() {
    beginSpooling();
    publish(2, 50);
    pass(Unsecured.SYNC);

    kafka.answer();
    turn();
    publish(51, 60);
    settle();

    assertThat(sequences(kafka.has)).containsExactlyElementsOf(range(1, 60));
    assertThat(told.acknowledged).containsExactlyElementsOf(range(1, 60));
    assertThat(publisher.figures().state()).isEqualTo(State.PASSING);
    assertThat(segments()).isEmpty();
    assertThat(publisher.figures().inKafka()).isEqualTo(60);
  }

  @Test
  void whatComesWhileDrainingStaysBehindTheSpool() {
    beginSpooling();
    publish(2, 3 * IN_FLIGHT);
    pass(Unsecured.SYNC);
    kafka.answer();
    turn();
    assertThat(publisher.figures().state()).isEqualTo(State.DRAINING);

    long last = 3L * IN_FLIGHT;
    for (int i = 0; i < 20; i++) {
      publish(last + 1, last + 10);
      last += 10;
      pass(Unsecured.SYNC);
      kafka.answer();
    }
    settle();

    assertThat(sequences(kafka.has)).containsExactlyElementsOf(range(1, last));
    assertThat(publisher.figures().state()).isEqualTo(State.PASSING);
  }

  @Test
  void aSegmentStaysUntilAllOfItIsAcknowledged() {
    beginSpooling();
    publish(2, 3);
    pass(Unsecured.SYNC);
    kafka.answer();
    turn();
    turn();
    assertThat(sequences(kafka.given)).containsExactly(1L, 2L, 3L);

    kafka.answerOne();
    turn();
    assertThat(spooled()).contains(3L);

    kafka.answerOne();
    turn();
    assertThat(segments()).isEmpty();
  }

  @Test
  void aKafkaThatFallsSilentAgainIsSentTheRestOnceMore() {
    beginSpooling();
    publish(2, 3 * IN_FLIGHT);
    pass(Unsecured.SYNC);
    kafka.answer();
    turn();
    kafka.answerOne();
    turn();
    pass(AFTER);
    assertThat(publisher.figures().state()).isEqualTo(State.SPOOLING);

    settle();

    assertThat(new TreeSet<>(sequences(kafka.has)))
        .containsExactlyElementsOf(range(1, 3 * IN_FLIGHT));
    assertThat(firstOccurrences(kafka.has)).isSorted();
    assertThat(segments()).isEmpty();
  }

  @Test
  void theNextAgentSendsWhatIsLeftFirst() {
    beginSpooling();
    publish(2, 9);
    publisher.close();
    assertThat(told.acknowledged).containsExactlyElementsOf(range(1, 9));

    open(64 << 20);
    publish(10, 12);
    settle();

    assertThat(sequences(kafka.has)).containsExactlyElementsOf(range(1, 12));
  }

  @Test
  void aTailTornAnywhereCostsNothingThatWasAcknowledged() throws IOException {
    beginSpooling();
    publish(2, 5);
    pass(Unsecured.SYNC);
    publisher.close();
    Path last = segments().getLast();
    byte[] whole = Files.readAllBytes(last);
    byte[] more = secondBlock(whole);

    for (int torn = 0; torn < more.length; torn++) {
      byte[] tail = Arrays.copyOf(whole, whole.length + torn);
      System.arraycopy(more, 0, tail, whole.length, torn);
      Files.write(last, tail);
      Spool spool = new Spool(new SpoolPlan(dir, 64 << 20, 0, AFTER, IN_FLIGHT));
      spool.open();
      assertThat(spool.events()).as("torn after %s bytes", torn).isEqualTo(5);
      assertThat(Files.size(last)).isEqualTo(whole.length);
      spool.close();
    }
  }

  @Test
  void aDiskThatFailsLeavesEverythingInTheRingUntilItWorks() throws IOException {
    publisher.close();
    Files.createDirectories(temporary);
    Path inTheWay = Files.createFile(temporary.resolve("file"));
    dir = inTheWay.resolve("spool");
    open(64 << 20);
    publish(1, 3);
    pass(AFTER);
    pass(Duration.ofMinutes(1));
    assertThat(told.acknowledged).isEmpty();
    assertThat(publisher.figures().diskFailures()).isPositive();

    Files.delete(inTheWay);
    pass(DiskTrouble.PAUSE_MAX);

    assertThat(told.acknowledged).containsExactly(1L, 2L, 3L);
    assertThat(spooled()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void kafkaThatReturnsWhileTheDiskFailsGetsWhatIsKept() throws IOException {
    publisher.close();
    Path inTheWay = Files.createFile(temporary.resolve("file"));
    dir = inTheWay.resolve("spool");
    open(64 << 20);
    publish(1, 3);
    pass(AFTER);

    kafka.answer();
    turn();

    assertThat(told.acknowledged).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whatAFailingDiskDidNotTakeIsNotAcknowledgedWhenKafkaFallsSilentAgain() throws IOException {
    int many = 40_000;
    beginSpooling();
    for (long last = 1; last < many; last += 1000) {
      publish(last + 1, last + 1000);
      pass(Unsecured.SYNC);
    }
    long written = nextToken - 1;
    kafka.answer();
    turn();
    assertThat(publisher.figures().state()).isEqualTo(State.DRAINING);
    turn();
    Path away = Files.move(dir, temporary.resolve("away"));
    publish(written + 1, written + 3);
    pass(AFTER);
    Files.move(away, dir);
    assertThat(publisher.figures().state()).isEqualTo(State.SPOOLING);
    assertThat(told.acknowledged).doesNotContain(written + 1);

    pass(DiskTrouble.PAUSE_MAX);

    assertThat(told.acknowledged).contains(written + 1, written + 2, written + 3);
    assertThat(spooled()).contains(written + 1, written + 2, written + 3);
  }

  @Test
  void refusedEventOfTheSpoolBecomesALoss() {
    beginSpooling();
    publish(2, 2);
    pass(Unsecured.SYNC);
    kafka.answer();
    turn();
    turn();
    kafka.refuseOne();
    settle();

    assertThat(kafka.has.getLast().fact())
        .isInstanceOfSatisfying(
            Fact.EventsLost.class,
            loss -> {
              assertThat(loss.first()).isEqualTo(2);
              assertThat(loss.last()).isEqualTo(2);
              assertThat(loss.kinds()).containsExactly(new Fact.LostOfKind("module_unload", 1));
            });
    assertThat(kafka.has.getLast().header().cpu()).isEqualTo(Header.AGENT_CPU);
    assertThat(segments()).isEmpty();
  }

  @Test
  void refusedEventOfAnEarlierCaptureIsReplacedUnderItsOwnNumber() {
    CaptureId earlier = new CaptureId(new UUID(8, 8));
    publisher.publish(event(earlier, 2, 7, Events.moduleUnloaded(1)), nextToken++);
    pass(AFTER);
    turn();
    kafka.refuseOne();
    settle();

    assertThat(kafka.has)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.header().capture()).isEqualTo(earlier);
              assertThat(event.header().sequence()).isEqualTo(7);
              assertThat(event.fact()).isInstanceOf(Fact.EventsLost.class);
            });
  }

  @Test
  void atTheBoundIdleLivesAreGivenUpThenTheRingIsNotRead() {
    publisher.close();
    open(1 << 20);
    beginSpooling();
    long sequence = 2;
    int task = 100;
    while (publisher.hasRoom() || publisher.figures().shed().isEmpty()) {
      if (publisher.hasRoom()) {
        for (int i = 0; i < 1000; i++) {
          publish(sequence++, Events.fork(1, ++task));
          publish(sequence++, Events.exit(task));
          publish(sequence++, Events.moduleUnloaded(1));
        }
      }
      pass(Unsecured.SYNC);
    }
    SpoolFigures full = publisher.figures();
    assertThat(full.shed().keySet()).containsExactlyInAnyOrder("fork", "exit");
    assertThat(told.acknowledged).hasSize((int) sequence - 1);

    settle();

    TreeSet<Long> said = new TreeSet<>();
    long lost = 0;
    for (TaskEvent event : kafka.has) {
      if (event.fact() instanceof Fact.EventsLost loss) {
        assertThat(loss.cause()).isEqualTo(Fact.LossCause.SPOOL_FULL);
        LongStream.rangeClosed(loss.first(), loss.last()).forEach(said::add);
        lost += loss.count();
      } else {
        said.add(event.header().sequence());
      }
    }
    assertThat(said).containsExactlyElementsOf(range(1, sequence - 1));
    assertThat(lost).isEqualTo(full.shed().values().stream().mapToLong(Long::longValue).sum());
    assertThat(ownNumbers()).containsExactlyElementsOf(range(1, numbers.last));
    assertThat(kafka.has).extracting(event -> event.header().bootNanos()).isSorted();
  }

  private void beginSpooling() {
    publish(1, 1);
    pass(AFTER);
    assertThat(publisher.figures().state()).isEqualTo(State.SPOOLING);
  }

  private void publish(long first, long last) {
    range(first, last).forEach(sequence -> publisher.publish(event(sequence), nextToken++));
  }

  private void publish(long sequence, Fact fact) {
    publisher.publish(event(0, sequence, fact), nextToken++);
  }

  private void turn() {
    publisher.doWork();
  }

  private void pass(Duration time) {
    now += time.toNanos();
    turn();
  }

  /// Kafka answers everything until nothing is left.
  private void settle() {
    for (int i = 0; i < 1000; i++) {
      kafka.answer();
      pass(Unsecured.SYNC);
    }
  }

  private List<Path> segments() {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(dir)) {
      return files.filter(file -> file.toString().endsWith(".avro")).sorted().toList();
    } catch (IOException gone) {
      throw new IllegalStateException(gone);
    }
  }

  private List<Long> spooled() {
    List<TaskEvent> events = new ArrayList<>();
    for (Path file : segments()) {
      try {
        CaptureFile.read(file, events::add);
      } catch (IOException gone) {
        throw new IllegalStateException(gone);
      }
    }
    return sequences(events);
  }

  private List<Long> ownNumbers() {
    return kafka.has.stream()
        .map(TaskEvent::header)
        .filter(header -> header.cpu() == Header.AGENT_CPU)
        .map(Header::sequence)
        .toList();
  }

  private static List<Long> sequences(List<TaskEvent> events) {
    return events.stream().map(event -> event.header().sequence()).toList();
  }

  private static List<Long> firstOccurrences(List<TaskEvent> events) {
    return sequences(events).stream().distinct().toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  /// What one more sync would have appended: the last block once again.
  private static byte[] secondBlock(byte[] file) {
    byte[] marker = Arrays.copyOfRange(file, file.length - 16, file.length);
    int begin = file.length - 16;
    while (!Arrays.equals(marker, Arrays.copyOfRange(file, begin - 16, begin))) {
      begin--;
    }
    return Arrays.copyOfRange(file, begin, file.length);
  }

  private static final class Told implements Acknowledgements {

    final List<Long> acknowledged = new ArrayList<>();
    final List<Long> refused = new ArrayList<>();

    @Override
    public void acknowledged(long token) {
      acknowledged.add(token);
    }

    @Override
    public void refused(long token, String reason) {
      refused.add(token);
    }
  }
}
