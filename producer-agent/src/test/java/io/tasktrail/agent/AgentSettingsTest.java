package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.role.ExampleFile;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentSettingsTest {

  private static final Path SHIPPED = Path.of("src/main/config/agent.properties");

  @Test
  void shippedFileTellsEachKey() throws IOException {
    assertThat(SHIPPED)
        .hasContent(ExampleFile.render(AgentSettings.INTRODUCTION, AgentSettings.declared()));
  }

  @Test
  void shippedFileIsValid() {
    Settings shipped = Settings.read(AgentSettings.declared(), Optional.of(SHIPPED), List.of());

    assertThat(shipped.get(AgentSettings.PIN)).isEqualTo(Path.of("/sys/fs/bpf/tasktrail"));
    assertThat(shipped.get(AgentSettings.HOST_ID)).isEmpty();
  }

  @Test
  void kafkasAndConfluentsSettingsPassThroughAndOnlyThose() {
    Settings settings =
        Settings.of(
            AgentSettings.declared(),
            Map.of(
                "security.protocol", "SSL",
                "basic.auth.user.info", "a:b",
                "linger.ms", "7",
                "auto.register.schemas", "false",
                "poll.interval", "50ms"));

    assertThat(settings.where(AgentSettings::isForKafka))
        .containsOnlyKeys(
            "bootstrap.servers",
            "schema.registry.url",
            "security.protocol",
            "basic.auth.user.info",
            "linger.ms",
            "auto.register.schemas");
  }

  @Test
  void hostIdMustBeAUuid() {
    assertThatThrownBy(() -> Settings.of(AgentSettings.declared(), Map.of("host.id", "web-7")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("host.id")
        .hasMessageContaining("UUID");
  }
}
