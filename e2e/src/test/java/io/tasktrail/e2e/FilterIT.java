package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./tasktrail demo --filter FILE`: nobody is told of what the filter leaves out, and what that
/// starts has its whole history.
class FilterIT {

  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void whatAnExcludedProgramStartsHasItsWholeHistory() throws Exception {
    Needs.liveCapture();
    Path quiet = Files.copy(Path.of("/bin/sh"), folder.resolve("quiet"));
    Path loud = Files.copy(Path.of("/bin/true"), folder.resolve("loud"));
    Path plain = Files.copy(Path.of("/bin/true"), folder.resolve("plain"));
    Path rules = Files.writeString(folder.resolve("filter.rules"), "exclude exe=" + quiet + "\n");
    Path out = folder.resolve("out");
    Process demo =
        Launcher.command(
                "demo", "--for", "20s", "--filter", rules.toString(), "--out", out.toString())
            .redirectOutput(folder.resolve("demo.out").toFile())
            .redirectError(folder.resolve("demo.err").toFile())
            .start();
    try {
      await()
          .atMost(LONG)
          .until(() -> Files.exists(out.resolve("demo.properties")) || !demo.isAlive());
      assertThat(new ProcessBuilder(quiet.toString(), "-c", loud + "; exit 0").start().waitFor())
          .isZero();
      assertThat(new ProcessBuilder(plain.toString()).start().waitFor()).isZero();
      assertThat(demo.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      demo.destroy();
    }
    AuditLog execs = AuditLog.read(out.resolve("audit-events.ecs.jsonl")).action("exec");
    assertThat(execs.where(line -> isOf(line, quiet)).lines()).isEmpty();
    // What is missing is what this test's own processes lack, from before the capture.
    JsonNode missing = execs.where(line -> isOf(line, plain)).only().at("/tasktrail/missing_links");
    assertThat(execs.where(line -> isOf(line, loud)).lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.at("/tasktrail/missing_links")).isEqualTo(missing);
              assertThat(
                      StreamSupport.stream(line.at("/tasktrail/chain").spliterator(), false)
                          .map(link -> link.at("/executable").asText()))
                  .endsWith(quiet.toString(), loud.toString());
            });
  }

  private static boolean isOf(JsonNode line, Path program) {
    return line.at("/process/executable").asText().equals(program.toString());
  }
}
