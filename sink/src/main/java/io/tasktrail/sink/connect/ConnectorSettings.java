package io.tasktrail.sink.connect;

import io.tasktrail.role.Failure;
import io.tasktrail.role.Secrets;
import io.tasktrail.role.Setting;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.Destinations;
import io.tasktrail.sink.SinkSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.sink.SinkTask;

/// What a connector is told: the keys of `sink.properties`, but for what Connect has its own keys
/// for, and Connect's.
///
/// | of the role | of a connector |
/// |---|---|
/// | `sink.topic` | `topics` |
/// | `group.id` | `consumer.override.group.id`, by default `connect-` and the name |
/// | `auto.offset.reset` and others of the consumer | `consumer.override.…` |
/// | `http.listen` | none: Connect has its own |
final class ConnectorSettings {

  static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  private static final String NAME = "name";
  private static final String OVERRIDE = "consumer.override.";
  private static final String KEY_CONVERTER = "key.converter";
  private static final String VALUE_CONVERTER = "value.converter";
  private static final String TASKS = "tasks.max";
  private static final String TRANSFORMS = "transforms";
  private static final String ISOLATION = OVERRIDE + ConsumerConfig.ISOLATION_LEVEL_CONFIG;
  private static final String COMMITTED = "read_committed";
  private static final String AUTO_COMMIT = OVERRIDE + ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
  private static final String GROUP = OVERRIDE + ConsumerConfig.GROUP_ID_CONFIG;
  private static final String LETTERS = "errors.deadletterqueue.topic.name";

  /// Connect's own names of a connector and of a task, and the beginnings of those that it lets
  /// others choose.
  private static final Set<String> OF_CONNECT =
      Set.of(
          NAME,
          "connector.class",
          "connector.plugin.version",
          "task.class",
          TASKS,
          "tasks.max.enforce",
          SinkTask.TOPICS_CONFIG,
          SinkTask.TOPICS_REGEX_CONFIG,
          KEY_CONVERTER,
          VALUE_CONVERTER,
          "header.converter",
          "config.action.reload",
          TRANSFORMS,
          "predicates");

  private static final List<String> PREFIXES_OF_CONNECT =
      List.of(
          KEY_CONVERTER + ".",
          VALUE_CONVERTER + ".",
          "header.converter.",
          "transforms.",
          "predicates.",
          "errors.",
          OVERRIDE,
          "producer.override.",
          "admin.override.");

  /// Keys of the role for which Connect has others.
  private static final Map<String, String> INSTEAD =
      Map.of(
          SinkSettings.TOPIC.key(),
          SinkTask.TOPICS_CONFIG,
          SinkSettings.GROUP.key(),
          GROUP,
          SinkSettings.START.key(),
          OVERRIDE + SinkSettings.START.key(),
          "http.listen",
          "the REST interface and JMX of Connect");

  private ConnectorSettings() {}

