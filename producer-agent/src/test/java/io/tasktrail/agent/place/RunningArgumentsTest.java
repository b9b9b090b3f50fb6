package io.tasktrail.agent.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningArgumentsTest {

  private static final int PID = 4711;
  private static final long START_NANOS = 12_345_678_901L;

  @TempDir private Path proc;
  private RunningArguments arguments;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectory(proc.resolve("4711"));
    arguments = new RunningArguments(proc, Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    arguments.close();
  }

  @Test
  void areWhatProcShows() throws IOException {
    shows("nginx", 1234, "nginx\0-g\0daemon off;\0");

    assertThat(of("nginx", false))
        .isEqualTo(
            new Arguments(List.of(text("nginx"), text("-g"), text("daemon off;")), 3, 21, false));
  }

  @Test
  void ofWhatWroteOverThemAreOneText() throws IOException {
    shows("postgres", 1234, "postgres: checkpointer ");

    assertThat(of("postgres", false).values()).containsExactly(text("postgres: checkpointer "));
  }

  @Test
  void moreThan64KibAreCountedOnly() throws IOException {
    shows("sh", 1234, "sh\0" + "x\0".repeat(40_000));

    Arguments shown = of("sh", false);
    assertThat(shown.count()).isEqualTo(40_001);
    assertThat(shown.bytes()).isEqualTo(80_003);
    assertThat(shown.truncated()).isTrue();
    assertThat(shown.values()).hasSize(32_768);
  }

  @ParameterizedTest
  @CsvSource({"another task with the pid, nginx, 1235", "another image, sh, 1234"})
  void ofWhatIsAnotherByNowAreNone(String what, String comm, long startTicks) throws IOException {
    shows(comm, startTicks, "nginx\0");

    assertThat(of("nginx", false)).as(what).isEqualTo(Arguments.NONE);
  }

  @Test
  void ofWhatIsGoneAreNone() {
    assertThat(of("nginx", false)).isEqualTo(Arguments.NONE);
  }

  @Test
  void ofAKernelThreadNobodyAsks() throws IOException {
    shows("kworker/0:1", 1234, "forged\0");

    assertThat(of("kworker/0:1", true)).isEqualTo(Arguments.NONE);
  }

  @Test
  void ofOneThatHoldsUpItsReadersAreNoneUntilItDoesNoMore() throws Exception {
    arguments.close();
    arguments = new RunningArguments(proc, Duration.ofMillis(200));
    shows("nginx", 1234, "");
    Path cmdline = proc.resolve("4711/cmdline");
    Files.delete(cmdline);
    // whoever opens it to read waits for whoever writes
    assertThat(new ProcessBuilder("mkfifo", cmdline.toString()).start().waitFor()).isZero();

    assertThat(of("nginx", false)).isEqualTo(Arguments.NONE);
    assertThat(of("nginx", false)).isEqualTo(Arguments.NONE);

    Files.writeString(cmdline, "nginx\0");
    Files.delete(cmdline);
    Files.writeString(cmdline, "nginx\0-g\0");
    await().until(() -> of("nginx", false).count() == 2);
  }

  private void shows(String comm, long startTicks, String cmdline) throws IOException {
    Path folder = proc.resolve("4711");
    Files.writeString(folder.resolve("cmdline"), cmdline);
    Files.writeString(
        folder.resolve("stat"),
        "4711 (%s) S 1 4711 4711 0 -1 4194560 0 0 0 0 1 2 0 0 20 0 1 0 %d 0 0\n"
            .formatted(comm, startTicks));
  }

  private Arguments of(String comm, boolean kernelThread) {
    TaskKey task = new TaskKey(PID, START_NANOS);
    Actor actor = new Actor(task, 3, text(comm), new Credentials(0, 0, 0, 0, 0, 0));
    return arguments.of(
        new Fact.TaskSeen(actor, TaskKey.ROOT, text("/usr/sbin/x"), false, kernelThread, 1));
  }

  private static ByteText text(String text) {
    return ByteText.of(text);
  }
}
