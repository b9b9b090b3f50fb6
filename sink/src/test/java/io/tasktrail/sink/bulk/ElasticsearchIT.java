package io.tasktrail.sink.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.formats.Formats;
import io.tasktrail.sink.AuditTopic;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.SinkProcess;
import io.tasktrail.sink.Told;
import io.tasktrail.sink.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Documents in a real Elasticsearch, over TLS.
class ElasticsearchIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int KILLS = 6;
  private static final int EVENTS_A_ROUND = 400;

  private static Elasticsearch store;

  @TempDir Path directory;

  private final List<String> refused = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    boolean there = Elasticsearch.isThere();
    if (!there) {
      System.out.println("skipped: no Elasticsearch; 'mvn verify' unpacks one into target/");
    }
    assumeTrue(there, "no Elasticsearch");
    store = Elasticsearch.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void whatTheFoldToldIsThereOnceHoweverOftenItIsSent() throws IOException {
    Format ecs = Formats.named("ecs").orElseThrow();
    for (int time = 0; time < 3; time++) {
      try (BulkDestination destination = open("told", Elasticsearch.USER, ecs)) {
        for (AuditEvent event : Told.all()) {
          write(destination, event);
        }
        destination.sync(Positions.NONE);
      }
    }

    assertThat(refused).isEmpty();
    assertThat(store.documents("told-*"))
        .extracting(hit -> hit.path("_id").asText())
        .containsExactlyInAnyOrderElementsOf(
            Told.all().stream().map(event -> event.id().toString()).distinct().toList());
  }

  @Test
  void aCorrectionReplacesWhatItCorrectsInWhateverOrderTheyCome() throws IOException {
    try (BulkDestination destination = open("corrected", Elasticsearch.USER, new Revisions())) {
      for (int revision : new int[] {0, 2, 1, 2, 0}) {
        write(destination, revised(revision));
        destination.flush();
      }
    }

    assertThat(store.documents("corrected-*"))
        .hasSize(1)
        .allMatch(hit -> hit.at("/_source/revision").asInt() == 2)
        .allMatch(hit -> hit.path("_version").asInt() == 3);
    assertThat(refused).isEmpty();
  }

  @Test
  void whatTheMappingRefusesIsToldAndItsNeighboursArrive() throws IOException {
    store.put("/mapped-1970.01.01", "{\"mappings\":{\"properties\":{\"n\":{\"type\":\"long\"}}}}");
    try (BulkDestination destination = open("mapped", Elasticsearch.USER, new Numbers())) {
      for (int number = 1; number <= 100; number++) {
        write(destination, event(number));
      }
      destination.sync(Positions.NONE);
    }

    assertThat(store.documents("mapped-*")).hasSize(90);
    assertThat(refused)
        .hasSize(10)
        .first()
        .asString()
        .contains("10 refused with status 400: document_parsing_exception", "[n]");
  }

  @Test
  void wrongCredentialsAreSaid() {
    assertThatThrownBy(() -> open("denied", "sink:wrong", new Numbers()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refuses this sink (401 security_exception")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void theTemplateIsTaken() throws IOException {
    try (BulkDestination destination = open("shaped", Elasticsearch.USER, new Numbers())) {
      write(destination, event(1));
      destination.sync(Positions.NONE);
    }

    JsonNode mapping = store.get("/shaped-*/_mapping").iterator().next().path("mappings");
    assertThat(mapping.at("/properties/@timestamp/type").asText()).isEqualTo("date_nanos");
    assertThat(mapping.at("/properties/text/ignore_above").asInt()).isEqualTo(8191);
  }

  @Test
  void everyEventIsThereOnceHoweverOftenTheSinkIsKilled() throws Exception {
    List<String> ids = new ArrayList<>();
    try (AuditTopic topic = new AuditTopic(directory.resolve("broker"))) {
      for (int kill = 0; kill < KILLS; kill++) {
        try (SinkProcess sink = sink(topic)) {
          int before = store.documents("killed-*").size();
          ids.addAll(produce(topic, ids.size()));
          await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(1))
              .until(
                  () -> {
                    sink.requireAlive();
                    return store.documents("killed-*").size() > before;
                  });
          sink.kill();
        }
      }
      try (SinkProcess sink = sink(topic)) {
        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  sink.requireAlive();
                  return topic.isDrained();
                });
        assertThat(sink.stop()).isZero();
      }
    }

    assertThat(store.documents("killed-*"))
        .extracting(hit -> hit.path("_id").asText())
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  private static List<String> produce(AuditTopic topic, int from) throws Exception {
    List<String> ids = new ArrayList<>();
    topic.begin();
    for (int number = from + 1; number <= from + EVENTS_A_ROUND; number++) {
      AuditEvent event = event(number);
      topic.send(number % AuditTopic.PARTITIONS, event);
      ids.add(event.id().toString());
    }
    topic.commit();
    return ids;
  }

  private SinkProcess sink(AuditTopic topic) throws IOException {
    Map<String, String> settings = new HashMap<>(topic.settings());
    settings.put("sink.destination", "bulk");
    settings.put("sink.bulk.url", store.address().toString());
    settings.put("sink.bulk.ca", store.authority().toString());
    settings.put("sink.bulk.user.info", Elasticsearch.USER);
    settings.put("sink.bulk.index", "killed");
    settings.put("sink.bulk.documents", "20");
    settings.put("sink.sync.interval", "10ms");
    settings.put("max.poll.records", "20");
    settings.put("group.instance.id", "sink-1");
    return SinkProcess.start(List.of(), settings, directory.resolve("stderr"));
  }

  private BulkDestination open(String index, String user, Format format) throws IOException {
    BulkPlan plan =
        new BulkPlan(
            List.of(store.address()),
            index,
            Optional.of(Elasticsearch.authorization(user)),
            Optional.of(store.authority()),
            true,
            30,
            1 << 20,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));
    BulkDestination destination = new BulkDestination(plan, format);
    destination.resume(Words.SOURCE);
    return destination;
  }

  private void write(BulkDestination destination, AuditEvent event) throws IOException {
    destination.write(
        event,
        reason -> refused.add(event.event().header().sequence() + " " + reason.getMessage()));
  }

  private static AuditEvent revised(int revision) {
    AuditEvent first = event(1);
    return new AuditEvent(
        first.event(),
        revision,
        first.notice(),
        first.task(),
        first.other(),
        first.module(),
        first.firstSeenOnHost(),
        first.signalOrigin());
  }

  private static AuditEvent event(long number) {
    return Numbered.event(number, Instant.EPOCH);
  }

  private record Revisions() implements Format {

    @Override
    public String name() {
      return "revisions";
    }

    @Override
    public byte[] format(AuditEvent event) {
      return ("{\"revision\":" + event.revision() + "}").getBytes(UTF_8);
    }
  }

  /// Every tenth is none.
  private record Numbers() implements Format {

    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public byte[] format(AuditEvent event) {
      long number = event.event().header().sequence();
      String shown = number % 10 == 0 ? "\"no number\"" : Long.toString(number);
      return ("{\"n\":" + shown + ",\"text\":\"t\"}").getBytes(UTF_8);
    }
  }
}
