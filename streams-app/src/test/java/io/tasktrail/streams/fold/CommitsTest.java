package io.tasktrail.streams.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The driver commits after each record.
final class CommitsTest {

  private final Commits commits = new Commits();
  private final List<String> seen = new ArrayList<>();

  /// Asks for a commit when a record says so.
  private final class Asking implements Processor<String, String, Void, Void> {

    private Commits.Announced commit;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      commit = commits.of(context, () -> seen.add("write"));
    }

    @Override
    public void process(Record<String, String> record) {
      seen.add(record.value());
      if (record.value().equals("asks")) {
        commit.await();
        commit.await();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1024", "0"})
  void commitIsAnnouncedOnceToWhoAskedForIt(String cacheBytes) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, cacheBytes);
    try (var driver = new TopologyTestDriver(topology(), settings)) {
      var topic = driver.createInputTopic("topic", new StringSerializer(), new StringSerializer());
      List.of("asks", "does not", "asks").forEach(topic::pipeInput);
    }

    assertThat(seen.stream().filter(said -> !said.equals("write")))
        .containsExactly("asks", "does not", "asks");
    assertThat(String.join(" ", seen)).startsWith("asks write").contains("does not asks write");
  }

  private Topology topology() {
    return new Topology()
        .addSource("source", new StringDeserializer(), new StringDeserializer(), "topic")
        .addProcessor("asking", Asking::new, "source")
        .addStateStore(commits.store(), "asking");
  }
}
