package io.tasktrail.sink.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.sink.AuditTopic;
import io.tasktrail.sink.SinkProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Documents in a real OpenSearch.
class OpenSearchIT implements StoreContract {

  private static final int EVENTS = 2000;

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
  void aStoreThatIsKilledAndComesBackMissesNothing(@TempDir Path directory) throws Exception {
    try (AuditTopic topic = new AuditTopic(directory.resolve("broker"))) {
      Map<String, String> settings = new HashMap<>(topic.settings());
      settings.putAll(store.settings());
      settings.put("sink.bulk.index", "outage");
      settings.put("sink.bulk.documents", "50");
      settings.put("sink.retry.most", "200ms");
      try (SinkProcess sink = SinkProcess.start(List.of(), settings, directory.resolve("stderr"))) {
        send(topic, 1);
        await().atMost(PATIENCE).until(() -> !store.documents("outage-*").isEmpty());
        store.kill();
        send(topic, EVENTS + 1);
        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  sink.requireAlive();
                  return sink.said().contains("does not answer");
                });
        store.restart();
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

    assertThat(store.documents("outage-*")).hasSize(2 * EVENTS);
  }

  private static void send(AuditTopic topic, int first) throws Exception {
    topic.begin();
    for (int number = first; number < first + EVENTS; number++) {
      topic.send(number % AuditTopic.PARTITIONS, Numbered.event(number, Instant.EPOCH));
    }
    topic.commit();
  }
}
