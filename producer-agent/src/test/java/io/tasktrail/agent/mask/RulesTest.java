package io.tasktrail.agent.mask;

import static io.tasktrail.agent.mask.CommandLines.arguments;
import static io.tasktrail.agent.mask.CommandLines.image;
import static io.tasktrail.agent.mask.CommandLines.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.role.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

  @TempDir Path dir;

  @Test
  void aRuleIsAdded() throws IOException {
    Rules rules = Rules.of(Optional.of(file("deploy option deploy-tool : --pin *")), List.of());

    assertThat(masked(rules, "deploy-tool", "--pin", "1234"))
        .containsExactly("deploy-tool", "--pin", "***");
  }

  @Test
  void aRuleIsReplacedByItsName() throws IOException {
    Rules rules = Rules.of(Optional.of(file("mysql option mysql : -q*")), List.of());

    assertThat(masked(rules, "mysql", "-psecret", "-qx"))
        .containsExactly("mysql", "-psecret", "-q***");
  }

  @Test
  void aRuleIsLeftOut() {
    Rules rules = Rules.of(Optional.empty(), List.of("mysql", "jwt"));

    assertThat(masked(rules, "mysql", "-psecret")).containsExactly("mysql", "-psecret");
    assertThat(rules.names()).doesNotContain("mysql", "jwt").contains("url");
  }

  @Test
  void whatIsTooMuchForOneProgramIsRefused() throws IOException {
    String patterns = String.join(" | ", Collections.nCopies(65, "-p*"));

    assertThatThrownBy(() -> Rules.of(Optional.of(file("x option tool : " + patterns)), List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("tool has 65 patterns, which are more than 64");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '"',
      value = {
        "x ! not NAME KIND WORD",
        "x optoin a : -p* ! 'optoin' is no kind of rule; there are option, flag",
        "X url ! the name 'X' is not 1 to 40 of a-z",
        "x option a -p* ! after option stand programs, ' : '",
        "x option a : -p ! must have one *",
        "x option a : -p* * ! must have one *",
        "x option a : * ! would mask every word",
        "x option a : -p*b*c ! is not a word of a pattern",
        "x option /bin/a : -p* ! is a path",
        "x flag a : password ! is no option",
        "x name pass*word ! is not the ending of a name",
        "x name ! the line ends too early",
        "x token gh ! is not a token",
        "x url more ! nothing follows url"
      })
  void aWrongRuleIsRefusedWithItsLine(String line, String why) throws IOException {
    Path file = file("# first", line);

    assertThatThrownBy(() -> Rules.of(Optional.of(file), List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(file + ":2: ")
        .hasMessageContaining(why);
  }

  @Test
  void everyProblemIsToldAtOnce() throws IOException {
    Path file = file("x url", "x url", "y nothing");

    assertThatThrownBy(() -> Rules.of(Optional.of(file), List.of("slak")))
        .hasMessageStartingWith("3 rules of masking are wrong: ")
        .hasMessageContaining(file + ":2: a rule 'x' is there already, in line 1")
        .hasMessageContaining(file + ":3: 'nothing' is no kind of rule")
        .hasMessageContaining("mask.except: no rule 'slak'");
  }

  @Test
  void aFileThatIsNotThereIsToldByItsName() {
    assertThatThrownBy(() -> Rules.of(Optional.of(dir.resolve("none")), List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(dir.resolve("none").toString());
  }

  private Path file(String... lines) throws IOException {
    return Files.writeString(dir.resolve("mask.rules"), String.join("\n", lines));
  }

  private static List<String> masked(Rules rules, String... words) {
    return strings(new Masking(rules).mask(image("/x"), arguments(List.of(words))));
  }
}
