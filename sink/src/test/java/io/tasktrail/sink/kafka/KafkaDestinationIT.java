package io.tasktrail.sink.kafka;

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
import io.tasktrail.loopback.BrokerSettings;
import io.tasktrail.loopback.EmbeddedBroker;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.Destination;
import io.tasktrail.sink.DestinationContract;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.SinkSettings;
import io.tasktrail.sink.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Records in a real topic.
@Timeout(120)
class KafkaDestinationIT implements DestinationContract {

  private static final int PARTITIONS = 3;

  @TempDir static Path directory;

  private static EmbeddedBroker broker;
  private static int topics;

  private final List<Destination> opened = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private String topic;

  @BeforeAll
  static void start() throws IOException {
    broker = EmbeddedBroker.start(BrokerSettings.in(directory.resolve("broker")));
  }

  @AfterAll
  static void stop() throws IOException {
    broker.close();
  }

  @BeforeEach
  void create() throws ExecutionException, InterruptedException {
    topic = "siem-" + topics++;
    create(topic, Map.of());
  }

  @AfterEach
  void close() throws IOException {
    for (Destination each : opened) {
      each.close();
    }
  }

  /// The one before is not closed: a process that is killed says nothing.
  @Override
  public Destination open() {
    return open(Map.of());
  }

  @Override
  public List<String> found() {
    return records().stream().map(each -> new String(each.value(), UTF_8)).toList();
  }

  @Test
  void aRecordHasTheHostAsItsKeyAndTellsItsEvent() throws IOException {
    AuditEvent event = event(1, 7);
    Destination destination = open();
    destination.resume(Words.SOURCE);
    destination.write(Words.event("a"), Words::unrefused);
    destination.write(event, this::refused);
    destination.sync(Positions.NONE);

    ConsumerRecord<byte[], byte[]> record =
        records().stream()
            .filter(each -> new String(each.value(), UTF_8).equals("7"))
            .findFirst()
            .orElseThrow();
    assertThat(new String(record.key(), UTF_8)).isEqualTo(event.event().header().host().toString());
    assertThat(header(record, "tasktrail.event.id")).isEqualTo(event.id().toString());
    assertThat(header(record, "tasktrail.revision")).isEqualTo("0");
  }

  @Test
  void theEventsOfAHostStayInTheirOrder() throws IOException {
    Destination destination = open();
    destination.resume(Words.SOURCE);
    for (int number = 1; number <= 300; number++) {
      destination.write(event(number % 7, number), this::refused);
    }
    destination.sync(Positions.NONE);

    for (int host = 0; host < 7; host++) {
      int of = host;
      assertThat(
              found().stream().map(Integer::parseInt).filter(number -> number % 7 == of).toList())
          .isEqualTo(
              IntStream.rangeClosed(1, 300).filter(number -> number % 7 == of).boxed().toList());
    }
  }

  @Test
  void whatIsLongerThanARequestIsRefusedAndItsNeighboursArriveAtOnce() throws IOException {
    Destination destination = open(Map.of("max.request.size", "5000"));
    destination.resume(Words.SOURCE);
    destination.write(event(1, 1), this::refused);
    destination.write(event(1, "x".repeat(6000), 2), this::refused);
    destination.write(event(1, 3), this::refused);
    destination.sync(Positions.NONE);

    assertThat(found()).containsExactly("1", "3");
    assertThat(refused)
        .containsExactly(
            "2 too long for a record of "
                + topic
                + ": sink.kafka.producer.max.request.size is 5000");
  }

  @Test
  void whatTheTopicFindsTooLongIsRefusedWhenItComesAgain() throws Exception {
    topic += "-short";
    create(topic, Map.of("max.message.bytes", "3000"));
    Destination destination = open();
    destination.resume(Words.SOURCE);
    List<AuditEvent> events =
        List.of(event(1, 1), event(1, "x".repeat(6000), 2), event(1, 3), event(2, 4));

    assertThatThrownBy(() -> deliver(destination, events))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a record is too long for it: the others are sent again without it");
    destination.resume(Words.SOURCE);
    deliver(destination, events);

    assertThat(found()).containsExactlyInAnyOrder("1", "3", "4");
    assertThat(refused)
        .containsExactly("2 too long for a record of " + topic + ": its max.message.bytes is less");
  }

