package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/// Options of `bench streams`.
public final class StreamsOptions {

  /// A part of the report.
  enum Section {
    /// Always there: what is wrong is not measured.
    CORRECTNESS,
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
      names = "--compared",
      paramLabel = "N",
      converter = Amount.class,
      defaultValue = "50000",
      description =
          "streams: events of which, before all else, each record that comes of them is compared"
              + " with what the fold alone, and replay, make of them (${DEFAULT-VALUE}).")
  private int compared;

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
      paramLabel = "correctness|throughput|latency|footprint",
      description =
          "streams: these sections alone, joined by commas; correctness comes with each of them.")
  private Set<Section> sections = EnumSet.allOf(Section.class);

  @Option(
      names = "--variants",
      split = ",",
      paramLabel = "at_least_once|exactly_once|rocksdb",
      description =
          "streams: correctness, throughput and latency of these alone, joined by commas.")
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

  int compared() {
    return compared;
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

  /// Where the JVM of a measurement is to write what it spent its time with, where that is wanted.
  Optional<Path> profile(String name) throws IOException {
    if (profile == null) {
      return Optional.empty();
    }
    Path file = profile.toAbsolutePath();
    Files.createDirectories(file.getParent());
    String base = file.getFileName().toString().replaceFirst("\\.jfr$", "");
    return Optional.of(file.resolveSibling(base + "-" + name + ".jfr"));
  }
}
