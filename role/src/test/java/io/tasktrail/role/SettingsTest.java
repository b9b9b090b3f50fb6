package io.tasktrail.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  private static final Setting<Duration> LINGER =
      Setting.of(
          "sink.linger",
          "1s",
          "How long a line waits.",
          "Longer means fewer syncs.",
          Parser.duration(Duration.ZERO, Duration.ofMinutes(1)));
  private static final Setting<Path> FILE =
      Setting.required("sink.file", "Where lines go.", "Nothing else is written.", Parser.path());
  private static final Declared DECLARED =
      Declared.of(List.of(LINGER, FILE))
          .passing(Set.of("bootstrap.servers", "sasl.jaas.config", "ssl.key.password"))
          .passingPrefixes(List.of("schema.registry."));

  @TempDir Path directory;

  @Test
  void whatIsNotGivenIsTheDefault() throws Exception {
    Settings settings = read("sink.file=/var/log/trail");

    assertThat(settings.get(LINGER)).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.get(FILE)).isEqualTo(Path.of("/var/log/trail"));
  }

  @Test
  void theCommandLineWinsOverTheFile() throws Exception {
    Settings settings = read("sink.file=/a\nsink.linger=5s", "sink.file=/b", "sink.file=/c");

    assertThat(settings.get(FILE)).isEqualTo(Path.of("/c"));
    assertThat(settings.get(LINGER)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void whatLiesInTheFolderOfTheFileIsPutOverItByName() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("sink.d"));
    Files.writeString(folder.resolve("20-later.properties"), "sink.file=/later");
    Files.writeString(folder.resolve("10-sooner.properties"), "sink.file=/sooner\nsink.linger=7s");
    Files.writeString(folder.resolve("99-not.properties.bak"), "sink.file=/not");

    Settings settings = read("sink.file=/a\nsink.linger=5s");

    assertThat(settings.get(FILE)).isEqualTo(Path.of("/later"));
    assertThat(settings.get(LINGER)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aProblemInTheFolderIsToldWithItsFileAndLine() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("sink.d"));
    Files.writeString(folder.resolve("site.properties"), "\nsink.lingr=5s");

    assertThatThrownBy(() -> read("sink.file=/a"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("site.properties:2: unknown key 'sink.lingr'");
  }

  @Test
  void othersNamesPassThrough() throws Exception {
    Settings settings = read("sink.file=/a\nbootstrap.servers=b:1\nschema.registry.url=http://r");

    assertThat(settings.where(key -> !key.startsWith("sink.")))
        .isEqualTo(Map.of("bootstrap.servers", "b:1", "schema.registry.url", "http://r"));
  }

  @Test
  void allProblemsAreToldAtOnceWithFileAndLine() {
    String text =
        """
        # comment, continued? no: \\
        sink.linger = \\
            soon
        sink.fiel=/a
        bootstrap.server=b:1
        entirely.unlike.anything=1
        sink.linger=2s
        """;

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("6 settings are wrong")
        .hasMessageContaining("sink.properties:2: sink.linger: 'soon' is not a time from 0ms to 1m")
        .hasMessageContaining(":4: unknown key 'sink.fiel', did you mean 'sink.file'?")
        .hasMessageContaining(
            ":5: unknown key 'bootstrap.server', did you mean 'bootstrap.servers'?")
        .hasMessageContaining(":6: unknown key 'entirely.unlike.anything';")
        .hasMessageContaining(":7: 'sink.linger' is given twice, first at ")
        .hasMessageContaining("sink.file is missing: Where lines go.");
  }

  @Test
  void aLineThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> read("sink.file=C:\\user"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("sink.properties:1: not KEY=VALUE");
  }

  @Test
  void aMissingFileIsAFailure() {
    Path missing = directory.resolve("absent.properties");

    assertThatThrownBy(() -> Settings.read(DECLARED, Optional.of(missing), List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no such settings file: " + missing);
  }

  @Test
  void aFileThatIsNotTextIsAFailure() throws Exception {
    Path file = Files.write(directory.resolve("sink.properties"), new byte[] {(byte) 0xC3, 0x28});

    assertThatThrownBy(() -> Settings.read(DECLARED, Optional.of(file), List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void secretsAreNeverShown() throws Exception {
    Settings settings =
        read(
            """
            sink.file=/a
            sasl.jaas.config=module required password="hunter2";
            ssl.key.password=hunter2
            schema.registry.basic.auth.user.info=me:hunter2
            schema.registry.url=https://me:hunter2@registry:8081
            """);

    assertThat(settings.toString())
        .doesNotContain("hunter2")
        .contains("ssl.key.password=[REDACTED]")
        .contains("schema.registry.url=https://[REDACTED]@registry:8081")
        .contains("sink.linger=1s");
  }

  @Test
  void aWrongSecretIsNotShownEither() {
    Setting<Integer> secret = Setting.of("api.key", "0", "A key.", "Opens.", Parser.integer(0, 9));

    assertThatThrownBy(
            () -> Settings.of(Declared.of(List.of(secret)), Map.of("api.key", "hunter2")))
        .hasMessageContaining("api.key: [REDACTED] is not a whole number from 0 to 9")
        .hasMessageNotContaining("hunter2");
  }

  private Settings read(String text, String... overrides) throws Exception {
    Path file = Files.writeString(directory.resolve("sink.properties"), text);
    return Settings.read(DECLARED, Optional.of(file), List.of(overrides));
  }
}
