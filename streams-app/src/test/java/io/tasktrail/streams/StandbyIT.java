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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two instances as `docs/operations.md` sets them up. Needs nothing but loopback.
final class StandbyIT {

  private static final Duration AT_MOST = Duration.ofMinutes(2);
  private static final int HOSTS = 12;
  private static final int EVENTS_A_HOST = 100;
  private static final int PARTITIONS = 6;

  @TempDir private Path directory;

  @Test
  void oneInstanceTakesOverFromTheOther() throws Exception {
    List<TaskEvent> before = new ArrayList<>();
    List<TaskEvent> after = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      List<TaskEvent> events = BusyHost.events(new HostStory(host), EVENTS_A_HOST);
      before.addAll(events.subList(0, EVENTS_A_HOST / 2));
      after.addAll(events.subList(EVENTS_A_HOST / 2, events.size()));
    }
    try (Platform platform = Platform.start(directory);
        var stays = new RunningRole(settings(platform, "stays"))) {
      stays.awaitStart();
      try (var goes = new RunningRole(settings(platform, "goes"))) {
        goes.awaitStart();
        awaitShared(stays, goes);
        platform.publish(before);
        platform.awaitCommitted(Topics.AUDIT_EVENTS, before.size());
        assertThat(Figures.at(stays.endpoint()).assertBalanced().read()).isPositive();
        assertThat(Figures.at(goes.endpoint()).assertBalanced().read()).isPositive();
      }
      platform.publish(after);
      platform.awaitCommitted(Topics.AUDIT_EVENTS, before.size() + after.size());

      List<TaskEvent> all = new ArrayList<>(before);
      all.addAll(after);
      assertThat(ExpectedOutput.in(platform.committed(Topics.AUDIT_EVENTS)))
          .isEqualTo(ExpectedOutput.of(all));
    }
  }

  private Map<String, String> settings(Platform platform, String instance) {
    Map<String, String> settings = platform.settings(directory.resolve(instance));
    settings.put("num.standby.replicas", "1");
    return settings;
  }

  /// Each has partitions of its own, and all six are told once.
  private static void awaitShared(RunningRole one, RunningRole other) {
    await()
        .dontCatchUncaughtExceptions()
        .atMost(AT_MOST)
        .until(
            () -> {
              long mine = partitions(one);
              long theirs = partitions(other);
              return mine > 0 && theirs > 0 && mine + theirs == PARTITIONS;
            });
  }

  private static long partitions(RunningRole role) throws Exception {
    return Figures.at(role.endpoint()).values().keySet().stream()
        .filter(name -> name.startsWith("tasktrail_lag_records"))
        .count();
  }
}
