package io.tasktrail.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {

  private static final Declared DECLARED =
      Declared.of(List.of(Setting.of("sink.key.file", "", "A key.", "None.", Parser.text())))
          .passingPrefixes(Declared.CONNECTION_PREFIXES);

  @TempDir private Path dir;

  @ParameterizedTest
  @CsvSource({"rw-r--r--, true", "rw-----w-, true", "rw-r-----, false", "rw-------, false"})
  void settingsFileWithAPasswordMustBeClosedToOthers(String mode, boolean warns) throws Exception {
    Path config = file("agent.properties", "ssl.key.password=hunter2", mode);

    List<String> warnings = warnings(config);

    assertThat(warnings).hasSize(warns ? 1 : 0);
    assertThat(warnings).allSatisfy(line -> assertThat(line).endsWith("chmod 600 " + config));
    assertThat(warnings.toString()).doesNotContain("hunter2");
  }

  @Test
  void settingsFileWithoutASecretMayBeOpen() throws Exception {
    assertThat(warnings(file("a.properties", "security.protocol=SSL", "rw-r--r--"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl.keystore.location=%s",
        "sink.key.file=%s",
        "schema.registry.ssl.keystore.location=%s",
        "sasl.jaas.config=Krb5LoginModule required useKeyTab=true keyTab=\"%s\";"
      })
  void keyFilesThatSettingsNameMustBeClosedToOthers(String line) throws Exception {
    Path key = file("key", "secret", "rw-r--r--");
    Path config = file("agent.properties", line.formatted(key), "rw-------");

    assertThat(warnings(config)).singleElement().asString().endsWith("chmod 600 " + key);
  }

  @Test
  void trustMayBeReadByAll() throws Exception {
    Path trust = file("trust", "public", "rw-r--r--");
    Path config = file("a.properties", "ssl.truststore.location=" + trust, "rw-------");

    assertThat(warnings(config)).isEmpty();
  }

  @Test
  void keyFileThatIsNotThereIsNotOurs() throws Exception {
    assertThat(warnings(file("a.properties", "ssl.keystore.location=/absent", "rw-------")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl.key.password=hunter2",
        "sasl.jaas.config=Module required password=\"hunter2\";",
        "sasl.jass.config=Module required password=\"hunter2\";",
        "schema.registry.basic.auth.user.info=me:hunter2",
        "schema.registry.url=http://me:hunter2@registry:8081"
      })
  void secretOnTheCommandLineIsRefused(String option) {
    assertThatThrownBy(() -> Settings.read(DECLARED, Optional.empty(), List.of(option)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--set " + option.substring(0, option.indexOf('=')))
        .hasMessageContaining("--config")
        .hasMessageNotContaining("hunter2");
  }

  private static List<String> warnings(Path config) {
    Settings settings = Settings.read(DECLARED, Optional.of(config), List.of());
    return KeyFiles.warnings(settings, Optional.of(config));
  }

  private Path file(String name, String text, String mode) throws Exception {
    Path file = Files.writeString(dir.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
