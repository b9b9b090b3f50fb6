package io.tasktrail.streams.chaos;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasktrail.loopback.LoopbackProcess;
import io.tasktrail.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/// A broker with its registry, and two instances of the role with a standby, each a process of its
/// own.
final class Cluster implements AutoCloseable {

  static final int INSTANCES = 2;
  static final int PARTITIONS = 6;

  private static final String GROUP = "tasktrail-streams";
  private static final Duration AT_MOST = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofMillis(200);

  private final List<Instance> instances = new ArrayList<>();
  private LoopbackProcess broker;
  private final Admin admin;

  private Cluster(LoopbackProcess broker) {
    this.broker = broker;
    admin = Admin.create(Map.copyOf(connection()));
  }

  /// Returns once all instances are members of the group.
  static Cluster start(Path directory) throws IOException {
    Cluster cluster = new Cluster(LoopbackProcess.start(directory.resolve("broker")));
    try {
      cluster.startInstances(directory);
      return cluster;
    } catch (IOException | RuntimeException failed) {
      cluster.close();
      throw failed;
    }
  }

  private void startInstances(Path directory) throws IOException {
    for (int number = 1; number <= INSTANCES; number++) {
      instances.add(Instance.start(directory.resolve("instance-" + number), settings()));
    }
    awaitMembers(INSTANCES);
  }

  Map<String, String> connection() {
    return Map.of(
        "bootstrap.servers", broker.bootstrapServers(),
        "schema.registry.url", broker.registryUrl());
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(connection());
    settings.put("num.standby.replicas", "1");
    settings.put("consumer.session.timeout.ms", "6000");
    settings.put("http.listen", "127.0.0.1:0");
    return settings;
  }

  List<Instance> instances() {
    return instances;
  }

  Instance any(Random random) {
    return instances.get(random.nextInt(INSTANCES));
  }

  void restartBroker() throws IOException {
    broker = broker.restart();
  }

  /// Nobody died who was not killed.
  void assertAlive() throws IOException {
    for (Instance instance : instances) {
      assertThat(instance.isAlive()).as(instance.lastWords()).isTrue();
    }
  }

  /// Returns once the group has so many members.
  void awaitMembers(int count) {
    await().atMost(AT_MOST).pollInterval(POLL).ignoreExceptions().until(() -> members() == count);
  }

  private int members() throws ExecutionException, InterruptedException {
    return admin
        .describeConsumerGroups(List.of(GROUP))
        .describedGroups()
        .get(GROUP)
        .get()
        .members()
        .size();
  }

  /// Returns once more is committed than now.
  void awaitProgress() throws Exception {
    long now = committed();
    await().atMost(AT_MOST).pollInterval(POLL).ignoreExceptions().until(() -> committed() > now);
  }

  private long committed() throws Exception {
    return offsets().values().stream().mapToLong(offset -> offset).sum();
  }

  /// Returns once everything published is folded, and no transaction is open on what came of it.
  void awaitAllFolded() {
    await()
        .atMost(AT_MOST)
        .pollInterval(POLL)
        .ignoreExceptions()
        .until(() -> offsets().equals(ends(Topics.TASK_EVENTS, IsolationLevel.READ_UNCOMMITTED)));
    for (String topic : List.of(Topics.AUDIT_EVENTS, Topics.TASK_HISTORY, Topics.DEAD_LETTERS)) {
      await()
          .atMost(AT_MOST)
          .pollInterval(POLL)
          .until(
              () ->
                  ends(topic, IsolationLevel.READ_COMMITTED)
                      .equals(ends(topic, IsolationLevel.READ_UNCOMMITTED)));
    }
  }

  /// Of the fold: up to where its input is committed.
  private Map<TopicPartition, Long> offsets() throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> one :
        admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get().entrySet()) {
      if (one.getKey().topic().equals(Topics.TASK_EVENTS)) {
        offsets.put(one.getKey(), one.getValue().offset());
      }
    }
    return offsets;
  }

  private Map<TopicPartition, Long> ends(String topic, IsolationLevel isolation)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest =
        partitions(topic).collect(toMap(Function.identity(), _ -> OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> one :
        admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all().get().entrySet()) {
      ends.put(one.getKey(), one.getValue().offset());
    }
    return ends;
  }

  private static Stream<TopicPartition> partitions(String topic) {
    return Stream.iterate(0, n -> n < PARTITIONS, n -> n + 1)
        .map(partition -> new TopicPartition(topic, partition));
  }

  @Override
  public void close() {
    for (Instance instance : instances) {
      instance.kill();
    }
    admin.close(Duration.ZERO);
    broker.close();
  }
}
