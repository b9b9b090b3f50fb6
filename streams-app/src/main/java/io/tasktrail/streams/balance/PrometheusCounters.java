package io.tasktrail.streams.balance;

import static java.util.stream.Collectors.toMap;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.event.Action;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.history.Bites;
import io.tasktrail.history.Bound;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// The counters as Prometheus reads them. Those of every outcome, reason and bound are there from
/// the beginning, at 0.
public final class PrometheusCounters implements FoldCounters {

  /// Of what the capture and the agent say of themselves: there is no history.
  private static final String NO_HISTORY = "none";

  private final CounterDataPoint read;
  private final Map<Outcome, CounterDataPoint> outcomes;
  private final Map<DeadLetterReason, CounterDataPoint> deadLetters;
  private final Map<Bound, CounterDataPoint> evictions;
  private final CounterDataPoint silentHosts;
  private final Counter auditEvents;

  /// @param registry receives the metrics
  public PrometheusCounters(PrometheusRegistry registry) {
    read = counter("tasktrail_events_read_total", "Records read from task-events.", registry);
    outcomes =
        counters(
            Outcome.class,
            counter(
                "tasktrail_events_outcome_total",
                "Records read, by what became of them; their sum is tasktrail_events_read_total.",
                registry,
                "outcome"));
    deadLetters =
        counters(
            DeadLetterReason.class,
            counter("tasktrail_dead_letters_total", "Dead letters.", registry, "reason"));
    evictions =
        counters(
            Bound.class,
            counter("tasktrail_evictions_total", "How often each bound bit.", registry, "reason"));
    silentHosts =
        counter(
                "tasktrail_silent_hosts_total",
                "Hosts forgotten because nothing was heard of them.",
                registry)
            .labelValues();
    auditEvents =
        counter(
            "tasktrail_audit_events_total",
            "Audit events written, corrections among them.",
            registry,
            "action",
            "completeness");
  }

  @Override
  public void read() {
    read.inc();
  }

  @Override
  public void emitted(List<AuditEvent> audited) {
    audited.forEach(this::emitted);
    outcomes.get(Outcome.EMITTED).inc();
  }

  private void emitted(AuditEvent audited) {
    String completeness =
        audited.task().map(task -> label(task.history().completeness())).orElse(NO_HISTORY);
    auditEvents.labelValues(Action.of(audited), completeness).inc();
  }

  @Override
  public void silent() {
    outcomes.get(Outcome.SILENT).inc();
  }

  @Override
  public void duplicate() {
    outcomes.get(Outcome.DUPLICATE).inc();
  }

  @Override
  public long deadLetter(DeadLetterReason reason) {
    outcomes.get(Outcome.DEAD_LETTER).inc();
    CounterDataPoint letters = deadLetters.get(reason);
    letters.inc();
    return letters.getLongValue();
  }

  @Override
  public void brokenOff() {
    outcomes.get(Outcome.BROKEN_OFF).inc();
  }

  @Override
  public void evicted(Bites before, Bites after) {
    if (!before.equals(after)) {
      evictions.forEach(
          (bound, counter) -> counter.inc(Math.max(0, after.of(bound) - before.of(bound))));
    }
  }

  @Override
  public void silentHosts(int hosts) {
    silentHosts.inc(hosts);
  }

  private static Counter counter(
      String name, String help, PrometheusRegistry registry, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private static <E extends Enum<E>> Map<E, CounterDataPoint> counters(
      Class<E> label, Counter counter) {
    return Arrays.stream(label.getEnumConstants())
        .collect(
            toMap(
                Function.identity(),
                value -> counter.labelValues(label(value)),
                (one, _) -> one,
                () -> new EnumMap<>(label)));
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
