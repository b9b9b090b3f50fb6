package io.tasktrail.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {

  /// The rows: what follows what; by which levels it may.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int       | long      | NONE BACKWARD BACKWARD_TRANSITIVE
          long      | int       | NONE FORWARD FORWARD_TRANSITIVE
          int       | int       | NONE BACKWARD BACKWARD_TRANSITIVE FORWARD FORWARD_TRANSITIVE FULL FULL_TRANSITIVE
          int       | string    | NONE
          int long  | double    | NONE BACKWARD BACKWARD_TRANSITIVE
          string int | long     | NONE BACKWARD
          string long | int     | NONE FORWARD
          string int | int      | NONE BACKWARD FORWARD FULL
          """)
  void aLevelSaysWhatMayFollow(String earlier, String next, String levels) {
    List<Schema> all = words(earlier).map(CompatibilityTest::schema).toList();
    assertThat(Compatibility.values())
        .filteredOn(level -> level.breaches(schema(next), all).isEmpty())
        .containsExactlyInAnyOrder(named(levels));
  }

  private static Compatibility[] named(String levels) {
    return words(levels).map(Compatibility::named).toArray(Compatibility[]::new);
  }

  private static Stream<String> words(String text) {
    return Pattern.compile(" ").splitAsStream(text);
  }

  private static Schema schema(String primitive) {
    return AvroText.parse('"' + primitive + '"');
  }
}
