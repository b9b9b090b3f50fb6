package io.tasktrail.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tasktrail.formats.Format;
import io.tasktrail.formats.Formats;
import io.tasktrail.role.Failure;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SyslogDestinationTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// How long is waited in vain; long enough for what is not in vain.
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final int KEPT = 1 << 20;

  private final List<String> refused = new ArrayList<>();
  private StubSyslog stub = new StubSyslog();
  private SyslogDestination destination = to(true, KEPT, TIMEOUT, stub.server());

  SyslogDestinationTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    destination.close();
    stub.close();
  }

  private static SyslogDestination to(
      boolean confirms, long kept, Duration timeout, Server... servers) {
    return new SyslogDestination(
        new SyslogPlan(
            List.of(servers), Optional.empty(), Optional.empty(), confirms, 8192, kept, timeout),
        Words.format());
  }

  private void write(String... words) throws IOException {
    for (String word : words) {
      destination.write(Words.event(word), reason -> refused.add(reason.getMessage()));
    }
  }

  private void sync() throws IOException {
    destination.sync(Positions.NONE);
  }

  @Test
  void whatIsSyncedWasReadInOrder() throws IOException {
    assertThat(destination.resume(Words.SOURCE)).isEqualTo(Positions.NONE);
    write("a", "b");
    sync();

    assertThat(stub.contents()).containsExactly("a", "b");
    write("größe");
    sync();
    assertThat(stub.contents()).containsExactly("a", "b", "größe");
  }

  @Test
  void eachMessageHasItsId() throws IOException {
    destination.resume(Words.SOURCE);
    write("a");
    sync();

    assertThat(stub.messages.getFirst())
        .matches(
            "<110>1 \\S+Z web-1 tasktrail - agent_stopping \\[tasktrail@32473 id=\""
                + Words.event("a").id()
                + "\" revision=\"0\"] a");
  }

  @Test
  void withoutConfirmationsThereIsOneConnection() throws IOException {
    destination.close();
    destination = to(false, KEPT, TIMEOUT, stub.server());
    destination.resume(Words.SOURCE);
    for (String word : List.of("a", "b", "c")) {
      write(word);
      sync();
    }

    await().atMost(TIMEOUT).until(() -> stub.messages.size() == 3);
    assertThat(stub.connections).hasValue(1);
  }

  @Test
  void theEndOfASinkWithoutConfirmationsIsInOrder() throws IOException {
    destination.close();
    destination = to(false, KEPT, TIMEOUT, stub.server());
    destination.resume(Words.SOURCE);
    write("a");
    destination.close();

    assertThat(stub.contents()).containsExactly("a");
  }

  @Test
  void aServerThatEndsIsNoticedBeforeTheNextWriteAndWhatItHadIsSentAgain() throws IOException {
    destination.close();
    destination = to(false, KEPT, TIMEOUT, stub.server());
    destination.resume(Words.SOURCE);
    write("a");
    sync();
    await().atMost(TIMEOUT).until(() -> stub.messages.size() == 1);
    stub.endConnections();

    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThatIOException().isThrownBy(() -> write("b")));
    destination.resume(Words.SOURCE);
    write("b");
    sync();
    await().atMost(TIMEOUT).until(() -> stub.contents().equals(List.of("a", "a", "b")));
  }

  @Test
  void aServerThatBreaksLosesNothing() throws IOException {
    destination.resume(Words.SOURCE);
    write("a");
    sync();
    stub.resets = true;
    assertThatIOException()
        .isThrownBy(
            () -> {
              write("b", "c", "d");
              sync();
            });
    destination.resume(Words.SOURCE);
    write("b", "c", "d");
    sync();

    assertThat(stub.contents()).endsWith("a", "b", "c", "d");
  }

  @Test
  void aServerThatEndsWhileNothingIsSentGetsAgainWhatItReadLast() throws IOException {
    destination.resume(Words.SOURCE);
    write("a");
    sync();
    int port = stub.port();
    stub.close();
    stub = new StubSyslog(port);

    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThatIOException().isThrownBy(() -> write("b")));
    destination.resume(Words.SOURCE);
    write("b");
    sync();
    assertThat(stub.contents()).containsExactly("a", "b");
  }

  @Test
  void aServerThatIsGoneAfterASyncDoesNotUndoIt() throws IOException {
    destination.resume(Words.SOURCE);
    write("a");
    stub.stopAccepting();
    sync();

    assertThat(stub.contents()).containsExactly("a");
    assertThatIOException().isThrownBy(() -> write("b")).withMessageContaining("no connection");
  }

  @Test
  void onlySoMuchIsSentAgain() throws IOException {
    destination.close();
    int length = messageLength();
    destination = to(true, 2L * length, TIMEOUT, stub.server());
    destination.resume(Words.SOURCE);
    write("a", "b", "c");
    sync();
    stub.close();
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThatIOException().isThrownBy(() -> write("d")));
    stub = new StubSyslog(stub.port());
    destination.resume(Words.SOURCE);
    write("d");
    sync();

    assertThat(stub.contents()).containsExactly("b", "c", "d");
  }

  private static int messageLength() {
    try {
      return new Messages(Words.format(), 8192).of(Words.event("a")).length;
    } catch (TooLong never) {
      throw new AssertionError(never);
    }
  }

  @Test
  void aFailureElsewhereSendsNothingAgain() throws IOException {
    destination.resume(Words.SOURCE);
    write("a");
    sync();
    destination.resume(Words.SOURCE);
    write("b");
    sync();

    assertThat(stub.contents()).containsExactly("a", "b");
  }

  @Test
  void theNextServerIsTakenWhenOneFails() throws IOException {
    destination.close();
    try (StubSyslog second = new StubSyslog()) {
      destination = to(true, KEPT, TIMEOUT, stub.server(), second.server());
      destination.resume(Words.SOURCE);
      write("a");
      sync();
      stub.close();
      await()
          .atMost(TIMEOUT)
          .untilAsserted(() -> assertThatIOException().isThrownBy(() -> write("b")));
      destination.resume(Words.SOURCE);
      write("b");
      sync();
      write("c");
      sync();

      assertThat(stub.contents()).containsExactly("a");
      assertThat(second.contents()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void noServerAtAllIsToldWithEachAddress() throws IOException {
    destination.close();
    stub.close();
    destination =
        to(true, KEPT, TIMEOUT, stub.server(), new Server(false, "tasktrail.invalid", 601));

    assertThatIOException()
        .isThrownBy(() -> destination.resume(Words.SOURCE))
        .withMessageContaining("tcp://127.0.0.1:" + stub.port() + ": no connection: ")
        .withMessageContaining("tcp://tasktrail.invalid:601: no connection: no such host");
  }

  @Test
  void aServerThatEndsAtOnceIsToldBeforeAnythingIsSent() {
    stub.refuses = true;

    assertThatIOException()
        .isThrownBy(() -> destination.resume(Words.SOURCE))
        .withMessage(stub.server() + " ended the connection");
  }

  @Test
  void aServerThatDoesNotEndIsToldWithTheCure() throws IOException {
    stub.ends = false;
    destination.close();
    destination = to(true, KEPT, SHORT, stub.server());
    destination.resume(Words.SOURCE);
    write("a");

    assertThatIOException()
        .isThrownBy(this::sync)
        .withMessage(
            stub.server()
                + " does not end its side within 2000 ms: if it never does, set"
                + " sink.syslog.confirm=false");
  }

  @Test
  void aServerThatTakesNothingIsLeft() throws IOException {
    stub.reads = false;
    destination.close();
    destination = to(true, KEPT, SHORT, stub.server());
    destination.resume(Words.SOURCE);
    String word = "x".repeat(8000);

    assertThatIOException()
        .isThrownBy(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                write(word);
              }
            })
        .withMessage(stub.server() + " takes nothing: for 2000 ms");
  }

  @Test
  void whatIsTooLongIsRefusedAndItsNeighboursArrive() throws IOException {
    destination.resume(Words.SOURCE);
    write("a", "x".repeat(8193), "b");
    sync();

    assertThat(stub.contents()).containsExactly("a", "b");
    assertThat(refused)
        .singleElement()
        .asString()
        .endsWith(", and 8192 is the most: raise sink.syslog.message.bytes");
  }

  @Test
  void groupsOfLinesAreNotTaken() {
    Format audit = Formats.named("audit").orElseThrow();
    SyslogPlan plan =
        new SyslogPlan(
            List.of(stub.server()), Optional.empty(), Optional.empty(), true, 8192, 0, TIMEOUT);

    assertThatThrownBy(() -> new SyslogDestination(plan, audit))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("sink.format");
  }
}
