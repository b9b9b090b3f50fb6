package io.tasktrail.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Completeness;
import io.tasktrail.event.Fact;
import io.tasktrail.event.History;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a record is, it is folded exactly as the fold alone says, or a dead letter with all
/// that it was; and the stream goes on.
final class MutatedRecordsTest {

  private static final int RECORDS = 6_000;
  private static final int ABSURD = 5_000;
  private static final int DEPTH = 10_000;
  private static final int MEGABYTE = 1 << 20;
  /// The driver keeps all that is written.
  private static final Map<String, String> SHORT_HISTORIES =
      Map.of("fold.first.links", "3", "fold.last.links", "5");

  private static final Duration LATER = Duration.ofSeconds(2);

  private final long seed = Long.getLong("mutations.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<AuditEvent> audited = new ArrayList<>();
  private final List<String> letters = new ArrayList<>();
  private String registry;
  private FoldedTopics topics;
  private FoldAlone fold;
  private int sent;

  @BeforeEach
  void open(TestInfo test, @TempDir Path stateDir) {
    System.out.println(test.getDisplayName() + ": -Dmutations.seed=" + seed);
    registry = test.getDisplayName();
    topics = new FoldedTopics(registry, stateDir, SHORT_HISTORIES);
    fold = new FoldAlone(topics.limits());
  }

  /// All that was written is what the fold alone says of what could be decoded.
  @AfterEach
  void closeAfterAnOrdinaryStory() {
    BusyHost.events(new HostStory(77), 300).forEach(this::send);
    topics.pass(LATER);

    assertThat(topics.auditEvents())
        .containsExactlyElementsOf(
            audited.stream().map(told -> KeyValue.pair(key(told.event()), told)).toList());
    assertThat(topics.deadLetters())
        .extracting(MutatedRecordsTest::shown)
        .containsExactlyElementsOf(letters);
    TaskTable table = new TaskTable();
    topics.taskHistories().forEach(row -> table.take(row.key, row.value));
    assertThat(table.differences(fold.tasks())).isEmpty();
    Figures figures = topics.figures().assertBalanced();
    assertThat(figures.read()).isEqualTo(sent);
    assertThat(figures.get("tasktrail_dead_letters_total{reason=\"unfoldable\"}")).isZero();
    topics.close();
  }

  @Test
  void mutatedRecordsAreFoldedOrDeadLetters() {
    List<TaskEvent> events = new ArrayList<>();
    for (int host = 1; host <= 3; host++) {
      events.addAll(BusyHost.events(new HostStory(host), RECORDS / 3));
    }
    for (TaskEvent event : events) {
      byte[] record = topics.bytes(event);
      switch (random.nextInt(5)) {
        case 0, 1 -> send(key(event), record);
        case 2 -> send(anyKey(event), random.nextBoolean() ? null : record);
        default -> send(anyKey(event), Mutation.any(record, random));
      }
    }

    assertThat(audited).as("some are events still").isNotEmpty();
    assertThat(letters).hasSizeGreaterThan(RECORDS / 4);
  }

  @Test
  void recordsOfOtherSubjectsAreDeadLetters() {
    HostStory host = new HostStory(1);
    for (TaskEvent event : BusyHost.events(host, 100)) {
      send(event);
      AuditEvent audited = fold.apply(host.heartbeat(1)).getFirst();
      send(key(event), topics.bytes(audited));
    }

    assertThat(letters).hasSizeGreaterThanOrEqualTo(100);
  }

  @Test
  void kindOfANewerAgentComesOutWithAllItsBytes() throws Exception {
    HostStory host = new HostStory(1);
    TaskKey task = host.newTask();
    send(host.armed());
    NewerAgent newer = new NewerAgent(registry);
    TaskEvent forked = host.fork(TaskKey.ROOT, task);
    send(key(forked), newer.rewritten(topics.bytes(forked)));
    TaskEvent beat = host.heartbeat(1);
    byte[] unknown = newer.ofNewKind(topics.bytes(beat), "heartbeat");
    send(key(beat), unknown);

    AuditEvent told = audited.getLast();
    assertThat(((Fact.Unrecognized) told.event().fact()).original())
        .isEqualTo(
            ByteText.of(
                unknown, NewerAgent.SCHEMA_BYTES, unknown.length - NewerAgent.SCHEMA_BYTES));
    assertThat(told.event().header()).isEqualTo(beat.header());
    assertThat(letters).isEmpty();
  }

  @Test
  void absurdEventsAreFolded() {
    AbsurdEvents absurd = new AbsurdEvents(1, random);
    for (int i = 0; i < ABSURD; i++) {
      send(absurd.next());
    }

    assertThat(audited).hasSizeGreaterThan(ABSURD / 10);
    assertThat(letters).isEmpty();
  }

  @Test
  void parentsInACircleEndNowhere() {
    HostStory host = new HostStory(1);
    TaskKey one = host.newTask();
    TaskKey other = host.newTask();
    send(host.fork(TaskKey.ROOT, one));
    send(host.fork(one, other));
    send(host.fork(other, one));
    send(host.fork(one, one));
    send(host.exec(one, "/bin/one"));
    send(host.exec(other, "/bin/other"));
    host.snapshot(List.of(other, one)).forEach(this::send);

    assertThat(letters).isEmpty();
  }

  @Test
  void lineageOfTenThousandGenerationsKeepsItsEnds() {
    HostStory host = new HostStory(1);
    send(host.armed());
    TaskKey last = TaskKey.ROOT;
    for (int depth = 0; depth < DEPTH; depth++) {
      TaskKey child = host.newTask();
      send(host.fork(last, child));
      send(host.exec(child, "/bin/generation-" + depth));
      last = child;
    }

    History history = fold.tasks().get(host.id(last).uuid().toString()).history();
    assertThat(history.execCount()).isEqualTo(DEPTH);
    assertThat(history.links()).hasSize(8);
    assertThat(history.completeness()).isEqualTo(Completeness.WHOLE);
  }

  @Test
  void megabyteOfArgumentsIsPassedOnAndRememberedInPart() {
    HostStory host = new HostStory(1);
    TaskKey task = host.newTask();
    send(host.fork(TaskKey.ROOT, task));
    send(host.exec(task, "/bin/true", "a".repeat(MEGABYTE)));
    send(host.fork(task, host.newTask()));

    assertThat(topics.bytes(audited.get(1)).length).isGreaterThan(MEGABYTE);
    assertThat(topics.bytes(audited.get(2)).length).isLessThan(MEGABYTE / 100);
  }

  @Test
  void lostExecOfARecordThatCouldNotBeDecodedIsAGap() {
    HostStory host = new HostStory(1);
    TaskKey task = host.newTask();
    send(host.armed());
    send(host.fork(TaskKey.ROOT, task));
    TaskEvent exec = host.exec(task, "/bin/true");
    send(key(exec), Mutation.CUT.of(topics.bytes(exec), random));
    send(host.load(task, "dummy"));

    History history = audited.getLast().task().orElseThrow().history();
    assertThat(history.completeness()).isEqualTo(Completeness.GAP);
    assertThat(history.missingLinks()).isEqualTo(1);
    assertThat(letters).hasSize(1);
  }

  private void send(TaskEvent event) {
    send(key(event), topics.bytes(event));
  }

  private static String key(TaskEvent event) {
    return event.header().host().toString();
  }

  /// Mostly the host's.
  private String anyKey(TaskEvent event) {
    return switch (random.nextInt(20)) {
      case 0 -> null;
      case 1 -> "somebody else";
      default -> key(event);
    };
  }

  private void send(String key, byte[] value) {
    topics.receive(key, value);
    try {
      TaskEvent event = topics.event(value);
      if (event == null || !key(event).equals(key)) {
        throw new SerializationException("no event of this key");
      }
      audited.addAll(fold.apply(event));
    } catch (KafkaException notForTheFold) {
      letters.add(shown(sent, key, value));
    }
    sent++;
  }

  private static String shown(TestRecord<byte[], byte[]> letter) {
    assertThat(header(letter, "topic")).isEqualTo(Topics.TASK_EVENTS);
    assertThat(header(letter, "partition")).isEqualTo("0");
    assertThat(header(letter, "exception")).isNotEmpty();
    assertThat(header(letter, "message")).isNotEmpty();
    String key = letter.key() == null ? null : new String(letter.key(), UTF_8);
    return shown(Long.parseLong(header(letter, "offset")), key, letter.value());
  }

  private static String header(TestRecord<byte[], byte[]> letter, String what) {
    return new String(letter.headers().lastHeader("__streams.errors." + what).value(), UTF_8);
  }

  private static String shown(long offset, String key, byte[] value) {
    return offset + " " + key + " " + (value == null ? "null" : HexFormat.of().formatHex(value));
  }
}
