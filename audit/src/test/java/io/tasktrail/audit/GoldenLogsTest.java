package io.tasktrail.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.event.Completeness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against logs that go-libaudit is tested with, which lie beside the checkout.
final class GoldenLogsTest {

  private static final Path LOGS = Path.of("../../shared/data/go-libaudit");

  @ParameterizedTest
  @CsvSource({"normal,5,0", "lost_messages,5,9", "out_of_order,5,0", "rollover,5,0"})
  void reassemblyCountsWhatGoLibauditCounts(String log, int events, int lost) throws IOException {
    Told told = told(LOGS.resolve("testdata").resolve(log + ".log"));

    assertThat(told.tally().events()).isEqualTo(events);
    assertThat(told.tally().missingSerials()).isEqualTo(lost);
    assertThat(told.tally().lateRecords()).isZero();
    assertThat(told.tally().corruptLines()).isZero();
  }

  @Test
  void outOfOrderIsToldAsInOrder() throws IOException {
    assertThat(told(LOGS.resolve("testdata/out_of_order.log")).events())
        .isEqualTo(told(LOGS.resolve("testdata/normal.log")).events());
  }

  @Test
  void everyRecordOfRealLogsIsReadAndNoHistoryIsWhole() throws IOException {
    present();
    try (Stream<Path> files = Files.walk(LOGS)) {
      for (Path file : files.filter(GoldenLogsTest::isLog).toList()) {
        Told told = told(file);
        assertThat(told.tally().lines())
            .isEqualTo(told.tally().records() + told.tally().corruptLines());
        assertThat(told.folded().stream().flatMap(audit -> audit.task().stream()))
            .as(file.toString())
            .extracting(task -> task.history().completeness())
            .doesNotContain(Completeness.WHOLE);
      }
    }
  }

  private static boolean isLog(Path file) {
    return file.toString().endsWith(".log") || file.toString().endsWith(".yaml");
  }

  private static Told told(Path log) throws IOException {
    present();
    return Told.of(Files.readAllBytes(log));
  }

  private static void present() {
    assumeTrue(Files.isDirectory(LOGS), "skipped: no logs of go-libaudit at " + LOGS);
  }
}
