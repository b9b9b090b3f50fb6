package io.tasktrail.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.Action;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every format.
class FormatsTest {

  @Test
  void everyFormatIsFoundByItsName() {
    assertThat(Formats.names())
        .contains(
            "ecs",
            "ecs-ancestry",
            "ocsf",
            "audit",
            "cef",
            "leef",
            "syslog",
            "splunk",
            "tasktracker",
            "taskhistory");
    for (String name : Formats.names()) {
      assertThat(Formats.named(name).map(Format::name)).contains(name);
    }
    assertThat(Formats.named("ECS")).isEmpty();
  }

  @Test
  void thereIsASampleOfEveryKind() {
    Set<Class<?>> sampled =
        Samples.PLAIN.facts().stream().map(Object::getClass).collect(Collectors.toSet());

    assertThat(sampled).isEqualTo(kinds(Fact.class).collect(Collectors.toSet()));
  }

  /// The files are what users parse: a change of them is one for users. Each run writes what the
  /// formats say now beside the classes, as `target/samples.*`.
  @ParameterizedTest
  @CsvSource({
    "ecs,samples.ecs.jsonl",
    "ocsf,samples.ocsf.jsonl",
    "audit,samples.audit.log",
    "cef,samples.cef.log",
    "leef,samples.leef.log",
    "syslog,samples.syslog.log",
    "splunk,samples.splunk.jsonl",
    "tasktracker,samples.tasktracker.log",
    "taskhistory,samples.taskhistory.log"
  })
  void eachSampleIsWrittenAsItsFileSays(String format, String file) throws Exception {
    List<String> lines =
        Samples.PLAIN.all().stream()
            .map(event -> new String(Formats.named(format).orElseThrow().format(event), UTF_8))
            .flatMap(String::lines)
            .toList();
    Files.write(Path.of("target", file), lines);

    Path expected = Path.of(FormatsTest.class.getResource(file).toURI());
    assertThat(lines).containsExactlyElementsOf(Files.readAllLines(expected));
  }

  @Test
  void everyKindIsCalledAnotherName() {
    List<String> actions =
        Stream.concat(
                Samples.PLAIN.facts().stream().map(Action::of),
                Samples.PLAIN.notices().stream().map(Action::of))
            .toList();

    assertThat(actions).doesNotHaveDuplicates().allMatch(action -> action.matches("[a-z_]+"));
  }

  /// No name adds a line, or a character that acts.
  @ParameterizedTest
  @MethodSource("io.tasktrail.formats.Hostile#names")
  void everyKindIsLinesOfVisibleCharacters(ByteText name) {
    List<AuditEvent> events = new Samples(name).all();
    for (String format : Formats.names()) {
      for (AuditEvent event : events) {
        byte[] bytes = Formats.named(format).orElseThrow().format(event);
        List<String> lines = new String(bytes, UTF_8).lines().toList();

        assertThat(ByteText.of(bytes).isUtf8()).isTrue();
        assertThat(lines.stream().flatMapToInt(String::codePoints).filter(FormatsTest::acts))
            .isEmpty();
        if (format.equals("audit")) {
          assertThat(lines).allMatch(line -> line.startsWith("node="));
        } else {
          assertThat(lines).hasSize(1);
        }
        assertThat(bytes[bytes.length - 1]).isNotEqualTo((byte) '\n');
      }
    }
  }

  private static boolean acts(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          character != '\t';
      default -> false;
    };
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(FormatsTest::kinds)
        : Stream.of(type);
  }
}
