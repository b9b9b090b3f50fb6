package io.tasktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.FirstSeen;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is new in the fleet, on a real broker. Needs nothing but loopback.
final class FirstSeenIT {

  private static final String A = "/bin/a";
  private static final String B = "/bin/b";
  private static final String C = "/bin/c";

  private final HostStory first = new HostStory(1);
  private final HostStory second = new HostStory(2);
  private final HostStory third = new HostStory(3);

  @TempDir private Path directory;

  @Test
  void eachLineageIsToldOnceOverAnUpgradeARestartAndTheLossOfTheState() throws Exception {
    try (Platform platform = Platform.start(directory)) {
      Map<String, String> settings = platform.settings(directory.resolve("state"));
      settings.put("state.store", "rocksdb");
      settings.put("fleet.first.seen", "false");
      fold(platform, settings, executes(first, A), 0);

      settings.remove("fleet.first.seen");
      fold(platform, settings, List.of(), 1);
      fold(platform, settings, executes(second, B, A), 2);

      settings.put("state.dir", directory.resolve("another").toString());
      fold(platform, settings, executes(third, A, B, C), 3);

      assertThat(told(platform))
          .containsExactlyInAnyOrder(
              "<kernel> /bin/a of " + first.host(),
              "<kernel> /bin/b of " + second.host(),
              "<kernel> /bin/c of " + third.host());
    }
  }

  /// One run of the role, which tells of so many lineages by its end, with all before it.
  private static void fold(
      Platform platform, Map<String, String> settings, List<TaskEvent> events, int told)
      throws Exception {
    try (var role = new RunningRole(settings)) {
      role.awaitStart();
      int before = platform.committed(Topics.AUDIT_EVENTS).size();
      platform.publish(events);
      platform.awaitCommitted(Topics.AUDIT_EVENTS, before + events.size());
      platform.awaitCommitted(Topics.FIRST_SEEN, told);
      Figures.at(role.endpoint()).assertBalanced();
    }
  }

  private static List<TaskEvent> executes(HostStory host, String... paths) {
    List<TaskEvent> events = new ArrayList<>();
    for (String path : paths) {
      TaskKey task = host.newTask();
      events.add(host.fork(TaskKey.ROOT, task));
      events.add(host.exec(task, path));
    }
    return events;
  }

  private static List<String> told(Platform platform) {
    List<String> told = new ArrayList<>();
    try (var values = WireFormat.firstSeen(platform.connection())) {
      for (ConsumerRecord<String, byte[]> record : platform.committed(Topics.FIRST_SEEN)) {
        FirstSeen news = values.deserializer().deserialize(record.topic(), record.value());
        assertThat(record.key()).isEqualTo(news.fingerprint().toString());
        told.add(news.domain() + " of " + news.host());
      }
    }
    return told;
  }
}
