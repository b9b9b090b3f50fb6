package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Patience;
import io.tasktrail.bench.stand.Scratch;
import io.tasktrail.role.Shutdown;
import io.tasktrail.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/// The yardstick of what Kafka Streams itself costs: one thread, bytes in, the same bytes out, no
/// state, at least once.
record PassWork(Map<String, ?> addresses, Shutdown shutdown) implements Work {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(5);

  /// Hands on what it gets.
  private static final class Pass extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    private final AtomicLong passed;

    Pass(AtomicLong passed) {
      this.passed = passed;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      context().forward(record);
      passed.lazySet(passed.getPlain() + 1);
    }
  }

  @Override
  public void once(int events) throws Exception {
    AtomicLong passed = new AtomicLong();
    Patience patience = new Patience(shutdown, LIMIT, LOOK);
    try (Scratch scratch = Scratch.make();
        KafkaStreams streams = new KafkaStreams(topology(passed), settings(scratch))) {
      streams.start();
      patience.until("the first event", () -> passed.get() > 0);
      Stopwatch.sayBegun(passed.get());
      patience.until("the last event", () -> passed.get() >= events);
      Stopwatch.sayDone(passed.get());
    }
  }

  private static Topology topology(AtomicLong passed) {
    return new Topology()
        .addSource(AutoOffsetReset.earliest(), "in", Topics.TASK_EVENTS)
        .addProcessor("pass", () -> new Pass(passed), "in")
        .addSink("out", Topics.AUDIT_EVENTS, "pass");
  }

  private Properties settings(Scratch scratch) {
    Properties settings = new Properties();
    settings.putAll(addresses);
    settings.put("application.id", "tasktrail-bench-" + UUID.randomUUID());
    settings.put("state.dir", scratch.folder().toString());
    settings.put("processing.guarantee", "at_least_once");
    settings.put("commit.interval.ms", 1000);
    settings.put("default.key.serde", Serdes.ByteArray().getClass());
    settings.put("default.value.serde", Serdes.ByteArray().getClass());
    ProducerSettings.OF_TOPOLOGY.forEach((key, value) -> settings.put("producer." + key, value));
    return settings;
  }
}
