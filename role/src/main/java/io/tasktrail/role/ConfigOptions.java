package io.tasktrail.role;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/// The options by which every role is given its settings; a picocli mixin.
public final class ConfigOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings: a Java properties file; without it, everything is the default.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting over those of the file; may be given many times.")
  private List<String> overrides = new ArrayList<>();

  /// The settings, checked; what is in effect is logged.
  ///
  /// @throws Failure with every problem
  public Settings settings(Declared declared) {
    Settings settings = Settings.read(declared, Optional.ofNullable(config), overrides);
    LoggerFactory.getLogger(ConfigOptions.class)
        .atDebug()
        .log(() -> "settings in effect:\n" + settings);
    return settings;
  }
}
