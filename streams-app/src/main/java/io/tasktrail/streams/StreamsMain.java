package io.tasktrail.streams;

import io.tasktrail.role.ConfigOptions;
import io.tasktrail.role.Launch;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Shutdown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `tasktrail streams --config FILE`.
@Command(
    name = "streams",
    description = "Folds the events of all hosts into the histories of their tasks.")
public final class StreamsMain implements RoleCommand {

  @Mixin private ConfigOptions config;

  /// Runs the role as the whole of this JVM.
  public static void main(String[] args) {
    Launch.main(new StreamsMain(), args);
  }

  @Override
  public void run(Shutdown shutdown) throws Exception {
    StreamsSettings settings = StreamsSettings.of(config.settings(StreamsSettings.declared()));
    new StreamsRole(settings, shutdown).start();
    shutdown.await();
  }
}
