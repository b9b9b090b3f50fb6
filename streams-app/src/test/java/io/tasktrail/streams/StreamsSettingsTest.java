package io.tasktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tasktrail.history.Bound;
import io.tasktrail.role.ExampleFile;
import io.tasktrail.role.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

final class StreamsSettingsTest {

  @Test
  void exampleTellsEachKeyWithItsDefaultAndConsequence() {
    assertThat(Path.of("src/main/config/streams.properties"))
        .hasContent(ExampleFile.render(StreamsSettings.INTRODUCTION, StreamsSettings.declared()));
  }

  @Test
  void defaultsAreTheDocumentedOnes() {
    assertThat(settings(Map.of()).streams())
        .contains(
            entry("processing.guarantee", "exactly_once_v2"),
            entry("commit.interval.ms", "100"),
            entry("producer.linger.ms", "20"),
            entry("producer.compression.type", "lz4"),
            entry("producer.batch.size", "131072"),
            entry("statestore.cache.max.bytes", 64L << 20),
            entry("replication.factor", "-1"),
            entry("topic.message.timestamp.type", "LogAppendTime"));
  }

  @Test
  void kafkaTakesThemAll() {
    StreamsConfig config = new StreamsConfig(settings(Map.of()).streams());

    assertThat(config.getProducerConfigs("client"))
        .contains(entry("linger.ms", "20"), entry("max.request.size", 4 << 20));
    assertThat(config.getLong("statestore.cache.max.bytes")).isEqualTo(64L << 20);
  }

  @Test
  void whatIsSetWins() {
    StreamsSettings settings =
        settings(
            Map.of(
                "producer.linger.ms", "50",
                "producer.max.request.size", "99",
                "statestore.cache.max.bytes", "1m",
                "fold.grace", "1m",
                "topics.partitions", "1",
                "topics.retention", "1d",
                "replication.factor", "3"));

    assertThat(settings.streams())
        .contains(
            entry("producer.linger.ms", "50"),
            entry("producer.max.request.size", "99"),
            entry("statestore.cache.max.bytes", 1L << 20));
    assertThat(settings.foldLimits().get(Bound.GRACE)).isEqualTo(60_000_000_000L);
    assertThat(settings.topics().partitions()).isEqualTo(1);
    assertThat(settings.topics().replicas()).isEqualTo((short) 3);
    assertThat(settings.topics().retention()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void othersSettingsGoWhereTheyBelong() {
    StreamsSettings settings =
        settings(
            Map.of(
                "security.protocol", "SASL_SSL",
                "admin.retries", "7",
                "main.consumer.max.poll.records", "10",
                "basic.auth.user.info", "me:secret"));

    assertThat(settings.admin())
        .contains(entry("security.protocol", "SASL_SSL"), entry("retries", "7"))
        .doesNotContainKeys("basic.auth.user.info", "admin.retries", "topics.partitions");
    assertThat(settings.registry()).contains(entry("basic.auth.user.info", "me:secret"));
    assertThat(settings.streams())
        .contains(entry("main.consumer.max.poll.records", "10"))
        .doesNotContainKeys("topics.partitions", "fold.grace");
  }

  @Test
  void unknownKeyIsAnErrorWithASuggestion() {
    assertThatThrownBy(() -> settings(Map.of("topics.partition", "3")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("unknown key 'topics.partition', did you mean 'topics.partitions'?");
  }

  private static StreamsSettings settings(Map<String, String> more) {
    Map<String, String> given = new TreeMap<>(more);
    given.put("bootstrap.servers", "127.0.0.1:1");
    given.put("schema.registry.url", "mock://settings");
    return StreamsSettings.of(given);
  }
}
