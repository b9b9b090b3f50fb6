package io.tasktrail.bench;

import io.tasktrail.bench.stand.Child;
import io.tasktrail.bench.stand.Machine;
import io.tasktrail.bench.stand.Patience;
import io.tasktrail.bench.stand.Sample;
import io.tasktrail.bench.stand.Scratch;
import io.tasktrail.bench.stand.Table;
import io.tasktrail.role.Shutdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From the kernel's time of an exec to its line in the file, nothing else being done.
///
/// @param count execs
record LatencyBench(int count) {

  private static final Logger LOG = LoggerFactory.getLogger(LatencyBench.class);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int PAUSE_MICROS = (int) (PAUSE.toNanos() / 1000);
  private static final int WARM_UP = 50;

  /// How often the file is looked at: the error of a latency.
  private static final Duration LOOK = Duration.ofNanos(500_000);

  private static final Duration LOOK_FOR_START = Duration.ofMillis(200);

  /// Over the time that the execs take.
  private static final Duration SPARE = Duration.ofMinutes(3);

  private static final Pattern EXEC =
      Pattern.compile(
          "\\{\"@timestamp\":\"([^\"]+)\".*\"action\":\"exec\".*\"name\":\""
              + Storm.PROGRAM
              + "\".*");

  Table run(Shutdown shutdown) throws Exception {
    Machine.requireCapture();
    Scratch scratch = shutdown.closing(Scratch.make());
    Storm storm = Storm.compile(scratch);
    Path out = Files.createDirectory(scratch.file("out"));
    Patience starting = new Patience(shutdown, SPARE, LOOK_FOR_START);
    Child demo = shutdown.closing(demo(scratch, out));
    LOG.info("starting the demo");
    Path lines = out.resolve("audit-events.ecs.jsonl");
    starting.until("the demo's output", () -> started(demo, lines));
    try (Tail tail = new Tail(lines)) {
      starting.until("an exec in " + lines, () -> seesOne(tail, storm));
      LOG.info("warming up");
      Patience patience = new Patience(shutdown, limit(), LOOK);
      latencies(WARM_UP, storm, tail, patience);
      LOG.info("{} execs, one each {} ms", count, PAUSE.toMillis());
      Sample way = latencies(count, storm, tail, patience);
      LOG.info("the yardstick");
      Sample trip = new RoundTrip(bootstrapServers(out)).millis(count, PAUSE_MICROS);
      return table(way, trip);
    }
  }

  private Child demo(Scratch scratch, Path out) throws IOException {
    return Child.role(
        scratch.file("demo.log"),
        "demo",
        "--out=" + out,
        "--for=" + limit().plus(limit()).toSeconds() + "s");
  }

  private Duration limit() {
    return SPARE.plus(PAUSE.multipliedBy(2L * count));
  }

  private static boolean started(Child demo, Path lines) throws IOException {
    demo.requireAlive();
    return Files.exists(lines);
  }

  private static boolean seesOne(Tail tail, Storm storm) throws Exception {
    storm.one();
    return tail.read().stream().anyMatch(line -> EXEC.matcher(line).matches());
  }

  /// Latencies of so many execs, in milliseconds.
  private static Sample latencies(int execs, Storm storm, Tail tail, Patience patience)
      throws Exception {
    Instant begin = Instant.now();
    List<Double> millis = new ArrayList<>();
    try (Child _ = storm.start(execs, PAUSE_MICROS)) {
      patience.until("the lines of all execs", () -> look(tail, begin, millis) >= execs);
    }
    return Sample.of(millis, each -> each);
  }

  private static int look(Tail tail, Instant begin, List<Double> millis) throws IOException {
    List<String> fresh = tail.read();
    Instant now = Instant.now();
    for (String line : fresh) {
      Matcher exec = EXEC.matcher(line);
      if (exec.matches()) {
        Instant then = Instant.parse(exec.group(1));
        if (then.isAfter(begin)) {
          millis.add(then.until(now, ChronoUnit.NANOS) / 1e6);
        }
      }
    }
    return millis.size();
  }

  private static String bootstrapServers(Path out) throws IOException {
    Properties addresses = new Properties();
    try (var text = Files.newBufferedReader(out.resolve("demo.properties"))) {
      addresses.load(text);
    }
    return addresses.getProperty("bootstrap.servers");
  }

  private Table table(Sample way, Sample trip) {
    Table table = new Table("milliseconds", "p50", "p90", "p99", "max");
    return table
        .row(row("exec → line in the file", way))
        .row(row("produce → consume, same broker", trip))
        .note(
            "%d each, one every %d ms on average, at random moments; looked for every %.1f ms"
                .formatted(count, PAUSE.toMillis(), LOOK.toNanos() / 1e6));
  }

  private static String[] row(String name, Sample millis) {
    return new String[] {
      name,
      "%.1f".formatted(millis.median()),
      "%.1f".formatted(millis.percentile(90)),
      "%.1f".formatted(millis.percentile(99)),
      "%.1f".formatted(millis.max())
    };
  }
}
