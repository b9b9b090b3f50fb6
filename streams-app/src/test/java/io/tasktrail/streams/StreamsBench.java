package io.tasktrail.streams;

import static org.awaitility.Awaitility.await;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.Topics;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;

/// How many events a second go through the topology: a backlog is folded, its first part to warm
/// up. Broker, registry and topology share this JVM and its cores.
///
/// Settings of the role may be given as `KEY=VALUE`.
final class StreamsBench {

  private static final int HOSTS = 50;
  private static final int WARM_UP = 150_000;
  private static final int MEASURED = 200_000;
  private static final Duration AT_MOST = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(20);

  private StreamsBench() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("streams-bench");
    try (Platform platform = Platform.start(directory)) {
      Map<String, String> settings = platform.settings(directory.resolve("state"));
      for (String arg : args) {
        settings.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
      }
      run(platform, settings);
    }
  }

  private static void run(Platform platform, Map<String, String> settings) throws Exception {
    try (Admin admin = Admin.create(Map.copyOf(platform.connection()))) {
      try (RunningRole role = new RunningRole(settings)) {
        role.awaitStart();
      }
      platform.publish(backlog());
      try (RunningRole role = new RunningRole(settings)) {
        role.awaitStart();
        long from = awaitFolded(admin, WARM_UP);
        long startNanos = System.nanoTime();
        long cpuNanos = streamThreadsCpuNanos();
        long to = awaitFolded(admin, WARM_UP + MEASURED);
        report(to - from, System.nanoTime() - startNanos, streamThreadsCpuNanos() - cpuNanos);
      }
    }
  }

  private static void report(long events, long nanos, long cpuNanos) {
    System.out.printf(
        "%d events in %.2f s: %.0f events/s; stream threads: %.1f us of CPU an event%n",
        events, nanos / 1e9, events / (nanos / 1e9), cpuNanos / 1e3 / events);
  }

  private static long awaitFolded(Admin admin, long count) {
    AtomicLong folded = new AtomicLong();
    await()
        .atMost(AT_MOST)
        .pollDelay(Duration.ZERO)
        .pollInterval(LOOK)
        .until(
            () -> {
              folded.set(folded(admin));
              return folded.get() >= count;
            });
    return folded.get();
  }

  /// What the group has committed: the input holds no gaps.
  private static long folded(Admin admin) throws Exception {
    return admin
        .listConsumerGroupOffsets("tasktrail-streams")
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(offset -> offset.getKey().topic().equals(Topics.TASK_EVENTS))
        .filter(offset -> offset.getValue() != null)
        .mapToLong(offset -> offset.getValue().offset())
        .sum();
  }

  private static long streamThreadsCpuNanos() {
    var threads = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().contains("-StreamThread-")) {
        nanos += Math.max(0, threads.getThreadCpuTime(id));
      }
    }
    return nanos;
  }

  private static List<TaskEvent> backlog() {
    int each = (WARM_UP + MEASURED) / HOSTS;
    List<List<TaskEvent>> hosts = new ArrayList<>();
    for (int number = 0; number < HOSTS; number++) {
      hosts.add(BusyHost.events(new HostStory(number), each));
    }
    List<TaskEvent> backlog = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (List<TaskEvent> host : hosts) {
        backlog.add(host.get(i));
      }
    }
    return backlog;
  }
}
