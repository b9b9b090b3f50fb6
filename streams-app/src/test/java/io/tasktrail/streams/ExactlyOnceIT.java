package io.tasktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is promised when the process of the topology dies. Needs nothing but loopback.
final class ExactlyOnceIT {

  private static final int HOSTS = 8;
  private static final int EVENTS_A_HOST = 10_000;
  private static final int KILLS = 4;
  private static final Duration AT_MOST = Duration.ofMinutes(3);

  @TempDir private Path directory;

  @Test
  void killedInTheMidstOfALoadItWritesEachEventExactlyOnce() throws Exception {
    List<TaskEvent> events = load();
    int portion = events.size() / (KILLS + 1);
    List<Long> leftAtKill = new ArrayList<>();
    try (Platform platform = Platform.start(directory)) {
      Map<String, String> settings = platform.settings(directory.resolve("state"));
      for (int kill = 0; kill < KILLS; kill++) {
        List<TaskEvent> more = events.subList(kill * portion, (kill + 1) * portion);
        killWhileItFolds(platform, settings, more);
        int audited = platform.committed(Topics.AUDIT_EVENTS).size();
        leftAtKill.add((kill + 1L) * portion - audited);
      }

      StreamsProcess last = StreamsProcess.start(settings, directory);
      try {
        platform.publish(events.subList(KILLS * portion, events.size()));
        platform.awaitCommitted(Topics.AUDIT_EVENTS, events.size());
        Set<String> lineages = fingerprints(platform.committed(Topics.LINEAGES));
        platform.awaitCommitted(Topics.FIRST_SEEN, lineages.size());
        assertThat(platform.committed(Topics.FIRST_SEEN).stream().map(ConsumerRecord::key))
            .as("told once in the fleet")
            .containsExactlyInAnyOrderElementsOf(lineages);
        Figures.at(last.endpoint()).assertAccounted();
        assertThat(last.end()).isZero();
      } finally {
        last.kill();
      }

      assertThat(leftAtKill).as("events left at each kill").anyMatch(left -> left > 0);
      assertThat(ExpectedOutput.in(platform.committed(Topics.AUDIT_EVENTS)))
          .isEqualTo(ExpectedOutput.of(events));
      assertThat(platform.committed(Topics.DEAD_LETTERS)).isEmpty();
    }
  }

  /// The kill comes as soon as the first of these events are committed.
  private void killWhileItFolds(
      Platform platform, Map<String, String> settings, List<TaskEvent> events) throws Exception {
    StreamsProcess process = StreamsProcess.start(settings, directory);
    try {
      platform.awaitTopic(Topics.AUDIT_EVENTS);
      long before = platform.committedEnd(Topics.AUDIT_EVENTS);
      platform.publish(events);
      await()
          .atMost(AT_MOST)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> platform.committedEnd(Topics.AUDIT_EVENTS) > before);
    } finally {
      process.kill();
    }
  }

  /// Of rows of lineages, of all hosts together.
  private static Set<String> fingerprints(List<ConsumerRecord<String, byte[]>> rows) {
    return rows.stream()
        .map(row -> row.key().substring(row.key().indexOf('/') + 1))
        .collect(Collectors.toSet());
  }

  /// The hosts take turns, as they would on a topic that many agents write to.
  private static List<TaskEvent> load() {
    List<List<TaskEvent>> hosts = new ArrayList<>();
    for (int number = 0; number < HOSTS; number++) {
      hosts.add(BusyHost.events(new HostStory(number), EVENTS_A_HOST));
    }
    List<TaskEvent> load = new ArrayList<>();
    for (int i = 0; i < EVENTS_A_HOST; i++) {
      for (List<TaskEvent> host : hosts) {
        load.add(host.get(i));
      }
    }
    return load;
  }
}
