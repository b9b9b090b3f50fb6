package io.tasktrail.agent.mask;

import static io.tasktrail.agent.mask.CommandLines.arguments;
import static io.tasktrail.agent.mask.CommandLines.image;
import static io.tasktrail.agent.mask.CommandLines.strings;
import static io.tasktrail.agent.mask.CommandLines.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Image;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaskingTest {

  private final Masking masking = new Masking(Rules.shipped());

  @ParameterizedTest
  @MethodSource("io.tasktrail.agent.mask.CommandLines#secrets")
  void secretIsMaskedAndNothingElse(CommandLines.Masked line) {
    Arguments masked = mask(words(line.line()));

    assertThat(strings(masked)).isEqualTo(words(line.masked()));
    assertThat(masked.maskedBy()).isNotEmpty().isSubsetOf(Rules.shipped().names());
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.agent.mask.CommandLines#ordinary")
  void ordinaryLineStaysAsItIs(String line) {
    Arguments arguments = arguments(words(line));

    assertThat(masking.mask(image("/usr/bin/x"), arguments))
        .as("masked by %s", mask(words(line)).maskedBy())
        .isSameAs(arguments);
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.agent.mask.CommandLines#secrets")
  void whatIsMaskedStaysSo(CommandLines.Masked line) {
    Arguments masked = mask(words(line.masked()));

    assertThat(strings(masked)).isEqualTo(words(line.masked()));
    assertThat(masked.maskedBy()).isEmpty();
  }

  @Test
  void countAndLengthStayThoseOfTheTrueArguments() {
    Arguments true_ =
        new Arguments(List.of(ByteText.of("mysql"), ByteText.of("-psecret")), 7, 99, true);

    Arguments masked = masking.mask(image("/usr/bin/mysql"), true_);

    assertThat(masked)
        .isEqualTo(
            new Arguments(
                List.of(ByteText.of("mysql"), ByteText.of("-p***")),
                7,
                99,
                true,
                List.of("mysql")));
  }

  @Test
  void programIsKnownByItsFileWhereItsNameIsAnother() {
    List<String> line = List.of("", "-psecret");

    assertThat(strings(masking.mask(image("/usr/bin/mysql"), arguments(line))))
        .containsExactly("", "-p***");
  }

  /// The kernel gives it the name of its interpreter, a shell here.
  @Test
  void programIsKnownByItsFileWhereItIsAScript() {
    ByteText shell = ByteText.of("/bin/sh");
    Image script = new Image(ByteText.of("./mysql"), shell, shell, 1, 2, false, false);

    assertThat(strings(masking.mask(script, arguments(List.of("/bin/sh", "./mysql", "-psecret")))))
        .containsExactly("/bin/sh", "./mysql", "-p***");
  }

  @Test
  void bytesThatAreNoUtf8Stay() {
    ByteText odd = ByteText.of(new byte[] {(byte) 0xFF, '=', (byte) 0xC3, 0x01});
    ByteText secret = ByteText.of(new byte[] {'p', 'a', 's', 's', '=', (byte) 0xFF, (byte) 0xFE});

    Arguments masked = masking.mask(image("x"), new Arguments(List.of(odd, secret), 2, 0, false));

    assertThat(masked.values()).containsExactly(odd, ByteText.of("pass=***"));
  }

  @Test
  void nothingIsMaskedWithoutRules() {
    Arguments arguments = arguments(List.of("mysql", "-psecret"));

    assertThat(new Masking(Rules.NONE).mask(image("mysql"), arguments)).isSameAs(arguments);
  }

  @Test
  void noArgumentsAreNone() {
    Arguments none = arguments(List.of());

    assertThat(masking.mask(image("x"), none)).isSameAs(none);
  }

  @Test
  void parametersOfAModuleAreMaskedToo() {
    assertThat(masking.mask(ByteText.of("debug=1 api_key=abc level=3")))
        .isEqualTo(ByteText.of("debug=1 api_key=*** level=3"));
    ByteText plain = ByteText.of("debug=1 level=3");
    assertThat(masking.mask(plain)).isSameAs(plain);
  }

  @Test
  void everyRuleCountsItsEventsOnce() {
    mask(words("mysql -pa -pb https://u:p@h/"));
    mask(words("mysql -pa"));
    mask(words("ls"));

    assertThat(masking.tally())
        .containsAllEntriesOf(Map.of("mysql", 2L, "url", 1L, "curl", 0L))
        .hasSize(Rules.shipped().names().size());
  }

  private Arguments mask(List<String> words) {
    return masking.mask(image("/usr/bin/x"), arguments(words));
  }
}
