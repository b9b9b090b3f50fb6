package io.tasktrail.streams.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is killed, frozen or lost meanwhile: in the end everything is written once, in order,
/// with unbroken histories. `-Dchaos.seconds=900` lasts longer, `-Dchaos.seed=…` repeats what
/// happens, though not when. Needs nothing but loopback.
final class ChaosIT {

  private static final long SECONDS = Long.getLong("chaos.seconds", 50);
  private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
  private static final int EVENTS_BETWEEN_BLOWS_MAX = 4000;
  private static final Duration TOLD_AT_MOST = Duration.ofMinutes(1);

  private final Random random = new Random(SEED);
  private final Map<Blow, Integer> struck = new EnumMap<>(Blow.class);

  @TempDir private Path directory;

  @Test
  void outputIsWhatTheFoldAloneSays() throws Exception {
    System.out.println("chaos: -Dchaos.seed=" + SEED + " -Dchaos.seconds=" + SECONDS);
    try (Cluster cluster = Cluster.start(directory);
        Load load = Load.start(cluster.connection(), SEED)) {
      cluster.awaitProgress();
      rage(cluster, load);
      load.stop();
      cluster.awaitAllFolded();
      cluster.assertAlive();

      Verdict verdict = new Verdict(cluster.connection());
      verdict.assertOutput();
      await()
          .atMost(TOLD_AT_MOST)
          .untilAsserted(() -> assertThat(verdict.tableDiffers()).as("table of tasks").isEmpty());
      for (Instance instance : cluster.instances()) {
        instance.figures().assertAccounted();
      }
      System.out.println("chaos: " + struck + "; " + verdict);
    }
  }

  /// One blow after the other; every other one before all have recovered from the one before.
  private void rage(Cluster cluster, Load load) throws Exception {
    long begun = System.nanoTime();
    List<Blow> due = new ArrayList<>();
    while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(SECONDS)) {
      if (due.isEmpty()) {
        due.addAll(List.of(Blow.values()));
        Collections.shuffle(due, random);
      }
      cluster.assertAlive();
      Blow blow = due.removeLast();
      blow.strike(cluster, cluster.any(random));
      struck.merge(blow, 1, Integer::sum);
      if (random.nextBoolean()) {
        cluster.awaitProgress();
      }
      load.awaitMore(random.nextInt(EVENTS_BETWEEN_BLOWS_MAX));
    }
  }
}
