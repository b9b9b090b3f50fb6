package io.tasktrail.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskKey;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadLettersTest {

  private final HostStory host = new HostStory(1);
  private FoldedTopics topics;

  @BeforeEach
  void open(TestInfo test, @TempDir Path stateDir) {
    topics = new FoldedTopics(test.getDisplayName(), stateDir);
    topics.receive(host.armed());
    topics.auditEvents();
  }

  @AfterEach
  void close() {
    topics.figures().assertBalanced();
    topics.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no event",
        "\0\0\0\0",
        "\0\0\0\0\1",
        "\0\0\0\0\1\1\2\3",
        "\0\0\0\u0003\u00e7"
      })
  void whatIsNoEventArrivesAsItWasAndTheStreamGoesOn(String value) {
    topics.receive(host.key(), value.getBytes(UTF_8));
    topics.receive(host.fork(TaskKey.ROOT, host.newTask()));

    TestRecord<byte[], byte[]> letter = topics.deadLetters().getFirst();
    assertThat(letter.key()).asString(UTF_8).isEqualTo(host.key());
    assertThat(letter.value()).asString(UTF_8).isEqualTo(value);
    assertThat(topics.auditEvents()).hasSize(1);
  }

  @Test
  void deadLetterSaysWhereItComesFromAndWhy() {
    topics.receive(host.key(), "no event".getBytes(UTF_8));

    TestRecord<byte[], byte[]> letter = topics.deadLetters().getFirst();
    assertThat(header(letter, "__streams.errors.topic")).isEqualTo("tasktrail.task-events");
    assertThat(header(letter, "__streams.errors.partition")).isEqualTo("0");
    assertThat(header(letter, "__streams.errors.offset")).isEqualTo("1");
    assertThat(header(letter, "__streams.errors.exception")).contains("SerializationException");
  }

  @Test
  void recordOfAnotherSchemaIsADeadLetter() {
    byte[] value = topics.bytes(AuditEvent.of(host.heartbeat(0)));

    topics.receive(host.key(), value);

    TestRecord<byte[], byte[]> letter = topics.deadLetters().getFirst();
    assertThat(letter.value()).isEqualTo(value);
    assertThat(topics.auditEvents()).isEmpty();
  }

  @Test
  void eventUnderAnotherKeyThanItsHostsIsADeadLetter() {
    byte[] value = topics.bytes(host.fork(TaskKey.ROOT, host.newTask()));

    topics.receive("somebody else", value);

    TestRecord<byte[], byte[]> letter = topics.deadLetters().getFirst();
    assertThat(letter.value()).isEqualTo(value);
    assertThat(header(letter, "__streams.errors.message")).contains("not its host's id");
    assertThat(topics.auditEvents()).isEmpty();
    assertThat(topics.taskHistories()).isEmpty();
  }

  @Test
  void recordWithoutKeyOrValueIsADeadLetter() {
    byte[] value = topics.bytes(host.fork(TaskKey.ROOT, host.newTask()));

    topics.receive(null, value);
    topics.receive(host.key(), null);

    assertThat(topics.deadLetters()).extracting(TestRecord::value).containsExactly(value, null);
  }

  /// Kafka's own handler would make it a dead letter, and go on.
  @Test
  void whatCannotBeWrittenIsNotTheFaultOfTheRecord(@TempDir Path directory) {
    String registry = "knows-events-only";
    byte[] event;
    try (FoldedTopics agent = new FoldedTopics(registry, directory.resolve("agent"))) {
      event = agent.bytes(host.armed());
    }
    Map<String, String> registersNothing = Map.of("auto.register.schemas", "false");

    try (FoldedTopics strict =
        new FoldedTopics(registry, directory.resolve("strict"), registersNothing)) {
      assertThatThrownBy(() -> strict.receive(host.key(), event))
          .isInstanceOf(StreamsException.class);
      assertThat(strict.deadLetters()).isEmpty();
      assertThat(strict.figures().assertAccounted().outcome("broken_off")).isEqualTo(1);
    }
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }
}
