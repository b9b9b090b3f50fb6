package io.tasktrail.role;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/// The options by which every role is given its settings; a picocli mixin.
public final class ConfigOptions {

  private static final Logger LOG = LoggerFactory.getLogger(ConfigOptions.class);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings: a Java properties file; without it, everything is the default.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "A setting over those of the file; may be given many times.",
        "None with a password in it: every user of the host can read a command line."
      })
  private List<String> overrides = new ArrayList<>();

  /// The settings, checked; what is in effect is logged, and which file with a secret in it others
  /// may read.
  ///
  /// @throws Failure with every problem, or for a secret on the command line
  public Settings settings(Declared declared) {
    Settings settings = Settings.read(declared, Optional.ofNullable(config), overrides);
    LOG.atDebug().log(() -> "settings in effect:\n" + settings);
    KeyFiles.warnings(settings, Optional.ofNullable(config)).forEach(LOG::warn);
    return settings;
  }
}
