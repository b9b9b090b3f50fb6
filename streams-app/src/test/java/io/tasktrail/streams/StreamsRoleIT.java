package io.tasktrail.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.role.Failure;
import io.tasktrail.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The role on a real broker and registry. Needs nothing but loopback.
final class StreamsRoleIT {

  private static final int STREAM_THREADS_THAT_DIE = 2;
  private static final int LINKS_MAX = 128;
  private static final int PATH_BYTES_MAX = 4095;
  private static final int ARGUMENT_BYTES = 900_000;
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
        assertThat(Figures.at(second.endpoint()).assertBalanced().read())
            .isEqualTo(events.size() - 300);
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
      assertThat(Figures.at(role.endpoint()).assertBalanced().read()).isEqualTo(events.size() + 1);
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

  @Test
  void waitsForARegistryThatIsAway() throws Exception {
    List<TaskEvent> events = BusyHost.events(new HostStory(1), 20);
    try (Platform platform = Platform.start(directory)) {
      List<ProducerRecord<String, byte[]>> records = platform.encode(events);
      Map<String, String> settings = platform.settings(directory.resolve("state"));
      int port = platform.stopRegistry();
      try (var role = new RunningRole(settings)) {
        try (SickRegistry sick = new SickRegistry(port)) {
          await().atMost(AT_MOST).until(() -> sick.questions() > 0);
        }
        platform.startRegistry();
        role.awaitStart();
        platform.send(records);
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
      Figures figures = Figures.at(role.endpoint()).assertAccounted();
      assertThat(figures.outcome("broken_off")).isPositive();
      assertThat(figures.outcome("emitted")).isEqualTo(events.size());
    }
  }

  @Test
  void stampsAllThatItMakesWithTheBrokersTime() throws Exception {
    List<TaskEvent> events = BusyHost.events(new HostStory(1), 20);
    try (Platform platform = Platform.start(directory);
        Admin admin = Admin.create(Map.copyOf(platform.connection()));
        var role = new RunningRole(platform.settings(directory.resolve("state")))) {
      role.awaitStart();
      platform.publish(events);
      platform.awaitCommitted(Topics.AUDIT_EVENTS, events.size());

      Map<String, String> policies = new TreeMap<>();
      for (String topic : admin.listTopics().names().get()) {
        Config config = config(admin, topic);
        assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
        policies.put(topic, config.get("cleanup.policy").value());
      }
      assertThat(policies)
          .containsOnly(
              entry("tasktrail-streams-accounts-changelog", "compact"),
              entry("tasktrail-streams-fleet-changelog", "compact"),
              entry("tasktrail-streams-told-lineages-by-fingerprint-repartition", "delete"),
              entry("tasktrail-streams-tasks-changelog", "compact"),
              entry(Topics.AUDIT_EVENTS, "delete"),
              entry(Topics.DEAD_LETTERS, "delete"),
              entry(Topics.FIRST_SEEN, "compact"),
              entry(Topics.LINEAGES, "compact"),
              entry(Topics.HOSTS, "compact"),
              entry(Topics.MODULES, "compact"),
              entry(Topics.TASK_EVENTS, "delete"),
              entry(Topics.TASK_HISTORY, "compact"));
    }
  }

  private static Config config(Admin admin, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).values().get(resource).get();
  }

  /// The longest history with the longest paths, and more arguments than an agent keeps.
  @Test
  void largestEventsFit() throws Exception {
    HostStory host = new HostStory(1);
    TaskKey task = host.newTask();
    List<TaskEvent> events = new ArrayList<>(List.of(host.armed()));
    events.add(host.fork(TaskKey.ROOT, task));
    for (int exec = 0; exec < 2 * LINKS_MAX; exec++) {
      events.add(host.exec(task, "/" + "p".repeat(PATH_BYTES_MAX - 1)));
    }
    events.add(host.exec(task, "/bin/true", "a".repeat(ARGUMENT_BYTES)));
    try (Platform platform = Platform.start(directory);
        var role = new RunningRole(platform.settings(directory.resolve("state")))) {
      role.awaitStart();

      platform.publish(events);

      platform.awaitCommitted(Topics.AUDIT_EVENTS, events.size());
      assertThat(ExpectedOutput.in(platform.committed(Topics.AUDIT_EVENTS)))
          .isEqualTo(ExpectedOutput.of(events));
    }
  }

  /// A record that is too large for its topic would be read, and fail, again and again.
  @Test
  void namesLongerThanAKernelsDoNotStopTheRole() throws Exception {
    HostStory host = new HostStory(1);
    TaskKey task = host.newTask();
    String name = "n".repeat(ARGUMENT_BYTES / 3);
    List<TaskEvent> events = new ArrayList<>(List.of(host.armed()));
    events.add(host.fork(TaskKey.ROOT, task));
    for (int exec = 0; exec < LINKS_MAX / 8; exec++) {
      events.add(host.exec(task, "/bin/" + name));
    }
    events.add(host.load(task, name));
    events.add(host.unload(task, name));
    try (Platform platform = Platform.start(directory);
        var role = new RunningRole(platform.settings(directory.resolve("state")))) {
      role.awaitStart();

      platform.publish(events);

      platform.awaitCommitted(Topics.AUDIT_EVENTS, events.size());
      assertThat(ExpectedOutput.in(platform.committed(Topics.AUDIT_EVENTS)))
          .isEqualTo(ExpectedOutput.of(events));
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
