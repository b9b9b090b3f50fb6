package io.tasktrail.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class LaunchTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Command(name = "feed", description = "Feeds the cat.")
  private record Feed(Body body) implements RoleCommand {

    @Override
    public void run(Shutdown shutdown) throws Exception {
      body.run(shutdown);
    }
  }

  private interface Body {
    void run(Shutdown shutdown) throws Exception;
  }

  @Test
  void doneIsZeroAndSilent() {
    assertThat(run(_ -> {})).isZero();
    assertThat(out.toString() + err).isEmpty();
  }

  @Test
  void aFailureIsOneLine() {
    int status =
        run(
            _ -> {
              throw new Failure("no food", "bowl\n7\u001b[2J", "fill it");
            });

    assertThat(status).isEqualTo(1);
    assertThat(err).hasToString("tasktrail feed: no food: bowl 7\\u001b[2J: fill it\n");
  }

  @Test
  void aFailureWithinOtherExceptionsIsFound() {
    int status =
        run(
            _ -> {
              throw new IllegalStateException(new Failure("no food", "bowl", "fill it"));
            });

    assertThat(status).isEqualTo(1);
    assertThat(err).hasToString("tasktrail feed: no food: bowl: fill it\n");
  }

  @Test
  void aMissingFileIsNamed() {
    int status = run(_ -> Files.readString(Path.of("/absent/bowl")));

    assertThat(status).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("tasktrail feed: no such file or directory: /absent/bowl: ");
  }

  @Test
  void whatTheSystemSaysIsPassedOn() {
    int status =
        run(
            _ -> {
              throw new UncheckedIOException(new IOException("No space left on device"));
            });

    assertThat(status).isEqualTo(1);
    assertThat(err).hasToString("tasktrail feed: No space left on device\n");
  }

  @Test
  void aDefectIsToldAsOne() {
    int status =
        run(
            _ -> {
              throw new StackOverflowError();
            });

    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).contains("a defect").hasLineCount(1);
  }

  @Test
  void theStackIsShownOnDemand() {
    int status =
        run(
            _ -> {
              throw new Failure("no food", "bowl", "fill it");
            },
            "--verbose");

    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).contains("at io.tasktrail.role.LaunchTest");
  }

  @Test
  void anUnknownOptionIsBadUsage() {
    assertThat(run(_ -> {}, "--bowels", "3")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("tasktrail feed: Unknown option")
        .endsWith("see tasktrail feed --help\n")
        .hasLineCount(1);
  }

  @Test
  void helpGoesToStandardOutput() {
    assertThat(run(_ -> {}, "--help")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: tasktrail feed ")
        .contains("Feeds the cat.")
        .contains("--verbose");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void whatWasOpenedIsClosedInReverse() {
    StringBuilder order = new StringBuilder();

    int status =
        run(
            shutdown -> {
              shutdown.closing(() -> order.append('1'));
              shutdown.closing(() -> order.append('2'));
              throw new Failure("no food", "bowl", "fill it");
            });

    assertThat(status).isEqualTo(1);
    assertThat(order).hasToString("21");
  }

  @Test
  void aFailureToCloseIsAFailureAndTheOthersAreClosed() {
    StringBuilder order = new StringBuilder();

    int status =
        run(
            shutdown -> {
              shutdown.closing(() -> order.append('1'));
              shutdown.closing(
                  () -> {
                    throw new IOException("lid stuck");
                  });
            });

    assertThat(status).isEqualTo(1);
    assertThat(order).hasToString("1");
    assertThat(err).hasToString("tasktrail feed: lid stuck\n");
  }

  private int run(Body body, String... args) {
    return Launch.run(
        new Feed(body),
        new Shutdown(),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        args);
  }
}
