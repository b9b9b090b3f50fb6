package io.tasktrail.bench;

import io.tasktrail.role.Launch;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Shutdown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tasktrail bench agent|latency|streams`.
@Command(
    name = "bench",
    description = {
      "Measures on this machine, each figure beside a yardstick of the same run, and prints a"
          + " table. Takes some minutes; whatever else runs on the machine shows in the figures.",
      "",
      "agent: what capturing costs in a storm of short programs, beside no capture, bpftrace and"
          + " forkstat (where installed). Needs root and a C compiler.",
      "latency: from an exec to its line in a file, the pipeline at rest, beside the way of a"
          + " record through the same broker. Needs root and a C compiler.",
      "streams: events/s through the topology, one thread, beside the same work without Kafka"
          + " Streams, and beside the fold alone.",
      ""
    })
public final class BenchMain implements RoleCommand {

  /// What is measured.
  enum Subject {
    AGENT,
    LATENCY,
    STREAMS
  }

  @Parameters(paramLabel = "agent|latency|streams", description = "What to measure.")
  private Subject subject;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Amount.class,
      description = "Programs of the storm (10000), execs (200), events (200000).")
  private Integer count;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      converter = Amount.class,
      defaultValue = "3",
      description = "Rounds of agent and streams, whose medians are shown (${DEFAULT-VALUE}).")
  private int rounds;

  /// Runs it as the whole of this JVM.
  public static void main(String[] args) {
    Launch.main(new BenchMain(), args);
  }

  @Override
  public void run(Shutdown shutdown) throws Exception {
    String machine = Machine.line();
    Table table =
        switch (subject) {
          case AGENT -> new AgentBench(countOr(10_000), rounds).run(shutdown);
          case LATENCY -> new LatencyBench(countOr(200)).run(shutdown);
          case STREAMS -> new StreamsBench(countOr(200_000), rounds).run(shutdown);
        };
    System.out.println(machine);
    System.out.print(table);
  }

  private int countOr(int usual) {
    return count == null ? usual : count;
  }
}
