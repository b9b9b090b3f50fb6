package io.tasktrail.streams;

import io.tasktrail.event.HostStatus;
import io.tasktrail.role.ConfigOptions;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Launch;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Shutdown;
import io.tasktrail.role.TimeSpan;
import io.tasktrail.streams.hosts.HostList;
import io.tasktrail.streams.hosts.HostTable;
import io.tasktrail.streams.hosts.KnownHost;
import io.tasktrail.streams.letters.Fault;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tasktrail hosts --config FILE`: one line a host on standard output, how many there are of each
/// state on standard error.
@Command(
    name = "hosts",
    description = "Tells which hosts run what, and which are silent; settings of the role streams.")
public final class HostsMain implements RoleCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Option(
      names = "--silent-after",
      paramLabel = "TIME",
      defaultValue = "1m",
      converter = TimeSpan.class,
      description =
          "A running agent that says nothing for so long is silent; default ${DEFAULT-VALUE}.")
  private Duration silentAfter;

  @Mixin private ConfigOptions config;

  /// Runs the command as the whole of this JVM.
  public static void main(String[] args) {
    Launch.main(new HostsMain(), args);
  }

  @Override
  public void run(Shutdown shutdown) {
    StreamsSettings settings = StreamsSettings.of(config.settings(StreamsSettings.declared()));
    try (Consumer<String, HostStatus> consumer = KafkaClients.hosts(settings)) {
      show(new HostTable(consumer, PATIENCE).read());
    } catch (KafkaException refused) {
      throw new Failure(
          Fault.root(refused).getMessage(),
          "Kafka at " + settings.bootstrapServers(),
          "check bootstrap.servers, schema.registry.url and the security settings;"
              + " tasktrail topics --check looks at the topics",
          refused);
    }
  }

  private void show(Collection<KnownHost> hosts) {
    HostList list = new HostList(Instant.now(), silentAfter);
    PrintWriter out = spec.commandLine().getOut();
    list.lines(hosts).forEach(out::println);
    out.flush();
    spec.commandLine().getErr().println(list.summary(hosts));
  }
}
