package io.tasktrail.formats.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {

  static Stream<List<String>> argumentLists() {
    return Stream.of(
        List.of("sh"),
        List.of("sh", "-c", "true"),
        List.of("", "x"),
        List.of("x", ""),
        List.of("x", "", "", "y"),
        List.of("größe", "a b"));
  }

  @ParameterizedTest
  @MethodSource("argumentLists")
  void whatWasJoinedComesApartAgain(List<String> texts) {
    List<ByteText> values = texts.stream().map(ByteText::of).toList();
    Arguments arguments = new Arguments(values, values.size(), 0, false);

    assertThat(CommandLine.arguments(arguments.joined(1024))).isEqualTo(values);
    assertThat(CommandLine.of(values)).hasToString(String.join(" ", texts));
  }
}
