package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One demo at a time, and nothing of it stays, however it ends.
class DemosIT {

  private static final Path PIN = Path.of("/sys/fs/bpf/tasktrail-demo");
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void aSecondDemoIsRefusedAndAKilledOneLeavesNothingBehind() throws Exception {
    Needs.liveCapture();
    Process first = started(folder.resolve("first"));
    try {
      var second = Launcher.run(LONG, Launcher.command("demo", "--for", "1s"));
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.err()).contains("another demo runs", Long.toString(first.pid()));
    } finally {
      first.destroyForcibly().waitFor();
    }
    assertThat(PIN).exists();

    var third = Launcher.run(LONG, Launcher.command("demo", "--for", "1s"));
    assertThat(third.status()).as(third.err()).isZero();
    assertThat(PIN).doesNotExist();
  }

  @Test
  void anInterruptedDemoDrainsAndEndsInGoodOrder() throws Exception {
    Needs.liveCapture();
    Path out = folder.resolve("out");
    Process demo = started(out);
    demo.destroy();
    assertThat(demo.waitFor()).isZero();
    assertThat(PIN).doesNotExist();
    assertThat(
            AuditLog.read(out.resolve("audit-events.ecs.jsonl")).action("agent_stopping").lines())
        .hasSize(1);
  }

  private Process started(Path out) throws IOException {
    Process demo =
        Launcher.command("demo", "--out", out.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("demo.err").toFile())
            .start();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> Files.exists(out.resolve("demo.properties")) || !demo.isAlive());
    return demo;
  }
}
