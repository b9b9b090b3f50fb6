package io.tasktrail.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private long now;

  @Test
  void longWorkSaysHowFarItIsEveryTwoSeconds() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Progress progress = new Progress(new PrintStream(err, true, UTF_8), () -> now);

    for (int event = 0; event < 4095; event++) {
      progress.event(Path.of("c.avro"));
      now += 1_000_000;
    }

    assertThat(err.toString(UTF_8))
        .isEqualTo("tasktrail replay: c.avro: 2048 events read so far\n");
  }
}
