package io.tasktrail.bench;

import io.tasktrail.bench.sink.SinkBench;
import io.tasktrail.bench.stand.Amount;
import io.tasktrail.bench.stand.Machine;
import io.tasktrail.bench.stand.Table;
import io.tasktrail.bench.streams.StreamsBench;
import io.tasktrail.bench.streams.StreamsOptions;
import io.tasktrail.role.Launch;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Shutdown;
import io.tasktrail.role.TimeSpan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tasktrail bench agent|pace|latency|mask|streams|sink`.
@Command(
    name = "bench",
    description = {
      "Measures on this machine, each figure beside a yardstick of the same run, and prints a"
          + " table. Takes some minutes; whatever else runs on the machine shows in the figures.",
      "",
      "agent: what capturing costs in a storm of short programs, beside no capture, auditd, auditd"
          + " with LAUREL, bpftrace and forkstat (where installed). Needs root and a C compiler.",
      "pace: the same at an even rate over a long time: the agent's processor time and memory, its"
          + " start, and what it costs while nothing happens. Needs root and a C compiler.",
      "latency: from an exec to its line in a file, the pipeline at rest, beside the way of a"
          + " record through the same broker. Needs root and a C compiler.",
      "mask: processor time for secrets in 64 KiB of arguments, hostile ones beside ordinary ones.",
      "streams: what the topology writes against the fold alone and replay, then its throughput,"
          + " latency and footprint, one thread, beside the same work without Kafka Streams, against"
          + " the project's goals.",
      "sink: from the topic into a real OpenSearch, beside a loader that sends the same documents,"
          + " made before, into the same store.",
      ""
    })
public final class BenchMain implements RoleCommand {

  /// What is measured.
  enum Subject {
    AGENT,
    PACE,
    LATENCY,
    MASK,
    STREAMS,
    SINK
  }

  @Parameters(paramLabel = "agent|pace|latency|mask|streams|sink", description = "What to measure.")
  private Subject subject;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Amount.class,
      description =
          "agent: programs of the storm (10000); latency: execs (200); sink: documents (200000).")
  private Integer count;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      converter = Amount.class,
      description = "agent (3), mask (41), streams (5), sink (3): rounds whose medians are shown.")
  private Integer rounds;

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = Amount.class,
      description = "pace: programs a second (1000).")
  private Integer rate;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "pace: how long (10m).")
  private Duration span;

  @Mixin private StreamsOptions streams;

  @Spec private CommandSpec command;

  /// Runs it as the whole of this JVM.
  public static void main(String[] args) {
    Launch.main(new BenchMain(), args);
  }

  @Override
  public void run(Shutdown shutdown) throws Exception {
    System.out.println(head());
    switch (subject) {
      case AGENT -> show(new AgentBench(or(count, 10_000), or(rounds, 3)).run(shutdown));
      case PACE ->
          show(new PaceBench(or(rate, 1000), or(span, Duration.ofMinutes(10))).run(shutdown));
      case LATENCY -> show(new LatencyBench(or(count, 200)).run(shutdown));
      case MASK -> show(MaskBench.run(or(rounds, 41)));
      case SINK -> show(new SinkBench(or(count, 200_000), or(rounds, 3)).run(shutdown));
      case STREAMS -> new StreamsBench(streams, or(rounds, 5)).run(shutdown, BenchMain::show);
    }
  }

  private static void show(Table table) {
    System.out.print("\n" + table);
  }

  private String head() throws IOException {
    return "tasktrail bench %s%n%s, %s"
        .formatted(
            String.join(" ", command.commandLine().getParseResult().originalArgs()),
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            Machine.line());
  }

  private static <T> T or(T given, T usual) {
    return given == null ? usual : given;
  }
}
