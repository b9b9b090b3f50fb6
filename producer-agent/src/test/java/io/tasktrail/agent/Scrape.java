package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an agent tells over HTTP at one time.
///
/// @param values by name and labels, as they are written
record Scrape(Map<String, Double> values) {

  private static final Pattern LINE = Pattern.compile("([a-z_]+(?:\\{.*\\})?) (\\S+)");

  static Scrape of(URI agent) throws IOException, InterruptedException {
    return new Scrape(
        get(agent, "/metrics")
            .body()
            .lines()
            .map(LINE::matcher)
            .filter(Matcher::matches)
            .collect(
                Collectors.toMap(
                    line -> line.group(1), line -> Double.parseDouble(line.group(2)))));
  }

  static HttpResponse<String> get(URI agent, String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(agent.resolve(path)).build(), BodyHandlers.ofString());
    }
  }

  /// All values of a metric, over its labels.
  long sum(String name) {
    return values.entrySet().stream()
        .filter(one -> one.getKey().equals(name) || one.getKey().startsWith(name + "{"))
        .mapToLong(one -> one.getValue().longValue())
        .sum();
  }

  double get(String nameAndLabels) {
    return values.getOrDefault(nameAndLabels, 0.0);
  }

  Scrape assertBalanced() {
    long found =
        Stream.of(
                "tasktrail_acknowledged_events_total",
                "tasktrail_spooled_events",
                "tasktrail_in_flight_events",
                "tasktrail_unread_events",
                "tasktrail_passed_over_events_total",
                "tasktrail_shed_events_total",
                "tasktrail_lost_events_total")
            .mapToLong(this::sum)
            .sum();
    assertThat(found).as("%s", values).isEqualTo(sum("tasktrail_captured_events_total"));
    return this;
  }
}
