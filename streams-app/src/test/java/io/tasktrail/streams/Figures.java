package io.tasktrail.streams;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The metrics of a role as Prometheus reads them, and what must hold of them at any time.
///
/// @param values by name and labels, as they are written: `tasktrail_lag_records{partition="0"}`
public record Figures(Map<String, Double> values) {

  private static final Pattern LINE = Pattern.compile("([a-z_]+(?:\\{.*\\})?) (\\S+)");

  /// What a role tells over HTTP.
  ///
  /// @param role its address, without a path
  public static Figures at(URI role) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var told =
          client.send(
              HttpRequest.newBuilder(role.resolve("/metrics")).build(), BodyHandlers.ofString());
      assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
      return parse(told.body());
    }
  }

  /// What a registry would tell.
  static Figures of(PrometheusRegistry metrics) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, metrics.scrape());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return parse(text.toString(StandardCharsets.UTF_8));
  }

  private static Figures parse(String text) {
    return new Figures(
        text.lines()
            .map(LINE::matcher)
            .filter(Matcher::matches)
            .collect(
                groupingBy(
                    line -> line.group(1),
                    summingDouble(line -> Double.parseDouble(line.group(2))))));
  }

  /// One figure; 0 when it is not told.
  long get(String nameAndLabels) {
    return values.getOrDefault(nameAndLabels, 0.0).longValue();
  }

  /// Records read whose outcome was this.
  long outcome(String outcome) {
    return get("tasktrail_events_outcome_total{outcome=\"%s\"}".formatted(outcome));
  }

  long read() {
    return get("tasktrail_events_read_total");
  }

  /// All values of a metric, over its labels.
  long sum(String name) {
    return values.entrySet().stream()
        .filter(one -> one.getKey().equals(name) || one.getKey().startsWith(name + "{"))
        .mapToLong(one -> one.getValue().longValue())
        .sum();
  }

  /// read = emitted + silent + duplicates + dead letters, and nothing was broken off.
  Figures assertBalanced() {
    assertThat(outcome("broken_off")).as("broken off").isZero();
    return assertAccounted();
  }

  /// The same where a broker or the registry was away: what was broken off is read again.
  public Figures assertAccounted() {
    assertThat(sum("tasktrail_events_outcome_total")).as("sum of outcomes").isEqualTo(read());
    assertThat(sum("tasktrail_dead_letters_total"))
        .as("dead letters by reason")
        .isEqualTo(outcome("dead_letter"));
    return this;
  }
}
