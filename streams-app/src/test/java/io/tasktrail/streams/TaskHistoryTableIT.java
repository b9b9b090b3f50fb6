package io.tasktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import io.tasktrail.history.Bound;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What another application sees of the table of tasks. Needs nothing but loopback.
final class TaskHistoryTableIT {

  private static final Duration AT_MOST = Duration.ofMinutes(2);

  private static final int BIRTHS = 5;

  @TempDir private Path directory;

  @Test
  void otherApplicationFindsLiveTasksAndForgetsEndedOnes() throws Exception {
    HostStory host = new HostStory(1);
    TaskKey shell = host.newTask();
    List<TaskEvent> lives =
        List.of(host.armed(), host.fork(TaskKey.ROOT, shell), host.exec(shell, "/bin/sh"));
    List<TaskEvent> ends = List.of(host.exit(shell), host.heartbeat(2 * Bound.GRACE.preset()));
    String id = host.id(shell).uuid().toString();

    try (Platform platform = Platform.start(directory);
        var role = new RunningRole(platform.settings(directory.resolve("state")))) {
      role.awaitStart();
      try (KafkaStreams other = other(platform)) {
        other.start();
        await().atMost(AT_MOST).until(() -> other.state() == KafkaStreams.State.RUNNING);
        ReadOnlyKeyValueStore<String, TaskHistory> table = table(other);

        platform.publish(lives);
        await().atMost(AT_MOST).until(() -> isRunning(table.get(id), "sh"));

        platform.publish(ends);
        await().atMost(AT_MOST).until(() -> table.get(id) == null);
      }
      assertThat(platform.committed(Topics.TASK_HISTORY))
          .filteredOn(row -> row.key().equals(id))
          .last()
          .satisfies(tombstone -> assertThat(tombstone.value()).isNull());
    }
  }

  @Test
  void whatWasNotToldBeforeAKillIsToldAfterItAndNothingElse() throws Exception {
    HostStory host = new HostStory(1);
    try (Platform platform = Platform.start(directory)) {
      killedOnce(platform, host, "100ms", told -> rows(platform).containsAll(told));
      List<String> rowsBefore = rows(platform);
      List<String> untold =
          killedOnce(
              platform,
              host,
              "10m",
              _ -> platform.committed(Topics.AUDIT_EVENTS).size() == 2 * BIRTHS);
      assertThat(rows(platform)).isEqualTo(rowsBefore);

      StreamsProcess last = StreamsProcess.start(settings(platform, "100ms"), directory);
      try {
        await().atMost(AT_MOST).until(() -> rows(platform).containsAll(untold));
        assertThat(rows(platform)).hasSize(rowsBefore.size() + BIRTHS);
      } finally {
        last.kill();
      }
    }
  }

  /// Tasks are born, and the process that folds it is killed once something holds of their ids.
  private List<String> killedOnce(
      Platform platform, HostStory host, String interval, Predicate<List<String>> holds)
      throws Exception {
    StreamsProcess process = StreamsProcess.start(settings(platform, interval), directory);
    try {
      platform.awaitTopic(Topics.AUDIT_EVENTS);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < BIRTHS; i++) {
        TaskKey task = host.newTask();
        platform.publish(List.of(host.fork(TaskKey.ROOT, task)));
        ids.add(host.id(task).uuid().toString());
      }
      await().atMost(AT_MOST).until(() -> holds.test(ids));
      return ids;
    } finally {
      process.kill();
    }
  }

  private Map<String, String> settings(Platform platform, String interval) {
    Map<String, String> settings = platform.settings(directory.resolve("state"));
    settings.put("table.interval", interval);
    return settings;
  }

  private static List<String> rows(Platform platform) {
    return platform.committed(Topics.TASK_HISTORY).stream().map(ConsumerRecord::key).toList();
  }

  /// The ten lines of another application.
  private KafkaStreams other(Platform platform) {
    Map<String, String> registry = platform.connection();
    StreamsBuilder builder = new StreamsBuilder();
    builder.globalTable(
        Topics.TASK_HISTORY,
        Consumed.with(Serdes.String(), WireFormat.taskHistories(registry)),
        Materialized.as("histories"));
    Properties settings = new Properties();
    settings.putAll(registry);
    settings.put("application.id", "another");
    settings.put("state.dir", directory.resolve("other").toString());
    return new KafkaStreams(builder.build(), settings);
  }

  private static ReadOnlyKeyValueStore<String, TaskHistory> table(KafkaStreams other) {
    return other.store(
        StoreQueryParameters.fromNameAndType("histories", QueryableStoreTypes.keyValueStore()));
  }

  private static boolean isRunning(TaskHistory task, String comm) {
    return task != null && task.history().image().comm().toString().equals(comm);
  }
}
