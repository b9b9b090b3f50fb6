package io.tasktrail.sink.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Words;
import io.tasktrail.sink.remote.Pauses;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkDestinationTest {

  private static final Instant DAY = Instant.parse("2026-11-20T23:59:59Z");

  private static final int REQUESTS = 4;

  private final List<Integer> pauses = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final StubStore store;
  private BulkDestination destination;
  private long nanos;

  BulkDestinationTest() throws IOException {
    store = new StubStore();
    destination = destination(List.of(store.address()), Optional.empty());
  }

  @AfterEach
  void close() {
    destination.close();
    store.close();
  }

  @Test
  void anEventIsADocumentOfItsDay() throws IOException {
    begin();
    write(Numbered.event(1, DAY));
    write(Numbered.event(2, DAY.plusSeconds(1)));
    destination.sync(Positions.NONE);

    assertThat(store.documents.keySet())
        .containsExactlyInAnyOrder(
            "events-2026.11.20/" + Numbered.event(1, DAY).id(),
            "events-2026.11.21/" + Numbered.event(2, DAY).id());
  }

  @Test
  void whatComesAgainIsThereOnce() throws IOException {
    begin();
    write(Numbered.event(1, DAY));
    destination.flush();
    destination.resume(Words.SOURCE);
    write(Numbered.event(1, DAY));
    destination.flush();

    assertThat(store.documents).hasSize(1);
    assertThat(refused).isEmpty();
  }

  @Test
  void requestsAreBounded() throws IOException {
    begin();
    for (int i = 1; i <= 25; i++) {
      write(Numbered.event(i, DAY));
    }
    destination.flush();

    assertThat(store.requests).containsExactlyInAnyOrder(10, 10, 5);
  }

  @Test
  void whatWasNotFlushedIsForgottenByResume() throws IOException {
    begin();
    write(Numbered.event(1, DAY));
    begin();
    destination.flush();

    assertThat(store.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void whatIsBusyIsSentAgainAndNothingElse(int status) throws IOException {
    store.verdicts.put(document -> document.path("n").asInt() == 2, status);
    begin();
    for (int i = 1; i <= 3; i++) {
      write(Numbered.event(i, DAY));
    }
    destination.flush();

    assertThat(store.requests).containsExactly(3, 1);
    assertThat(pauses).containsExactly(0);
    assertThat(store.documents).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void aStoreThatIsBusyIsAskedAgainForAWhile(int status) throws IOException {
    for (int i = 0; i < 100; i++) {
      store.answers.add(status);
    }
    begin();
    write(Numbered.event(1, DAY));

    assertThatThrownBy(destination::flush)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is busy: 1 documents wait");
    assertThat(pauses).hasSizeBetween(5, 50);
  }

  @Test
  void whatIsRefusedIsToldAndItsNeighboursArrive() throws IOException {
    store.verdicts.put(document -> document.path("n").asInt() == 2, 400);
    begin();
    for (int i = 1; i <= 3; i++) {
      write(Numbered.event(i, DAY));
    }
    destination.flush();

    assertThat(refused).containsExactly("2 refused with status 400: stub_exception: as told");
    assertThat(store.documents).hasSize(2);
  }

  @Test
  void aRequestThatIsTooLargeIsHalved() throws IOException {
    store.documentsMax = 3;
    begin();
    for (int i = 1; i <= 10; i++) {
      write(Numbered.event(i, DAY));
    }
    destination.flush();

    assertThat(store.documents).hasSize(10);
    assertThat(refused).isEmpty();
  }

  @Test
  void aDocumentThatIsTooLargeAloneIsRefused() throws IOException {
    store.documentsMax = 0;
    begin();
    write(Numbered.event(1, DAY));
    write(Numbered.event(2, DAY));
    destination.flush();

    assertThat(refused).hasSize(2).allMatch(line -> line.contains("status 413"));
  }

  @Test
  void wrongCredentialsAreSaidAndLoseNothing() throws IOException {
    store.authorization = Optional.of("Basic eA==");

    assertThatThrownBy(this::begin)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refuses this sink (401")
        .hasMessageContaining("sink.bulk.user.info");

    destination.close();
    destination = destination(List.of(store.address()), store.authorization);
    begin();
    write(Numbered.event(1, DAY));
    destination.flush();
    assertThat(store.documents).hasSize(1);
    assertThat(refused).isEmpty();
  }

  @Test
  void theNextNodeIsTakenWhenOneDoesNotAnswer() throws IOException {
    destination.close();
    destination = destination(List.of(nobody(), store.address()), Optional.empty());
    begin();
    write(Numbered.event(1, DAY));
    destination.flush();

    assertThat(store.documents).hasSize(1);
  }

  @Test
  void whereNoNodeAnswersThatIsSaid() throws IOException {
    URI nobody = nobody();
    destination.close();
    destination = destination(List.of(nobody), Optional.empty());

    assertThatThrownBy(this::begin).hasMessageContaining(nobody + " does not answer");
  }

  private static URI nobody() throws IOException {
    try (StubStore gone = new StubStore()) {
      return gone.address();
    }
  }

  @Test
  void asManyRequestsAreOnTheirWayAsTheStoreTakesAndNoMore() throws IOException {
    begin();
    write(1, 200);
    destination.flush();
    store.permits.drainPermits();
    Thread filling = filling(201, 1000);
    await().until(() -> store.waiting() == REQUESTS);
    await().until(() -> filling.getState() == Thread.State.WAITING);
    store.permits.release(Integer.MAX_VALUE);
    await().until(() -> !filling.isAlive());
    destination.flush();

    assertThat(store.crowd).isEqualTo(REQUESTS);
    assertThat(store.documents).hasSize(1000);
    assertThat(refused).isEmpty();
  }

  @Test
  void whatIsRefusedIsToldByTheThreadThatWrites() throws IOException {
    store.verdicts.put(document -> document.path("n").asInt() == 15, 400);
    List<Thread> tellers = new ArrayList<>();
    begin();
    for (int i = 1; i <= 100; i++) {
      destination.write(Numbered.event(i, DAY), _ -> tellers.add(Thread.currentThread()));
    }
    destination.flush();

    assertThat(tellers).containsExactly(Thread.currentThread());
    assertThat(store.documents).hasSize(99);
  }

  @Test
  void whatIsPoisonAsAWholeIsIsolatedAndItsNeighboursArrive() throws IOException {
    store.poison = document -> document.path("n").asInt() == 7;
    begin();
    write(1, 40);
    destination.flush();

    assertThat(refused).containsExactly("7 refused with status 400: stub_exception: poison");
    assertThat(store.documents).hasSize(39);
  }

  @Test
  void aStormOf429EndsInEveryDocumentOnce() throws IOException {
    for (int i = 0; i < 20; i++) {
      store.answers.add(i % 3 == 0 ? 503 : 429);
    }
    begin();
    write(1, 500);
    destination.flush();

    assertThat(store.documents).hasSize(500);
    assertThat(refused).isEmpty();
    assertThat(pauses).hasSize(20);
  }

  @Test
  void anOutageOfTenMinutesEndsWithEveryDocumentOnce() throws IOException {
    begin();
    write(1, 50);
    destination.flush();
    int port = store.address().getPort();
    store.close();
    write(51, 55);
    assertThatThrownBy(destination::flush).hasMessageContaining("does not answer");
    for (int attempt = 0; attempt < 20; attempt++) {
      assertThatThrownBy(this::begin).hasMessageContaining("does not answer");
    }
    try (StubStore back = new StubStore(port)) {
      back.documents.putAll(store.documents);
      begin();
      write(51, 100);
      destination.flush();

      assertThat(back.documents).hasSize(100);
    }
    assertThat(refused).isEmpty();
  }

  @Test
  void aDataStreamHasADocumentForEachRevision() throws IOException {
    destination.close();
    destination = destination(new Target.Stream("flow"), true);
    begin();
    write(Numbered.event(1, DAY));
    write(Numbered.event(1, DAY));
    destination.flush();

    assertThat(store.documents.keySet())
        .containsExactly("flow/" + Numbered.event(1, DAY).id() + ":0");
    assertThat(refused).isEmpty();
  }

  @Test
  void aDataStreamThatNobodyMadeIsMissed() {
    destination.close();
    destination = destination(new Target.Stream("flow"), false);

    assertThatThrownBy(this::begin)
        .hasMessageContaining("has no data stream flow")
        .hasMessageContaining("sink.bulk.template=true");
  }

  private void begin() throws IOException {
    destination.resume(Words.SOURCE);
  }

  private void write(AuditEvent event) throws IOException {
    destination.write(
        event,
        reason -> refused.add(event.event().header().sequence() + " " + reason.getMessage()));
  }

  private void write(int first, int last) throws IOException {
    for (int i = first; i <= last; i++) {
      write(Numbered.event(i, DAY));
    }
  }

  /// Writes in a thread, which waits when it may send no more.
  private Thread filling(int first, int last) {
    return Thread.startVirtualThread(
        () -> {
          try {
            write(first, last);
          } catch (IOException failed) {
            refused.add(failed.getMessage());
          }
        });
  }

  private BulkDestination destination(List<URI> nodes, Optional<String> authorization) {
    return destination(nodes, new Target.Days("events"), authorization, true);
  }

  private BulkDestination destination(Target target, boolean installsTemplate) {
    return destination(List.of(store.address()), target, Optional.empty(), installsTemplate);
  }

  private BulkDestination destination(
      List<URI> nodes, Target target, Optional<String> authorization, boolean installsTemplate) {
    BulkPlan plan =
        new BulkPlan(
            nodes,
            target,
            authorization,
            Optional.empty(),
            installsTemplate,
            new Throttle.Most(REQUESTS, 10, 1 << 20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));
    return new BulkDestination(plan, new Numbers(), new Counted());
  }

  /// Documents that say their number.
  private record Numbers() implements Format {

    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public byte[] format(AuditEvent event) {
      return ("{\"n\":" + event.event().header().sequence() + "}").getBytes(UTF_8);
    }
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
