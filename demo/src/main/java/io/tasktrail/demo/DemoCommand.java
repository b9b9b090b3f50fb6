package io.tasktrail.demo;

import io.tasktrail.agent.filter.FilterRules;
import io.tasktrail.loopback.LoopbackPort;
import io.tasktrail.role.Failure;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Shutdown;
import io.tasktrail.role.TimeSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The options of `tasktrail demo`.
@Command(
    name = "demo",
    description = {
      "Runs the whole pipeline in one JVM: live capture of this machine, an embedded Kafka broker,",
      "the topology, the file sink. Prints one history a line as things happen; ends by Ctrl-C."
    })
final class DemoCommand implements RoleCommand {

  private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);
  private static final Path SAMPLES =
      Path.of(System.getProperty("tasktrail.home", ".")).resolve("samples");

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Ends so long after the capture is armed, once everything is drained: 20s, 5m.")
  private Duration limit;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "Keeps audit-events.ecs.jsonl, one document a line, capture.avro, which --input and replay",
        "read, and demo.properties, the addresses of broker and registry while the demo runs."
      })
  private Path out;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Replays capture files instead of capturing this machine.")
  private List<Path> inputs = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      split = ",",
      description = "Keeps the events in these formats too: ${COMPLETION-CANDIDATES}.",
      completionCandidates = FormatNames.class)
  private List<String> formats = new ArrayList<>();

  @Option(
      names = "--ring",
      paramLabel = "BYTES",
      defaultValue = "8388608",
      description = "Size of the kernel's ring buffer, a power of two (${DEFAULT-VALUE}).")
  private long ringBytes;

  @Option(
      names = "--filter",
      paramLabel = "FILE",
      description = "Rules of what nobody is told of, as the agent's filter.rules.")
  private Path filter;

  @Option(
      names = "--control",
      paramLabel = "FILE",
      description = "A unix socket for tasktrail agent ctl, as the agent's control.socket.")
  private Path control;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the broker on 127.0.0.1; 0: any that is free.")
  private int port;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the schema registry on 127.0.0.1; 0: any that is free.")
  private int registryPort;

  @Override
  public void run(Shutdown shutdown) throws Exception {
    Armer armer = Armer.ofLauncher();
    Filtering filtering = filtering();
    List<Path> recordings = recordings(armer);
    OutFolder folder = shutdown.closing(OutFolder.open(out));
    Backbone backbone =
        shutdown.closing(
            Backbone.start(
                folder,
                new LoopbackPort(port, "--port"),
                new LoopbackPort(registryPort, "--registry-port")));
    Demo demo = Demo.start(folder, backbone, formats, shutdown);
    if (recordings.isEmpty()) {
      demo.live(armer, ringBytes, filtering, Optional.ofNullable(limit));
    } else {
      demo.replay(recordings);
    }
  }

  private Filtering filtering() {
    return new Filtering(
        filter == null ? FilterRules.NONE : FilterRules.of(filter), Optional.ofNullable(control));
  }

  /// What to replay; nothing when this machine can be captured and the user wants no other.
  private List<Path> recordings(Armer armer) {
    if (!inputs.isEmpty()) {
      return inputs;
    }
    List<String> hindrances = armer.hindrances();
    if (hindrances.isEmpty()) {
      return List.of();
    }
    List<Path> samples = samples();
    LOG.info("{}: replaying the sample capture {} instead", String.join("; ", hindrances), samples);
    return samples;
  }

  private static List<Path> samples() {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".avro")).sorted().toList();
    } catch (IOException cause) {
      throw new Failure(
          "no sample capture to replay", SAMPLES.toString(), "name one with --input", cause);
    }
  }
}
