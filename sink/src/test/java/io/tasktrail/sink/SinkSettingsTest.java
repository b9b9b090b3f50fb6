package io.tasktrail.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.role.ExampleFile;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SinkSettingsTest {

  private static final Path EXAMPLE = Path.of("src/main/config/sink.properties");

  @Test
  void theExampleTellsEachKeyWithItsDefaultAndConsequence() throws IOException {
    String expected =
        ExampleFile.render(
            "Settings of tasktrail sink. What is commented out is the default. Every setting of"
                + " Kafka's consumer, producer and admin client and of Confluent's serializers"
                + " (security.protocol, ssl.*, sasl.*, schema.registry.*, basic.auth.*) may be"
                + " given as well, under its own name.",
            SinkSettings.DECLARED);

    assertThat(Files.readString(EXAMPLE)).isEqualTo(expected);
  }

  @Test
  void theExampleIsTakenAsItIs() {
    Settings settings = Settings.read(SinkSettings.DECLARED, Optional.of(EXAMPLE), List.of());

    assertThat(settings.get(SinkSettings.FORMAT)).isEqualTo("ecs");
  }

  @Test
  void whatExactlyOnceRestsOnIsNotTheUsers() {
    assertThatThrownBy(
            () -> Settings.of(SinkSettings.DECLARED, Map.of("isolation.level", "read_uncommitted")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("isolation.level");
    assertThat(SinkSettings.consumer(Settings.of(SinkSettings.DECLARED, Map.of())))
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("enable.auto.commit", "false")
        .containsEntry("group.id", "tasktrail-sink")
        .containsEntry("auto.offset.reset", "earliest");
  }

  @Test
  void credentialsReachTheirClient() {
    Settings settings =
        Settings.of(
            SinkSettings.DECLARED,
            Map.of("basic.auth.user.info", "me:secret", "ssl.truststore.location", "/ca"));

    assertThat(SinkSettings.registry(settings))
        .containsEntry("basic.auth.user.info", "me:secret")
        .containsEntry("schema.registry.url", "http://localhost:8081");
    assertThat(SinkSettings.consumer(settings))
        .containsEntry("ssl.truststore.location", "/ca")
        .doesNotContainKey("sink.format");
  }
}
