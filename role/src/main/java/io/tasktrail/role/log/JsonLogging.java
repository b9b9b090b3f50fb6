package io.tasktrail.role.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.slf4j.simple.SimpleLogger;

/// Configures `java.util.logging`, which makes one of these by itself where
/// `-Djava.util.logging.config.class` names it: JSON on standard error, by the levels of
/// `simplelogger.properties` and of the system properties of the same names.
public final class JsonLogging {

  private static final String CONFIG_CLASS = "java.util.logging.config.class";
  private static final String LEVELS = "/simplelogger.properties";

  /// Reads the levels, and tells them to `java.util.logging`.
  public JsonLogging() throws IOException {
    Properties given = new Properties();
    try (InputStream levels = JsonLogging.class.getResourceAsStream(LEVELS)) {
      given.load(levels);
    }
    given.putAll(System.getProperties());
    ByteArrayOutputStream configuration = new ByteArrayOutputStream();
    configuration(given).store(configuration, null);
    LogManager.getLogManager()
        .readConfiguration(new ByteArrayInputStream(configuration.toByteArray()));
  }

  /// Whether this JVM logs JSON.
  public static boolean isChosen() {
    return JsonLogging.class.getName().equals(System.getProperty(CONFIG_CLASS));
  }

  /// Logs more of our own.
  public static void more() {
    Ours.LOGGER.setLevel(Level.FINE);
  }

  /// Found when it is needed, not while the configuration is being read; and kept: a logger that
  /// nobody holds loses its level.
  private static final class Ours {
    private static final Logger LOGGER = Logger.getLogger("io.tasktrail");
  }

  /// The configuration of `java.util.logging` that says the same as that of SLF4J's simple
  /// provider.
  static Properties configuration(Properties simple) {
    Properties configuration = new Properties();
    configuration.put("handlers", "java.util.logging.ConsoleHandler");
    configuration.put("java.util.logging.ConsoleHandler.level", "ALL");
    configuration.put("java.util.logging.ConsoleHandler.formatter", JsonLines.class.getName());
    for (String key : simple.stringPropertyNames()) {
      loggerOf(key)
          .ifPresent(
              logger ->
                  configuration.put(
                      logger + ".level", LevelName.of(simple.getProperty(key)).ofJdk()));
    }
    return configuration;
  }

  /// The logger whose level a key of SLF4J's simple provider sets; that of the root has no name.
  private static Optional<String> loggerOf(String key) {
    if (key.equals(SimpleLogger.DEFAULT_LOG_LEVEL_KEY)) {
      return Optional.of("");
    }
    return key.startsWith(SimpleLogger.LOG_KEY_PREFIX)
        ? Optional.of(key.substring(SimpleLogger.LOG_KEY_PREFIX.length()))
        : Optional.empty();
  }
}
