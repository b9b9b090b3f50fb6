package io.tasktrail.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The JDK's own reading of the same text is the measure.
class PropertyLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a=1",
        "a = 1\nb:2\nc 3\nd",
        "# a=1 \\\nb=2",
        "! a\n\n \t\nb=2",
        "a=1\\\n  2\\\n\t3\nb=4",
        "a=x\\\\\nb=y",
        "a=x\\\\\\\ny\nb=z",
        "a\\ b=1\\u0041\\n",
        "a=1\\",
        "a=1\r\nb=2\rc=3",
        "a=\\\n# not a comment\nb=1"
      })
  void linesAreReadAsTheJdkReadsThem(String text) throws Exception {
    Properties expected = new Properties();
    expected.load(new StringReader(text));
    TreeMap<String, String> found = new TreeMap<>();
    PropertyLine.parse("f", text).forEach(line -> found.put(line.key(), line.value()));

    assertThat(found)
        .isEqualTo(
            expected.entrySet().stream()
                .collect(
                    TreeMap::new,
                    (map, entry) ->
                        map.put(
                            entry.getKey().toString(), entry.getValue().toString().stripTrailing()),
                    TreeMap::putAll));
  }
}