  /// As Connect shows it to users.
  static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    for (Setting<?> setting : SinkSettings.DECLARED.own()) {
      if (!INSTEAD.containsKey(setting.key())) {
        define(definition, setting);
      }
    }
    return definition;
  }

  private static void define(ConfigDef definition, Setting<?> setting) {
    definition.define(
        setting.key(),
        Secrets.isSecret(setting.key()) ? ConfigDef.Type.PASSWORD : ConfigDef.Type.STRING,
        setting.fallback().map(Object.class::cast).orElse(ConfigDef.NO_DEFAULT_VALUE),
        ConfigDef.LambdaValidator.with(
            (key, value) -> check(setting, value), () -> setting.parser().expected()),
        ConfigDef.Importance.MEDIUM,
        setting.meaning() + " " + setting.consequence());
  }

  private static void check(Setting<?> setting, Object value) {
    String text = value instanceof Password secret ? secret.value() : String.valueOf(value);
    setting
        .problem(text)
        .ifPresent(
            what -> {
              throw new ConfigException(setting.key() + ": " + what);
            });
  }

  /// What is wrong beyond single values of known keys, by key.
  static Map<String, List<String>> problems(Map<String, String> given) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    BiConsumer<String, String> tell =
        (key, problem) -> found.computeIfAbsent(key, _ -> new ArrayList<>()).add(problem);
    given.keySet().forEach(key -> checkKey(key, tell));
    checkBytes(given, KEY_CONVERTER, tell);
    checkBytes(given, VALUE_CONVERTER, tell);
    checkReading(given, tell);
    checkTopic(given, tell);
    checkDestination(given, tell);
    return found;
  }

  private static void checkKey(String key, BiConsumer<String, String> tell) {
    if (isOfConnect(key)) {
      return;
    }
    if (INSTEAD.containsKey(key)) {
      tell.accept(key, "belongs to tasktrail sink; a connector has " + INSTEAD.get(key));
    } else if (!SinkSettings.DECLARED.knows(key)) {
      tell.accept(
          key,
          "unknown key"
              + SinkSettings.DECLARED
                  .like(key)
                  .map(known -> ", did you mean '" + known + "'?")
                  .orElse(""));
    } else if (isOfConsumerAlone(key)) {
      tell.accept(key, "has no effect here; write " + OVERRIDE + key);
    }
  }

  private static boolean isOfConnect(String key) {
    return OF_CONNECT.contains(key) || PREFIXES_OF_CONNECT.stream().anyMatch(key::startsWith);
  }

  private static boolean isOfConsumerAlone(String key) {
    return ConsumerConfig.configNames().contains(key)
        && !ProducerConfig.configNames().contains(key)
        && !AdminClientConfig.configNames().contains(key);
  }

  private static void checkBytes(
      Map<String, String> given, String key, BiConsumer<String, String> tell) {
    if (!BYTES.equals(given.get(key))) {
      tell.accept(
          key, "must be " + BYTES + ": records are decoded here, dead letters keep their bytes");
    }
  }

  private static void checkReading(Map<String, String> given, BiConsumer<String, String> tell) {
    if (!COMMITTED.equals(given.get(ISOLATION))) {
      tell.accept(ISOLATION, "must be " + COMMITTED + ": else aborted events would be delivered");
    }
    if (!"false".equals(given.getOrDefault(AUTO_COMMIT, "false"))) {
      tell.accept(AUTO_COMMIT, "must be false: offsets move when events are durable");
    }
    if (!given.getOrDefault(TRANSFORMS, "").isBlank()) {
      tell.accept(TRANSFORMS, "can't be used: values are bytes here; filter behind this sink");
    }
    if (!given.getOrDefault(LETTERS, "").isBlank()) {
      tell.accept(LETTERS, "can't be used; write " + SinkSettings.DEAD_LETTERS.key());
    }
  }

  private static void checkTopic(Map<String, String> given, BiConsumer<String, String> tell) {
    String topics = given.getOrDefault(SinkTask.TOPICS_CONFIG, "");
    if (topics.isBlank() || topics.contains(",")) {
      tell.accept(
          SinkTask.TOPICS_CONFIG,
          "must be one topic, such as " + SinkSettings.TOPIC.fallback().orElseThrow());
    }
  }

  private static void checkDestination(Map<String, String> given, BiConsumer<String, String> tell) {
    Settings settings;
    try {
      settings = settings(given);
    } catch (Failure wrongValues) {
      return;
    }
    String name = settings.get(SinkSettings.DESTINATION);
    if (!Destinations.isShared(name) && !"1".equals(given.getOrDefault(TASKS, "1"))) {
      tell.accept(TASKS, "must be 1: " + name + " has one writer");
    }
    try {
      Destinations.of(settings).close();
    } catch (Failure | IOException contradiction) {
      tell.accept(SinkSettings.DESTINATION.key(), contradiction.getMessage());
    }
  }

  /// What a connector is told, as the role's settings.
  ///
  /// @throws Failure if a value is wrong
  static Settings settings(Map<String, String> given) {
    Map<String, String> own = new HashMap<>(given);
    own.keySet()
        .removeIf(
            key ->
                isOfConnect(key) || INSTEAD.containsKey(key) || !SinkSettings.DECLARED.knows(key));
    own.put(
        SinkSettings.TOPIC.key(),
        given.getOrDefault(SinkTask.TOPICS_CONFIG, SinkSettings.TOPIC.fallback().orElseThrow()));
    own.put(SinkSettings.GROUP.key(), given.getOrDefault(GROUP, "connect-" + given.get(NAME)));
    return Settings.of(SinkSettings.DECLARED, own);
  }

  /// The role's settings, as a connector is told them.
  static Map<String, String> of(String name, Settings settings) {
    Map<String, String> told = new TreeMap<>();
    told.put(NAME, name);
    told.put("connector.class", TasktrailSinkConnector.class.getName());
    told.put(TASKS, "1");
    told.put(SinkTask.TOPICS_CONFIG, settings.get(SinkSettings.TOPIC));
    told.put(KEY_CONVERTER, BYTES);
    told.put(VALUE_CONVERTER, BYTES);
    told.put("header.converter", BYTES);
    settings
        .where(key -> !INSTEAD.containsKey(key) && !isOfConsumerAlone(key))
        .forEach((key, value) -> told.put(key, value.toString()));
    SinkSettings.consumer(settings)
        .forEach((key, value) -> told.put(OVERRIDE + key, value.toString()));
    return told;
  }
}
