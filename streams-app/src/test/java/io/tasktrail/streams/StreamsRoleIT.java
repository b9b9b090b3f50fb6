package io.tasktrail.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.role.Failure;
import io.tasktrail.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The role on a real broker and registry. Needs nothing but loopback.
final class StreamsRoleIT {

  private static final int STREAM_THREADS_THAT_DIE = 2;
  private static final Duration AT_MOST = Duration.ofMinutes(1);

  @TempDir private Path directory;

  @Test
  void goesOnAfterARestartWhereItEnded() throws Exception {
    List<TaskEvent> events = BusyHost.events(new HostStory(1), 600);
    try (Platform platform = Platform.start(directory)) {
      Map<String, String> settings = platform.settings(directory.resolve("state"));
      try (var first = new RunningRole(settings)) {
        first.awaitStart();
        platform.publish(events.subList(0, 300));
        platform.awaitCommitted(Topics.AUDIT_EVENTS, 300);
      }

      try (var second = new RunningRole(settings)) {
        second.awaitStart();
        platform.publish(events.subList(300, events.size()));
        platform.awaitCommitted(Topics.AUDIT_EVENTS, events.size());
      }

      assertThat(ExpectedOutput.in(platform.committed(Topics.AUDIT_EVENTS)))
          .isEqualTo(ExpectedOutput.of(events));
    }
  }

  @Test
  void deadLetterArrivesOnTheBrokerAndTheStreamGoesOn() throws Exception {
    List<TaskEvent> events = BusyHost.events(new HostStory(1), 20);
    try (Platform platform = Platform.start(directory);
        var role = new RunningRole(platform.settings(directory.resolve("state")))) {
      role.awaitStart();

      platform.send(
          List.of(
              new ProducerRecord<>(
                  Topics.TASK_EVENTS, new HostStory(1).key(), "no event".getBytes(UTF_8))));
      platform.publish(events);

      platform.awaitCommitted(Topics.AUDIT_EVENTS, events.size());
      assertThat(platform.committed(Topics.DEAD_LETTERS))
          .singleElement()
          .satisfies(letter -> assertThat(letter.value()).asString(UTF_8).isEqualTo("no event"));
    }
  }

  @Test
  void waitsForABrokerThatIsAway() throws Exception {
    List<TaskEvent> events = BusyHost.events(new HostStory(1), 20);
    try (Platform platform = Platform.start(directory)) {
      platform.stopBroker();
      try (var role = new RunningRole(platform.settings(directory.resolve("state")))) {
        platform.startBroker();
        role.awaitStart();
        platform.publish(events);
        platform.awaitCommitted(Topics.AUDIT_EVENTS, events.size());
      }
    }
  }

  private Map<String, String> oneQuestionAThread(Platform platform) {
    Map<String, String> settings = platform.settings(directory.resolve("state"));
    settings.put("schema.registry.max.retries", "0");
    return settings;
  }

  /// No event is taken for a dead letter because its schema can't be had for a while.
  @Test
  void losesNothingWhileTheRegistryIsAway() throws Exception {
    List<TaskEvent> events = BusyHost.events(new HostStory(1), 20);
    try (Platform platform = Platform.start(directory);
        var role = new RunningRole(oneQuestionAThread(platform))) {
      role.awaitStart();
      List<ProducerRecord<String, byte[]>> records = platform.encode(events);
      int port = platform.stopRegistry();
      try (SickRegistry sick = new SickRegistry(port)) {
        platform.send(records);
        await()
            .dontCatchUncaughtExceptions()
            .atMost(AT_MOST)
            .until(() -> sick.questions() >= STREAM_THREADS_THAT_DIE);
      }

      platform.startRegistry();

      platform.awaitCommitted(Topics.AUDIT_EVENTS, events.size());
      assertThat(platform.committed(Topics.DEAD_LETTERS)).isEmpty();
    }
  }

  @Test
  void topicThatWouldBreakHistoriesIsRefusedWithTheCure() throws Exception {
    try (Platform platform = Platform.start(directory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(Topics.TASK_EVENTS, 3, (short) 1))).all().get();

      try (var role = new RunningRole(platform.settings(directory.resolve("state")))) {
        assertThatThrownBy(role::awaitStart)
            .hasCauseInstanceOf(Failure.class)
            .hasMessageContaining(
                "topic tasktrail.task-events has 3 partitions, not 6: set topics.partitions=3")
            .hasMessageContaining("message.timestamp.type=CreateTime")
            .hasMessageContaining("--add-config message.timestamp.type=LogAppendTime");
      }
    }
  }
}
