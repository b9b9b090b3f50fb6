package io.tasktrail.bench;

import static java.util.stream.Collectors.joining;

import io.tasktrail.agent.mask.Masking;
import io.tasktrail.agent.mask.Rules;
import io.tasktrail.bench.stand.Table;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Image;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What it costs to look for secrets in as many arguments as one exec may have. Each line is masked
/// in turn, so that all of them meet the same machine.
final class MaskBench {

  private static final int BYTES = 64 << 10;
  private static final int WARM_UP = 60;
  private static final int CALLS = 5;

  /// A program and arguments, which are repeated.
  private static final List<List<String>> LINES =
      List.of(
          List.of("ls", "-l"),
          List.of("cc", "-I/usr/include/glib-2.0"),
          List.of("curl", "-s"),
          List.of("curl", "-u"),
          List.of("curl", "-u", "a:b"),
          List.of("curl", "-u", "a:b", "-u", "c:d"),
          List.of("curl", "--password=a", "--password=b"),
          List.of("mysql", "-pa"),
          List.of("mysql", "-pa", "-pb"),
          List.of("docker", "-p"),
          List.of("x", "a="),
          List.of("x", "--token"),
          List.of("env", "a"),
          List.of("env", "sh"),
          List.of("ssh", "a b"),
          List.of("ssh", "mysql -pa"),
          List.of("ssh", "curl -u a:b;curl -u c:d"),
          List.of("ls", ""));

  private MaskBench() {}

  static Table run(int rounds) {
    Masking masking = new Masking(Rules.of(Optional.empty(), List.of()));
    List<Arguments> all = LINES.stream().map(MaskBench::repeated).toList();
    long[][] nanos = new long[LINES.size()][rounds];
    for (int round = -WARM_UP; round < rounds; round++) {
      for (int line = 0; line < LINES.size(); line++) {
        long took = nanosOf(masking, image(LINES.get(line).getFirst()), all.get(line));
        if (round >= 0) {
          nanos[line][round] = took;
        }
      }
    }
    Table table = new Table("64 KiB of", "arguments", "µs of CPU", "of the first");
    for (int line = 0; line < LINES.size(); line++) {
      table.row(
          LINES.get(line).stream().map(MaskBench::quoted).collect(joining(" ", "", " …")),
          Integer.toString(all.get(line).values().size()),
          Long.toString(median(nanos[line]) / 1000),
          String.format(Locale.ROOT, "%.2f ×", 1.0 * median(nanos[line]) / median(nanos[0])));
    }
    return table.note("One thread, compiled by C1 alone, as the agent is.");
  }

  private static String quoted(String word) {
    return word.isEmpty() || word.contains(" ") ? "'" + word + "'" : word;
  }

  private static Arguments repeated(List<String> line) {
    List<ByteText> values = new ArrayList<>(List.of(ByteText.of(line.getFirst())));
    int bytes = line.getFirst().length() + 1;
    for (int word = 1; bytes < BYTES; word = word % (line.size() - 1) + 1) {
      values.add(ByteText.of(line.get(word)));
      bytes += line.get(word).length() + 1;
    }
    return new Arguments(values, values.size(), bytes, false);
  }

  private static Image image(String program) {
    ByteText file = ByteText.of("/usr/bin/" + program);
    return new Image(file, ByteText.EMPTY, file, 0, 0, false, false);
  }

  private static long nanosOf(Masking masking, Image image, Arguments arguments) {
    long before = cpuNanos();
    int left = 0;
    for (int call = 0; call < CALLS; call++) {
      left += masking.mask(image, arguments).values().size();
    }
    if (left != CALLS * arguments.values().size()) {
      throw new IllegalStateException("masking lost an argument");
    }
    return (cpuNanos() - before) / CALLS;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
