package io.tasktrail.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Source;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

  private static final Checkpoint CHECKPOINT =
      new Checkpoint(
          1L << 40,
          new Source("audit events", "id", "a group"),
          new Positions(Map.of(0, 5L, 12, 1L << 50)),
          new Checkpoint.Origin(7, 1L << 41),
          Optional.of("lines.1-2.log"));

  @Test
  void aCheckpointComesBack() throws IOException {
    assertThat(Checkpoint.parse(CHECKPOINT.text())).isEqualTo(CHECKPOINT);
  }

  @Test
  void oneOfACurrentFileComesBack() throws IOException {
    Checkpoint current = Checkpoint.of(1, CHECKPOINT.source(), Positions.NONE, CHECKPOINT.origin());

    assertThat(Checkpoint.parse(current.text())).isEqualTo(current);
  }

  @Test
  void oneFromBeforeFilesWereFinishedIsRead() throws IOException {
    assertThat(
            Checkpoint.parse(
                "tasktrail-checkpoint 1\nlength 9\ntopic t\ntopic-id i\ngroup g\nnext 0 5\nend\n"))
        .isEqualTo(
            Checkpoint.of(
                9,
                new Source("t", "i", "g"),
                new Positions(Map.of(0, 5L)),
                Checkpoint.Origin.UNKNOWN));
  }

  @Test
  void noBeginningOfACheckpointIsOne() {
    String text = CHECKPOINT.text();
    for (int length = 0; length < text.length() - 1; length++) {
      String cut = text.substring(0, length);
      assertThatIOException().isThrownBy(() -> Checkpoint.parse(cut));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "length x",
        "next 0",
        "next 0 5 5",
        "next a 5",
        "lenght 5",
        "from 5",
        "from x",
        ""
      })
  void aDamagedLineIsRefused(String line) {
    String text =
        "tasktrail-checkpoint 1\nlength 1\ntopic t\ntopic-id i\ngroup g\n" + line + "\nend\n";

    assertThatIOException().isThrownBy(() -> Checkpoint.parse(text));
  }
}
