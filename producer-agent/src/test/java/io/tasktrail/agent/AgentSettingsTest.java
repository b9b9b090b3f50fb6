package io.tasktrail.agent;

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
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void allProblemsAreToldAtOnce(@TempDir Path dir) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("agent.properties"),
            """
            bootstrap.server=kafka:9092
            poll.interval=soon
            spool.bytes.max=1
            host.id=web-7
            schema.registry.url=registry:8081
            """);

    assertThatThrownBy(() -> Settings.read(AgentSettings.declared(), Optional.of(file), List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll(
            "5 settings are wrong",
            ":1: unknown key 'bootstrap.server', did you mean 'bootstrap.servers'?",
            ":2: poll.interval: 'soon' is not a time",
            ":3: spool.bytes.max: '1' is not a number of bytes",
            ":4: host.id: 'web-7' is not a UUID",
            ":5: schema.registry.url: 'registry:8081' is not http(s) addresses");
  }
}
