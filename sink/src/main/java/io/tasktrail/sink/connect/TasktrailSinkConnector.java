package io.tasktrail.sink.connect;

import io.tasktrail.role.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/// Ships the SIEM topic to a destination, in any Connect cluster: each task one consumer and one
/// destination.
public final class TasktrailSinkConnector extends SinkConnector {

  private Map<String, String> given = Map.of();

  /// For Connect, which makes it.
  public TasktrailSinkConnector() {}

  /// What a connector must be told to deliver as `tasktrail sink` would.
  ///
  /// @param name of the connector
  public static Map<String, String> config(String name, Settings settings) {
    return ConnectorSettings.of(name, settings);
  }

  @Override
  public String version() {
    return Optional.ofNullable(getClass().getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public ConfigDef config() {
    return ConnectorSettings.definition();
  }

  /// All that is wrong, at once.
  @Override
  public Config validate(Map<String, String> told) {
    List<ConfigValue> values = new ArrayList<>(super.validate(told).configValues());
    ConnectorSettings.problems(told)
        .forEach(
            (key, problems) ->
                problems.forEach(problem -> value(values, key).addErrorMessage(problem)));
    return new Config(values);
  }

  private static ConfigValue value(List<ConfigValue> values, String key) {
    for (ConfigValue value : values) {
      if (value.name().equals(key)) {
        return value;
      }
    }
    ConfigValue more = new ConfigValue(key);
    values.add(more);
    return more;
  }

  @Override
  public void start(Map<String, String> told) {
    given = Map.copyOf(told);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return TasktrailSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int most) {
    return Collections.nCopies(most, given);
  }

  @Override
  public void stop() {
    // nothing is held
  }
}
