package io.tasktrail.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tasktrail.sink.AuditTopic;
import io.tasktrail.sink.SinkProcess;
import io.tasktrail.sink.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The Kafka sink as a user runs it.
@Timeout(900)
class KafkaSinkIT {

  private static final TopicPartition TARGET = new TopicPartition("tasktrail.siem-events", 0);
  private static final int EVENTS_A_ROUND = 400;

  @TempDir Path directory;

  @Test
  void everyEventIsThereOnceAndInOrderHoweverOftenTheSinkIsKilled() throws Exception {
    try (AuditTopic topic = new AuditTopic(directory.resolve("broker"))) {
      String servers = topic.settings().get("bootstrap.servers");
      create(servers);
      Map<String, String> settings = new HashMap<>(topic.settings());
      settings.put("group.instance.id", "sink-1");
      settings.put("max.poll.records", "40");
      settings.put("sink.destination", "kafka");
      settings.put("sink.sync.records", "50");
      List<String> sent = new ArrayList<>();
      SinkProcess.killInTheMiddle(
          () -> start(settings),
          () -> sent.addAll(produce(topic, sent.size())),
          () -> end(servers, "read_committed"));
      try (SinkProcess sink = start(settings)) {
        sink.awaitDrained(topic);
        assertThat(sink.stop()).isZero();
      }

      assertThat(words(servers)).isEqualTo(sent);
    }
  }

  private static List<String> produce(AuditTopic topic, int from) throws Exception {
    topic.begin();
    List<String> words =
        IntStream.range(from, from + EVENTS_A_ROUND).mapToObj(Integer::toString).toList();
    words.forEach(word -> topic.send(0, Words.event(word)));
    topic.commit();
    return words;
  }

  private SinkProcess start(Map<String, String> settings) throws Exception {
    return SinkProcess.start(List.of(), settings, directory.resolve("stderr"));
  }

  private static void create(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(List.of(new NewTopic(TARGET.topic(), Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
  }

  private static long end(String servers, String isolation) {
    try (var consumer = consumer(servers, isolation)) {
      return consumer.endOffsets(List.of(TARGET)).get(TARGET);
    }
  }

  /// Of ECS documents, what is committed; whose markers may come a moment after the commit.
  private static List<String> words(String servers) throws Exception {
    List<String> words = new ArrayList<>();
    try (var consumer = consumer(servers, "read_committed")) {
      consumer.assign(List.of(TARGET));
      consumer.seekToBeginning(List.of(TARGET));
      long end = end(servers, "read_uncommitted");
      while (consumer.position(TARGET) < end) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          JsonNode document = new ObjectMapper().readTree(record.value().getBytes(UTF_8));
          words.add(document.at("/event/reason").asText());
        }
      }
    }
    return words;
  }

  private static KafkaConsumer<String, String> consumer(String servers, String isolation) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", servers, "isolation.level", isolation),
        new StringDeserializer(),
        new StringDeserializer());
  }
}
