package io.tasktrail.sink.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.role.Settings;
import io.tasktrail.sink.SinkSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorSettingsTest {

  private static final String PASSWORD = "c0nf1dential";

  private final Map<String, String> config = new HashMap<>(whole());

  @Test
  void aWholeConfigurationIsTaken() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void whatStandaloneIsToldIsTakenToo() {
    Settings settings =
        Settings.of(
            SinkSettings.DECLARED,
            Map.of(
                "sink.file.path", "/lines",
                "max.poll.records", "7",
                "ssl.truststore.location", "/ca",
                "http.listen", "off"));

    Map<String, String> told = TasktrailSinkConnector.config("a", settings);

    config.clear();
    config.putAll(told);
    assertThat(problems()).isEmpty();
    assertThat(told)
        .containsEntry("consumer.override.max.poll.records", "7")
        .containsEntry("consumer.override.ssl.truststore.location", "/ca")
        .containsEntry("ssl.truststore.location", "/ca")
        .containsEntry("consumer.override.isolation.level", "read_committed")
        .doesNotContainKeys("http.listen", "max.poll.records", "group.id");
    Settings again = ConnectorSettings.settings(told);
    assertThat(again.get(SinkSettings.FILE)).isEqualTo(Path.of("/lines"));
    assertThat(again.get(SinkSettings.GROUP)).isEqualTo("tasktrail-sink");
  }

  @ParameterizedTest
  @CsvSource({
    "value.converter, org.apache.kafka.connect.json.JsonConverter, must be"
        + " org.apache.kafka.connect",
    "key.converter, '', must be org.apache.kafka.connect.converters.ByteArrayConverter",
    "consumer.override.isolation.level, read_uncommitted, must be read_committed",
    "consumer.override.enable.auto.commit, true, must be false",
    "topics, 'a,b', must be one topic",
    "topics, '', must be one topic",
    "tasks.max, 2, must be 1: file has one writer",
    "transforms, x, can't be used",
    "errors.deadletterqueue.topic.name, x, write sink.dead.letters.topic",
    "sink.fromat, ecs, did you mean 'sink.format'?",
    "sink.sync.interval, soon, is not a time from 1ms to 1m",
    "group.id, x, a connector has consumer.override.group.id",
    "http.listen, off, the REST interface",
    "max.poll.records, 7, write consumer.override.max.poll.records"
  })
  void whatIsWrongIsRefusedWithItsCure(String key, String value, String cure) {
    config.put(key, value);

    assertThat(problems()).containsOnlyKeys(key);
    assertThat(problems().get(key)).anyMatch(problem -> problem.contains(cure));
  }

  @Test
  void whatIsMissingIsSaidAllAtOnce() {
    config.keySet().removeIf(key -> key.contains("converter") || key.startsWith("consumer."));

    assertThat(problems())
        .containsOnlyKeys("key.converter", "value.converter", "consumer.override.isolation.level");
  }

  @Test
  void settingsThatContradictEachOtherAreRefused() {
    config.put("sink.destination", "bulk");
    config.put("sink.format", "cef");

    assertThat(problems().get("sink.destination"))
        .singleElement()
        .asString()
        .contains("documents of a store are JSON");
  }

  @Test
  void aStoreMayHaveSeveralTasks() {
    config.put("sink.destination", "bulk");
    config.put("tasks.max", "3");

    assertThat(problems()).isEmpty();
  }

  @Test
  void secretsAreNotShown() {
    config.put("sink.bulk.user.info", "me:" + PASSWORD);

    assertThat(new TasktrailSinkConnector().validate(config).configValues().toString())
        .doesNotContain(PASSWORD);
  }

  @Test
  void theGroupIsConnects() {
    assertThat(ConnectorSettings.settings(config).get(SinkSettings.GROUP))
        .isEqualTo("connect-to-file");
  }

  @Test
  void workersFindTheConnector() {
    assertThat(ServiceLoader.load(SinkConnector.class))
        .hasAtLeastOneElementOfType(TasktrailSinkConnector.class);
  }

  private Map<String, List<String>> problems() {
    return new TasktrailSinkConnector()
        .validate(config).configValues().stream()
            .filter(value -> !value.errorMessages().isEmpty())
            .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
  }

  private static Map<String, String> whole() {
    return Map.of(
        "name", "to-file",
        "connector.class", TasktrailSinkConnector.class.getName(),
        "topics", "tasktrail.audit-events",
        "key.converter", ConnectorSettings.BYTES,
        "value.converter", ConnectorSettings.BYTES,
        "consumer.override.isolation.level", "read_committed",
        "bootstrap.servers", "b:1",
        "sink.file.path", "/lines",
        "basic.auth.user.info", "me:" + PASSWORD,
        "errors.tolerance", "none");
  }
}
