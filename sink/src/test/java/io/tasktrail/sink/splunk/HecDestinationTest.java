package io.tasktrail.sink.splunk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.formats.splunk.SplunkFormat;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Words;
import io.tasktrail.sink.remote.Pauses;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HecDestinationTest {

  private static final int ATTEMPTS_MAX = 200;

  /// A host whose events are longer than a request.
  private static final int LONG = 9;

  private final List<Integer> pauses = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final StubHec stub;
  private HecDestination destination;
  private long nanos;

  HecDestinationTest() throws IOException {
    stub = new StubHec();
    destination = destination(true, stub.address());
  }

  @AfterEach
  void close() {
    destination.close();
    stub.close();
  }

  @Test
  void aSyncWaitsUntilEverythingIsIndexed() throws IOException {
    stub.pollsBeforeIndexed = 3;
    deliver(1, 25);

    assertThat(indexed()).isEqualTo(numbers(1, 25));
    assertThat(stub.requests).containsExactly(10, 10, 5);
    assertThat(pauses).startsWith(0, 1, 2);
    assertThat(failures).isEmpty();
  }

  @Test
  void withoutAcknowledgementsNobodyIsAskedForThem() throws IOException {
    withoutAcks();
    deliver(1, 25);

    assertThat(indexed()).isEqualTo(numbers(1, 25));
    assertThat(stub.polls).isZero();
  }

  @Test
  void whatWaitsForAcknowledgementIsBounded() throws IOException {
    stub.pollsBeforeIndexed = 2;
    deliver(1, 100);

    assertThat(stub.mostWaiting).isEqualTo(3);
    assertThat(indexed()).isEqualTo(numbers(1, 100));
  }

  @Test
  void aRequestIsNoLongerThanItsBoundAndALongerEventGoesAlone() throws IOException {
    destination.resume(Words.SOURCE);
    for (int n = 1; n <= 8; n++) {
      write(event(1, n));
    }
    write(event(LONG, 9));
    write(event(1, 10));
    destination.flush();

    assertThat(stub.requests).containsExactly(8, 1, 1);
  }

  @Test
  void anEventIsTheObjectThatSplunkReads() throws IOException {
    stub.indexes = Set.of("linux");
    destination.close();
    SplunkFormat format = new SplunkFormat(Optional.of("linux"), "here", "tasktrail:audit");
    destination = new HecDestination(plan(true, stub.address()), format::format, new Counted());
    deliver(1, 1);

    assertThat(stub.indexed.getFirst().at("/tasktrail/id").asText())
        .isEqualTo(event(1, 1).id().toString());
  }

  @ParameterizedTest
  @EnumSource(
      value = StubHec.Code.class,
      names = {
        "SERVER_BUSY",
        "QUEUE_AT_CAPACITY",
        "ACKS_AT_CAPACITY",
        "INTERNAL",
        "SHUTTING_DOWN",
        "QUEUES_FULL"
      })
  void whoIsBusyIsAskedAgainWithGrowingPauses(StubHec.Code code) throws IOException {
    destination.resume(Words.SOURCE);
    stub.answers.addAll(List.of(code, code, code));
    write(event(1, 1));
    destination.flush();

    assertThat(pauses).containsExactly(0, 1, 2);
    assertThat(indexed()).isEqualTo(numbers(1, 1));
  }

  @Test
  void aWarningOfFullQueuesIsNoRefusal() throws IOException {
    stub.answers.add(StubHec.Code.QUEUE_NEARLY_FULL);
    deliver(1, 1);

    assertThat(indexed()).isEqualTo(numbers(1, 1));
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoIsBusyForLongIsAFailureAndNothingComesTwice(boolean acks) throws IOException {
    withAcks(acks);
    destination.resume(Words.SOURCE);
    writeAll(1, 20);
    for (int i = 0; i < 100; i++) {
      stub.answers.add(StubHec.Code.SERVER_BUSY);
    }
    assertThatThrownBy(() -> writeAll(21, 40))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is busy (status 503, code 9: Server is busy): 10 events wait");
    deliver(1, 40);

    assertThat(indexed()).isEqualTo(numbers(1, 40));
  }

  @Test
  void aWrongTokenIsSaidAndWorksOnceItIsMended() throws IOException {
    assertStopsUntilMended(
        () -> stub.token = "another",
        () -> stub.token = StubHec.TOKEN,
        "code 4: Invalid token): check sink.splunk.token");
  }

  @Test
  void aDisabledTokenIsSaidAndWorksOnceItIsMended() throws IOException {
    assertStopsUntilMended(
        () -> stub.tokenIsEnabled = false,
        () -> stub.tokenIsEnabled = true,
        "code 1: Token disabled): check sink.splunk.token");
  }

  @Test
  void aWrongIndexIsSaidAndWorksOnceItIsMended() throws IOException {
    assertStopsUntilMended(
        () -> stub.indexes = Set.of(),
        () -> stub.indexes = Set.of("main"),
        "code 7: Incorrect index): check sink.splunk.index");
  }

  @Test
  void aTokenThatDoesNotAcknowledgeIsSaidBeforeAnEventIsSent() throws IOException {
    assertStopsUntilMended(
        () -> stub.acknowledges = false,
        () -> stub.acknowledges = true,
        "code 14: ACK is disabled): its token does not acknowledge");
    assertThat(stub.requests).containsExactly(5);
  }

  @Test
  void aTokenThatAcknowledgesUnaskedIsSaidBeforeAnEventIsSent() throws IOException {
    withoutAcks();
    assertStopsUntilMended(
        () -> stub.acknowledges = true,
        () -> stub.acknowledges = false,
        "code 10: Data channel is missing): its token acknowledges: set sink.splunk.acks=true");
    assertThat(stub.requests).containsExactly(5);
  }

  @Test
  void noMessageShowsTheToken() throws IOException {
    stub.tokenIsEnabled = false;

    assertThatThrownBy(() -> destination.resume(Words.SOURCE))
        .asString()
        .doesNotContain(StubHec.TOKEN);
    assertThat(plan(true, stub.address()).toString()).doesNotContain(StubHec.TOKEN);
    assertThat(destination.name()).doesNotContain(StubHec.TOKEN);
  }

  @Test
  void anInvalidEventIsRefusedAndItsNeighboursArriveOnce() throws IOException {
    withoutAcks();
    stub.invalid = event -> event.path("n").asInt() % 7 == 4;
    deliver(1, 20);

    assertThat(refused)
        .containsExactly(
            "4 refused by the collector: status 400, code 6: Invalid data format",
            "11 refused by the collector: status 400, code 6: Invalid data format",
            "18 refused by the collector: status 400, code 6: Invalid data format");
    assertThat(indexed()).isEqualTo(without(numbers(1, 20), 4, 11, 18));
  }

  /// Nobody acknowledges what stands before an invalid event: the protocol has no word for it.
  @Test
  void whatStandsBeforeAnInvalidEventIsSentAgainToBeAcknowledged() throws IOException {
    stub.invalid = event -> event.path("n").asInt() == 4;
    deliver(1, 10);

    assertThat(refused).hasSize(1);
    assertThat(indexed()).containsExactly(1L, 2L, 3L, 1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L, 10L);
  }

  @Test
  void anInvalidEventThatIsNotNamedIsFoundByHalving() throws IOException {
    stub.namesInvalid = false;
    stub.invalid = event -> event.path("n").asInt() == 4 || event.path("n").asInt() == 5;
    deliver(1, 10);

    assertThat(refused).hasSize(2);
    assertThat(indexed()).isEqualTo(without(numbers(1, 10), 4, 5));
    assertThat(stub.requests).hasSizeLessThan(12);
  }

  @Test
  void aRequestThatIsTooLongIsHalvedAndTheNextOnesAreShorter() throws IOException {
    stub.bytesMax = 150;
    deliver(1, 40);

    assertThat(indexed()).isEqualTo(numbers(1, 40));
    assertThat(refused).isEmpty();
    assertThat(stub.requests).allMatch(events -> events <= 3);
  }

  @Test
  void anEventThatIsTooLongAloneIsRefused() throws IOException {
    stub.bytesMax = 30;
    deliver(1, 2);

    assertThat(refused)
        .containsExactly(
            "1 refused by the collector: too long", "2 refused by the collector: too long");
  }

  /// The only thing that can't be known: whether a request without an answer was taken.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatHadNoAnswerIsSentAgainAndNothingElse(boolean acks) throws IOException {
    withAcks(acks);
    destination.resume(Words.SOURCE);
    writeAll(1, 20);
    stub.answersToLose = 1;
    deliver(1, 35);

    List<Long> expected = new ArrayList<>(numbers(1, 20));
    expected.addAll(numbers(11, 35));
    assertThat(indexed()).isEqualTo(expected);
    assertThat(stub.indexed.get(10).path("id")).isEqualTo(stub.indexed.get(20).path("id"));
    assertThat(failures).hasSize(1).first().asString().contains("does not answer");
  }

  @Test
  void whatIsNotAcknowledgedInTimeIsSentAgainByANewChannel() throws IOException {
    destination.resume(Words.SOURCE);
    writeAll(1, 15);
    destination.flush();
    stub.acksToLose = 1;
    deliver(1, 15);

    assertThat(failures).hasSize(2);
    assertThat(failures.getFirst()).contains("does not answer");
    assertThat(failures.getLast())
        .contains("did not acknowledge 2 requests within 60 s: they are sent again");
    assertThat(indexed().subList(15, 30)).isEqualTo(numbers(1, 15));
  }

  @Test
  void whatARestartLosesIsSentAgainInOrder() throws IOException {
    destination.resume(Words.SOURCE);
    writeAll(1, 20);
    destination.flush();
    stub.restart(7);
    deliver(1, 40);

    assertThat(indexed().subList(0, 13)).isEqualTo(numbers(1, 13));
    assertThat(indexed().subList(13, 53)).isEqualTo(numbers(1, 40));
  }

  /// It counts its acknowledgements from 0 again: those of before must not be mistaken for them.
  @Test
  void aRestartThatBreaksNoConnectionIsNoticed() throws IOException {
    destination.resume(Words.SOURCE);
    writeAll(1, 20);
    destination.flush();
    stub.restart(7);

    assertThatThrownBy(() -> writeAll(21, 40))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("acknowledges under ids that it gave before");
    deliver(1, 40);
    assertThat(indexed().subList(0, 13)).isEqualTo(numbers(1, 13));
    assertThat(indexed().subList(indexed().size() - 40, indexed().size()))
        .isEqualTo(numbers(1, 40));
  }

  @Test
  void aProcessThatIsKilledMissesNothing() throws IOException {
    stub.pollsBeforeIndexed = 1;
    destination.resume(Words.SOURCE);
    writeAll(1, 25);
    destination.close();
    destination = destination(true, stub.address());
    deliver(1, 40);

    assertThat(new LinkedHashSet<>(indexed())).containsExactlyElementsOf(numbers(1, 40));
  }

  @Test
  void whileItIsAwayNothingGathers() throws IOException {
    destination.resume(Words.SOURCE);
    URI address = stub.address();
    stub.close();
    for (int attempt = 0; attempt < 50; attempt++) {
      // it has no room for more than a request, whatever is written
      assertThatThrownBy(() -> writeAll(1, 1000)).hasMessageContaining("does not answer");
      assertThatThrownBy(() -> destination.resume(Words.SOURCE))
          .hasMessageContaining("does not answer");
    }
    try (StubHec back = new StubHec(address.getPort())) {
      deliver(1, 20);
      assertThat(back.indexed).hasSize(20);
    }
  }

  @Test
  void theNextNodeIsTakenWhenOneDoesNotAnswer() throws IOException {
    URI nobody;
    try (StubHec gone = new StubHec()) {
      nobody = gone.address();
    }
    destination.close();
    destination = destination(true, nobody, stub.address());
    deliver(1, 20);

    assertThat(failures).isEmpty();
    assertThat(indexed()).isEqualTo(numbers(1, 20));
  }

  @Test
  void whatWaitsForAcknowledgementByANodeThatIsGoneIsSentToTheNext() throws IOException {
    try (StubHec gone = new StubHec()) {
      destination.close();
      destination = destination(true, gone.address(), stub.address());
      destination.resume(Words.SOURCE);
      writeAll(1, 20);
      destination.flush();
      assertThat(gone.indexed).hasSize(20);
    }
    deliver(1, 30);

    assertThat(indexed()).isEqualTo(numbers(1, 30));
  }

  /// All faults by chance; each seed is a story of its own, and the same one each time.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingIsMissingAndTheOrderOfAHostIsKeptWhateverHappens(long seed) throws IOException {
    Random random = new Random(seed);
    List<Consumer<StubHec>> faults =
        List.of(
            hec -> hec.answers.add(StubHec.Code.SERVER_BUSY),
            hec -> hec.answers.add(StubHec.Code.QUEUE_AT_CAPACITY),
            hec -> hec.answersToLose++,
            hec -> hec.acksToLose++,
            hec -> hec.restart(0),
            hec -> hec.invalid = event -> event.path("n").asInt() % 31 == 7,
            hec -> hec.namesInvalid = !hec.namesInvalid,
            hec -> hec.pollsBeforeIndexed = random.nextInt(4),
            hec -> hec.bytesMax = 100 + random.nextInt(1000));
    for (int round = 0; round < 20; round++) {
      faults.get(random.nextInt(faults.size())).accept(stub);
      deliver(round * 30 + 1, round * 30 + 30);
    }

    List<Long> first = List.copyOf(new LinkedHashSet<>(indexed()));
    Set<String> dead = Set.copyOf(refused.stream().map(line -> line.split(" ", 2)[0]).toList());
    List<Long> alive =
        numbers(1, 600).stream().filter(n -> !dead.contains(Long.toString(n))).toList();
    assertThat(first).containsAll(alive);
    for (int host = 0; host < 3; host++) {
      int of = host;
      assertThat(first.stream().filter(n -> n % 3 == of).toList()).isSorted();
    }
  }

  private void assertStopsUntilMended(Runnable spoil, Runnable mend, String said)
      throws IOException {
    spoil.run();
    assertThatThrownBy(
            () -> {
              destination.resume(Words.SOURCE);
              writeAll(1, 5);
              destination.sync(Positions.NONE);
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("takes nothing of this sink")
        .hasMessageContaining(said);
    assertThat(indexed()).isEmpty();
    mend.run();
    deliver(1, 5);
    assertThat(indexed()).isEqualTo(numbers(1, 5));
    assertThat(refused).isEmpty();
  }

  /// As the role does: after a failure all comes again that is not synced.
  private void deliver(int first, int last) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      try {
        destination.resume(Words.SOURCE);
        writeAll(first, last);
        destination.sync(Positions.NONE);
        return;
      } catch (IOException failed) {
        failures.add(failed.getMessage());
      }
    }
    throw new AssertionError("never delivered: " + failures);
  }

  private void writeAll(int first, int last) throws IOException {
    for (int n = first; n <= last; n++) {
      write(event(n % 3, n));
    }
  }

  private void write(AuditEvent event) throws IOException {
    destination.write(
        event,
        reason -> refused.add(event.event().header().sequence() + " " + reason.getMessage()));
  }

  private List<Long> indexed() {
    return stub.indexed.stream().map(event -> event.path("n").longValue()).toList();
  }

  private static List<Long> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).asLongStream().boxed().toList();
  }

  private static List<Long> without(List<Long> numbers, Integer... missing) {
    return numbers.stream().filter(n -> !List.of(missing).contains(n.intValue())).toList();
  }

  private static AuditEvent event(int host, long number) {
    Header header =
        new Header(
            new HostId(new UUID(1, host)),
            "web-" + host,
            new BootId(new UUID(2, host)),
            new CaptureId(new UUID(3, host)),
            Header.AGENT_CPU,
            number,
            0,
            0);
    return AuditEvent.of(new TaskEvent(header, new Fact.AgentStopping("x")));
  }

  private void withoutAcks() {
    withAcks(false);
  }

  private void withAcks(boolean acks) {
    stub.acknowledges = acks;
    destination.close();
    destination = destination(acks, stub.address());
  }

  private HecDestination destination(boolean acks, URI... nodes) {
    return new HecDestination(plan(acks, nodes), HecDestinationTest::numbered, new Counted());
  }

  private static byte[] numbered(AuditEvent event) {
    Header header = event.event().header();
    boolean isLong = header.hostName().equals("web-" + LONG);
    return "{\"event\":{\"id\":\"%s\",\"n\":%d%s}}"
        .formatted(event.id(), header.sequence(), isLong ? " ".repeat(2000) : "")
        .getBytes(UTF_8);
  }

  private static HecPlan plan(boolean acks, URI... nodes) {
    return new HecPlan(
        List.of(nodes),
        StubHec.TOKEN,
        Optional.empty(),
        acks,
        3,
        10,
        1000,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30));
  }

  /// Each pause takes a second, and no time.
  private final class Counted implements Pauses {

    @Override
    public void pause(int attempt) {
      pauses.add(attempt);
      nanos += 1_000_000_000L;
    }

    @Override
    public long nanoTime() {
      return nanos;
    }
  }
}
