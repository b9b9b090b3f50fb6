package io.tasktrail.sink;

import io.tasktrail.role.ConfigOptions;
import io.tasktrail.role.Launch;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Settings;
import io.tasktrail.role.Shutdown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `tasktrail sink`.
@Command(
    name = "sink",
    description = "Ships events with their histories to a destination, until it is stopped.")
public final class SinkMain implements RoleCommand {

  @Mixin private ConfigOptions config = new ConfigOptions();

  /// The command line.
  public static void main(String... args) {
    Launch.main(new SinkMain(), args);
  }

  @Override
  public void run(Shutdown shutdown) throws Exception {
    Settings settings = config.settings(SinkSettings.DECLARED);
    shutdown.closing(SinkRole.start(settings, shutdown::failed));
    shutdown.await();
  }
}
