package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Amount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/// Options of `bench streams`.
public final class StreamsOptions {

  /// A part of the report.
  enum Section {
    THROUGHPUT,
    LATENCY,
    FOOTPRINT
  }

  @Option(
      names = "--events",
      paramLabel = "N",
      converter = Amount.class,
      defaultValue = "2000000",
      description = "streams: events of the stock (${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      converter = Amount.class,
      defaultValue = "1000000",
      description =
          "streams: live tasks that are restored; their heap is measured with a fifth of them"
              + " (${DEFAULT-VALUE}).")
  private int tasks;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "throughput|latency|footprint",
      description = "streams: these sections alone, joined by commas.")
  private Set<Section> sections = EnumSet.allOf(Section.class);

  @Option(
      names = "--variants",
      split = ",",
      paramLabel = "at_least_once|exactly_once|rocksdb",
      description = "streams: throughput and latency of these alone, joined by commas.")
  private Set<RoleVariant> variants = EnumSet.allOf(RoleVariant.class);

  @Option(
      names = "--profile",
      paramLabel = "FILE.jfr",
      description =
          "streams: records where the topology's JVMs spend their time (JDK Flight Recorder),"
              + " a file each, named after FILE and what was measured.")
  private Path profile;

  int events() {
    return events;
  }

  int tasks() {
    return tasks;
  }

  boolean has(Section section) {
    return sections.contains(section);
  }

  boolean has(RoleVariant variant) {
    return variants.contains(variant);
  }

  /// Of a JVM that runs the topology.
  ///
  /// @param heap as of -Xmx
  /// @param name of the measurement
  List<String> jvm(String heap, String name) {
    List<String> options = new ArrayList<>(List.of("-Xmx" + heap));
    if (profile != null) {
      // what the recorder says of itself must not stand between the answers on stdout
      options.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr"));
      options.add("-XX:StartFlightRecording=settings=profile,filename=" + file(name));
    }
    return options;
  }

  private Path file(String name) {
    Path absolute = profile.toAbsolutePath();
    String base = absolute.getFileName().toString().replaceFirst("\\.jfr$", "");
    return absolute.resolveSibling(base + "-" + name + ".jfr");
  }
}
