package io.tasktrail.streams.hosts;

import static java.util.stream.Collectors.joining;

import io.tasktrail.event.AgentReport;
import io.tasktrail.event.HostStatus;
import io.tasktrail.streams.hosts.KnownHost.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Hosts as a list to read: a line each, those that need somebody first.
///
/// @param now by which silence is measured
/// @param silentAfter how long a running agent may say nothing
public record HostList(Instant now, Duration silentAfter) {

  private static final List<String> HEAD =
      List.of(
          "HOST",
          "STATE",
          "HEARD",
          "BEHIND",
          "VERSION",
          "SOURCE",
          "KERNEL",
          "ARMED BY",
          "LOST",
          "CAPABILITIES",
          "HOST ID");

  private static final List<State> URGENCY =
      List.of(State.BLIND, State.SILENT, State.STOPPED, State.RUNNING);

  /// A difference of clocks, or of sending, that says nothing.
  private static final Duration BEHIND_LEAST = Duration.ofMinutes(1);

  /// The lines, aligned, under a head.
  public List<String> lines(Collection<KnownHost> hosts) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    hosts.stream()
        .sorted(
            Comparator.<KnownHost>comparingInt(host -> URGENCY.indexOf(state(host)))
                .thenComparing(host -> host.status().hostName())
                .thenComparing(host -> host.status().host().toString()))
        .map(this::row)
        .forEach(rows::add);
    return aligned(rows);
  }

  /// How many there are of each state, in one line.
  public String summary(Collection<KnownHost> hosts) {
    Map<State, Integer> count = new EnumMap<>(State.class);
    hosts.forEach(host -> count.merge(state(host), 1, Integer::sum));
    String states =
        URGENCY.stream()
            .filter(count::containsKey)
            .map(state -> count.get(state) + " " + name(state))
            .collect(joining(", "));
    return hosts.size() == 1 ? "1 host: " + states : hosts.size() + " hosts: " + states;
  }

  private State state(KnownHost host) {
    return host.state(now, silentAfter);
  }

  private static String name(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private List<String> row(KnownHost host) {
    HostStatus status = host.status();
    Optional<AgentReport> report = status.report();
    Duration behind = host.behind();
    return List.of(
        shown(status.hostName()),
        name(state(host)),
        rounded(host.since(now)) + " ago",
        behind.abs().compareTo(BEHIND_LEAST) < 0 ? "-" : rounded(behind),
        shown(report.map(AgentReport::version).orElse("")),
        shown(report.map(AgentReport::source).orElse("")),
        shown(report.map(AgentReport::kernel).orElse("")),
        shown(report.map(AgentReport::armedBy).orElse("")),
        Long.toString(status.lost()),
        shown(report.map(it -> String.join(",", it.capabilities())).orElse("")),
        status.host().toString());
  }

  /// A host may call itself anything: whatever is not printable ASCII can't reach a terminal.
  private static String shown(String text) {
    return text.isEmpty() ? "-" : text.replaceAll("[^\\x21-\\x7e]", "?");
  }

  /// The two greatest units are more than anybody asks for.
  private static String rounded(Duration time) {
    String sign = time.isNegative() ? "-" : "";
    Duration length = time.abs();
    if (length.toDays() > 1) {
      return sign + length.toDays() + " d";
    }
    if (length.toHours() > 1) {
      return sign + length.toHours() + " h";
    }
    return length.toMinutes() > 1
        ? sign + length.toMinutes() + " min"
        : sign + length.toSeconds() + " s";
  }

  private static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      line.append(row.get(column)).repeat(' ', widths[column] - row.get(column).length() + 2);
    }
    return line.toString().stripTrailing();
  }
}
