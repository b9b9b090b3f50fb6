package io.tasktrail.role;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

@Timeout(60)
class ShutdownTest {

  /// Runs until a signal; then takes its time to close.
  @Command(name = "lamp")
  static final class Lamp implements RoleCommand {

    public static void main(String... args) {
      Launch.main(new Lamp(), args);
    }

    @Override
    public void run(Shutdown shutdown) throws Exception {
      shutdown.closing(() -> System.out.println("out"));
      System.out.println("lit");
      shutdown.await();
    }
  }

  /// Is signalled while it starts, which takes longer than its grace; then closes.
  @Command(name = "slow-lamp")
  static final class SlowLamp implements RoleCommand {

    private static final Duration GRACE = Duration.ofMillis(200);

    public static void main(String... args) {
      Launch.main(new Shutdown(GRACE), new SlowLamp(), args);
    }

    @Override
    public void run(Shutdown shutdown) throws Exception {
      shutdown.starting();
      System.out.println("lit");
      while (!shutdown.isRequested()) {
        Thread.onSpinWait();
      }
      Thread.sleep(GRACE.multipliedBy(3));
      shutdown.closing(() -> System.out.println("out"));
      shutdown.await();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Lamp.class, SlowLamp.class})
  void aSignalledRoleClosesAndIsDone(Class<?> kind) throws Exception {
    Process lamp =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                kind.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = lamp.inputReader(UTF_8)) {
      assertThat(said.readLine()).isEqualTo("lit");

      lamp.toHandle().destroy();

      assertThat(said.readLine()).isEqualTo("out");
      assertThat(lamp.waitFor(Shutdown.GRACE.toSeconds() / 2, TimeUnit.SECONDS)).isTrue();
      assertThat(lamp.exitValue()).isZero();
    } finally {
      lamp.destroyForcibly();
    }
  }

  @Test
  void aRequestEndsTheWait() throws Exception {
    try (Shutdown shutdown = new Shutdown()) {
      assertThat(shutdown.isRequested()).isFalse();
      assertThat(shutdown.await(Duration.ZERO)).isFalse();

      shutdown.request();

      assertThat(shutdown.await(Duration.ofSeconds(50))).isTrue();
      assertThat(shutdown.isRequested()).isTrue();
      shutdown.await();
    }
  }

  @Test
  void theFirstFailureOfAPartIsThrown() throws Exception {
    try (Shutdown shutdown = new Shutdown()) {
      shutdown.failed(new Failure("wick burnt", "lamp", "replace it"));
      shutdown.failed(new Failure("dark", "room", "wait"));

      assertThatThrownBy(shutdown::await).hasMessage("wick burnt: lamp: replace it");
    }
  }
}
