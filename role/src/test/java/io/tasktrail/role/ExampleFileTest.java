package io.tasktrail.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleFileTest {

  @Test
  void eachKeyIsToldWithItsDefaultAndConsequence() {
    Setting<?> lines =
        Setting.of(
            "batch.lines",
            "1000",
            "How many lines are synced at once at most, however fast they come from the topic.",
            "More is faster.",
            Parser.integer(1, 100_000));
    Setting<?> file = Setting.required("file", "Where to.", "It grows.", Parser.path());

    assertThat(ExampleFile.render("A sink.", Declared.of(List.of(lines, file))))
        .isEqualTo(
            """
            # A sink.

            # How many lines are synced at once at most, however fast they come from the topic. More is
            # faster.
            # Takes a whole number from 1 to 100000.
            #batch.lines=1000

            # Where to. It grows.
            # Takes a path.
            file=
            """);
  }
}
