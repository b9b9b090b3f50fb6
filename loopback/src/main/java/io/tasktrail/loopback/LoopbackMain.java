package io.tasktrail.loopback;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A broker and a registry as a process of its own: for tests that kill it.
///
/// Prints one line to stdout when both answer, `ready` and then the two client settings by their
/// names. Ends in order on SIGTERM. Status 1 with one line on stderr: it did not start; 2: usage.
@Command(
    name = "loopback",
    description = "A Kafka broker and a schema registry on 127.0.0.1, for tests.",
    mixinStandardHelpOptions = true)
public final class LoopbackMain implements Callable<Integer> {

  static final String READY = "ready";

  private static final String BROKER_DIRECTORY = "broker";
  private static final String REGISTRY_FILE = "registry.json";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Where both keep what they hold; made if absent.")
  private Path data;

  @Option(
      names = "--port",
      defaultValue = "0",
      paramLabel = "P",
      description = "Port of the broker; 0, the default, for any free one.")
  private int port;

  @Option(
      names = "--registry-port",
      defaultValue = "0",
      paramLabel = "Q",
      description = "Port of the registry; 0, the default, for any free one.")
  private int registryPort;

  @Option(
      names = "--until-eof",
      description = "End, too, when standard input ends: when the one who started this has died.")
  private boolean untilEof;

  /// Runs until it is told to end.
  public static void main(String[] args) {
    System.setProperty(
        "org.slf4j.simpleLogger.defaultLogLevel",
        System.getProperty("org.slf4j.simpleLogger.defaultLogLevel", "error"));
    System.exit(
        new CommandLine(new LoopbackMain())
            .setExecutionExceptionHandler(LoopbackMain::told)
            .execute(args));
  }

  private static int told(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    command.getErr().println(failure.getMessage());
    return 1;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (LoopbackRegistry registry = registry();
        EmbeddedBroker broker = broker()) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(broker), "loopback-close"));
      System.out.printf(
          "%s bootstrap.servers=%s schema.registry.url=%s%n",
          READY, broker.bootstrapServers(), registry.url());
      awaitEnd();
    }
    return 0;
  }

  private LoopbackRegistry registry() throws IOException {
    return LoopbackRegistry.start(
        new LoopbackPort(registryPort, "--registry-port"), data.resolve(REGISTRY_FILE));
  }

  private EmbeddedBroker broker() throws IOException {
    return EmbeddedBroker.start(
        BrokerSettings.in(data.resolve(BROKER_DIRECTORY)).with(new LoopbackPort(port, "--port")));
  }

  private static void close(EmbeddedBroker broker) {
    try {
      broker.close();
    } catch (IOException e) {
      System.err.println("broker did not end in order: " + e.getMessage());
    }
  }

  private void awaitEnd() throws IOException, InterruptedException {
    if (untilEof) {
      System.in.transferTo(OutputStream.nullOutputStream());
    } else {
      new CountDownLatch(1).await();
    }
  }
}
