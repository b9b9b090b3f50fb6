package io.tasktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The state in files. Needs nothing but loopback.
final class RocksDbIT {

  private static final int EVENTS = 900;
  private static final int PORTION = EVENTS / 3;

  @TempDir private Path directory;

  @Test
  void stateOutlivesARestartAndTheLossOfItsDirectory() throws Exception {
    List<TaskEvent> events = BusyHost.events(new HostStory(1), EVENTS);
    Path state = directory.resolve("state");
    try (Platform platform = Platform.start(directory)) {
      Map<String, String> settings = platform.settings(state);
      settings.put("state.store", "rocksdb");
      settings.put("state.rocksdb.memory", "32m");

      fold(platform, settings, events, 1);
      assertThat(filesBelow(state)).anyMatch(file -> file.endsWith("rocksdb/tasks/CURRENT"));

      Figures restarted = fold(platform, settings, events, 2);
      assertThat(restarted.sum("tasktrail_restored_records_total")).isZero();

      delete(state);
      Figures bereft = fold(platform, settings, events, 3);
      assertThat(bereft.sum("tasktrail_restored_records_total")).isPositive();

      assertThat(ExpectedOutput.in(platform.committed(Topics.AUDIT_EVENTS)))
          .isEqualTo(ExpectedOutput.of(events));
    }
  }

  /// One run of the role, which gets the n-th portion.
  private static Figures fold(
      Platform platform, Map<String, String> settings, List<TaskEvent> events, int portion)
      throws Exception {
    try (var role = new RunningRole(settings)) {
      role.awaitStart();
      int end = portion * PORTION == EVENTS ? events.size() : portion * PORTION;
      platform.publish(events.subList((portion - 1) * PORTION, end));
      platform.awaitCommitted(Topics.AUDIT_EVENTS, end);
      return Figures.at(role.endpoint()).assertBalanced();
    }
  }

  private static List<String> filesBelow(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.map(Path::toString).toList();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
