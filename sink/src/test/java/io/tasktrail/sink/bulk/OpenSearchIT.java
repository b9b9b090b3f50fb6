package io.tasktrail.sink.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.sink.AuditTopic;
import io.tasktrail.sink.SinkProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Documents in a real OpenSearch.
class OpenSearchIT implements StoreContract {

  /// Seconds for which a store is away while events go on to come: `-Dstore.away=600` for longer.
  private static final int AWAY = Integer.getInteger("store.away", 3);

  private static final int EVENTS_A_SECOND = 500;

  /// What a sink may have: its heap, and as much again for all else.
  private static final long MEMORY_MIB = 512;

  private static OpenSearch store;

  @BeforeAll
  static void start() throws IOException {
    boolean there = OpenSearch.isThere();
    if (!there) {
      System.out.println("skipped: no OpenSearch; 'mvn verify' makes opensearch/target/app");
    }
    assumeTrue(there, "no OpenSearch");
    store = OpenSearch.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (store != null) {
      store.close();
    }
  }

  @Override
  public RealStore store() {
    return store;
  }

  /// The Elasticsearch that is to be had for tests has no data streams.
  @Test
  void aDataStreamHasEachRevisionOnceUntilItIsRolledOver() throws IOException {
    for (int time = 0; time < 2; time++) {
      try (Writing writing = open(new Target.Stream("flowing"), new Revisions())) {
        for (int revision : new int[] {1, 0, 1}) {
          writing.write(StoreContract.revised(1, revision));
        }
        writing.sync();

        assertThat(writing.refused).isEmpty();
      }
    }

    String id = StoreContract.revised(1, 0).id().toString();
    assertThat(store.get("/_data_stream/flowing").at("/data_streams/0/name").asText())
        .isEqualTo("flowing");
    assertThat(ids("flowing")).containsExactlyInAnyOrder(id + ":0", id + ":1");

    store.ask("POST", "/flowing/_rollover", "");
    try (Writing writing = open(new Target.Stream("flowing"), new Revisions())) {
      writing.write(StoreContract.revised(1, 0));
      writing.sync();
    }

    assertThat(ids("flowing")).containsExactlyInAnyOrder(id + ":0", id + ":0", id + ":1");
  }

  @Test
  void aStoreThatIsAwayForAWhileMissesNothingAndTheSinkDoesNotGrow(@TempDir Path directory)
      throws Exception {
    try (AuditTopic topic = new AuditTopic(directory.resolve("broker"))) {
      Map<String, String> settings = new HashMap<>(topic.settings());
      settings.putAll(store.settings());
      settings.put("sink.bulk.index", "outage");
      settings.put("sink.bulk.documents", "50");
      settings.put("sink.retry.most", "200ms");
      try (SinkProcess sink = SinkProcess.start(List.of(), settings, directory.resolve("stderr"))) {
        send(topic, 0);
        await().atMost(PATIENCE).until(() -> !store.documents("outage-*").isEmpty());
        store.kill();
        List<Long> memory = new ArrayList<>();
        await()
            .atMost(PATIENCE.plusSeconds(2L * AWAY))
            .pollInterval(Duration.ofSeconds(1))
            .until(
                () -> {
                  send(topic, memory.size() + 1);
                  memory.add(sink.anonymousMib());
                  return memory.size() == AWAY;
                });
        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  sink.requireAlive();
                  return sink.said().contains("does not answer");
                });
        store.restart();
        System.out.printf(
            "store away for %d s, %d events/s: RssAnon of the sink after each tenth of it %s MiB%n",
            AWAY, EVENTS_A_SECOND, tenths(memory));
        assertThat(memory).allMatch(mib -> mib < MEMORY_MIB);
        sink.awaitDrained(topic, PATIENCE.plusSeconds(AWAY));
        assertThat(sink.stop()).isZero();
      }
    }

    store.get("/outage-*/_refresh");
    assertThat(store.get("/outage-*/_count").path("count").asInt())
        .isEqualTo((AWAY + 1) * EVENTS_A_SECOND);
  }

  private static List<Long> tenths(List<Long> values) {
    return IntStream.rangeClosed(1, 10)
        .mapToObj(tenth -> values.get(Math.max(0, values.size() * tenth / 10 - 1)))
        .toList();
  }

  private static void send(AuditTopic topic, int second) throws Exception {
    topic.begin();
    int first = second * EVENTS_A_SECOND + 1;
    for (int number = first; number < first + EVENTS_A_SECOND; number++) {
      topic.send(number % AuditTopic.PARTITIONS, Numbered.event(number, Instant.EPOCH));
    }
    topic.commit();
  }
}
