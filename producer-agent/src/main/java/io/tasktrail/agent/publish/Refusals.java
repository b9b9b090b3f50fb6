package io.tasktrail.agent.publish;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// How often the brokers refused who a producer is.
///
/// A producer that was refused once is of no more use, even where the refusal is over: Kafka 4.3.1
/// loses its request for a producer id when the connection that it would take is refused
/// (`Sender.runOnce`), and holds each record for ever then, with a processor busy waiting.
///
/// @param count Kafka's own; empty where the producer has none
record Refusals(Optional<Metric> count) {

  private static final String COUNT = "failed-authentication-total";

  static Refusals of(Producer<?, ?> producer) {
    return new Refusals(
        producer.metrics().entrySet().stream()
            .filter(each -> isCount(each.getKey()))
            .map(Map.Entry<MetricName, ? extends Metric>::getValue)
            .map(Metric.class::cast)
            .findFirst());
  }

  private static boolean isCount(MetricName name) {
    return name.name().equals(COUNT) && name.group().equals("producer-metrics");
  }

  boolean isAny() {
    return count.isPresent() && ((Number) count.get().metricValue()).doubleValue() > 0;
  }
}