  @Test
  void whatIsThereOnceStaysOnceWhenTheBrokerIsRestarted() throws IOException {
    Destination destination = open();
    Positions reached = destination.resume(Words.SOURCE);
    deliver(destination, List.of(event(1, 1), event(2, 2)));
    destination.write(event(1, 3), this::refused);
    destination.flush();
    broker = broker.restart();
    for (boolean done = false; !done; ) {
      try {
        reached = destination.resume(Words.SOURCE);
        deliver(destination, List.of(event(1, 3), event(2, 4)));
        done = true;
      } catch (IOException notYet) {
        assertThat(notYet).hasMessageStartingWith("topic " + topic);
      }
    }

    assertThat(reached).isEqualTo(new Positions(Map.of(0, 2L)));
    assertThat(found()).containsExactlyInAnyOrder("1", "2", "3", "4");
  }

  @Test
  void whoIsReplacedSaysSoAndWritesNoMore() throws IOException {
    Destination older = open();
    older.resume(Words.SOURCE);
    older.write(Words.event("older"), Words::unrefused);
    Destination newer = open();
    newer.resume(Words.SOURCE);
    deliver(newer, List.of(event(1, 1)));

    assertThatThrownBy(() -> older.sync(Positions.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another sink writes as " + topic);
    assertThat(found()).containsExactly("1");
  }

  @Test
  void aGroupThatIsSomebodyElsesIsLeftAlone() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Map<TopicPartition, OffsetAndMetadata> theirs =
          Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(7, "theirs"));
      admin.alterConsumerGroupOffsets(topic, theirs).all().get();
    }

    assertThatThrownBy(() -> open().resume(Words.SOURCE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the group " + topic + " is somebody else's ('theirs' is no bookmark")
        .hasMessageEndingWith("choose another sink.kafka.id");
  }

  @Test
  void aTopicThatIsNotThereIsSaidAndFoundOnceItIs() throws Exception {
    topic += "-later";
    Destination destination = open();

    assertThatThrownBy(() -> destination.resume(Words.SOURCE))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("topic " + topic)
        .hasMessageEndingWith("no such topic: create it");
    create(topic, Map.of());
    destination.resume(Words.SOURCE);
    deliver(destination, List.of(event(1, 1)));
    assertThat(found()).containsExactly("1");
  }

  private void deliver(Destination destination, List<AuditEvent> events) throws IOException {
    for (AuditEvent event : events) {
      destination.write(event, this::refused);
    }
    destination.sync(new Positions(Map.of(0, (long) events.size())));
  }

  private void refused(Exception reason) {
    refused.add("2 " + reason.getMessage());
  }

  private Destination open(Map<String, String> producer) {
    Map<String, String> given = new HashMap<>();
    given.put("sink.kafka.topic", topic);
    given.put("sink.kafka.id", topic);
    given.put("sink.kafka.producer.bootstrap.servers", broker.bootstrapServers());
    producer.forEach((name, value) -> given.put("sink.kafka.producer." + name, value));
    Destination destination =
        new KafkaDestination(
            KafkaSettings.plan(Settings.of(SinkSettings.DECLARED, given)), Words.format());
    opened.add(destination);
    return destination;
  }

  /// What is committed, partition by partition. The markers of a transaction that is committed may
  /// come a moment later: until they are there, its records are not read.
  private List<ConsumerRecord<byte[], byte[]>> records() {
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS).mapToObj(each -> new TopicPartition(topic, each)).toList();
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (var all = consumer("read_uncommitted");
        var committed = consumer("read_committed")) {
      committed.assign(partitions);
      committed.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = all.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> committed.position(each) < ends.get(each))) {
        committed.poll(Duration.ofMillis(200)).forEach(found::add);
      }
    }
    return found;
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", isolation),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static void create(String topic, Map<String, String> configs)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty()).configs(configs)))
          .all()
          .get();
    }
  }

  private static AuditEvent event(int host, int number) {
    return event(host, Integer.toString(number), number);
  }

  private static AuditEvent event(int host, String word, int number) {
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
    return AuditEvent.of(new TaskEvent(header, new Fact.AgentStopping(word)));
  }
}
