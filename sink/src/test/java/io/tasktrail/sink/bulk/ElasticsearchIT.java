package io.tasktrail.sink.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.sink.AuditTopic;
import io.tasktrail.sink.SinkProcess;
import io.tasktrail.sink.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Documents in a real Elasticsearch, over TLS, which knows its users.
class ElasticsearchIT implements StoreContract {

  private static Elasticsearch store;

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

  @Override
  public RealStore store() {
    return store;
  }

  @Test
  void wrongCredentialsAreSaid() {
    try (BulkDestination destination = denied()) {
      assertThatThrownBy(() -> destination.resume(Words.SOURCE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("refuses this sink (401 security_exception")
          .hasMessageNotContaining("wrong");
    }
  }

  private BulkDestination denied() {
    return new BulkDestination(
        new BulkPlan(
            List.of(store.address()),
            new Target.Days("denied"),
            RealStore.authorization(Optional.of("sink:wrong")),
            store.authority(),
            true,
            new Throttle.Most(4, 100, 1 << 20),
            PATIENCE,
            PATIENCE),
        new Numbers());
  }

  @Test
  void aSinkThatIsNotLetInAnyMoreGoesOnWhenThatIsMended(@TempDir Path directory) throws Exception {
    store.add("late", "battery-staple");
    await().atMost(PATIENCE).until(() -> isLetIn("late:battery-staple"));
    try (AuditTopic topic = new AuditTopic(directory.resolve("broker"));
        SinkProcess sink = SinkProcess.start(List.of(), late(topic), directory.resolve("stderr"))) {
      send(topic, 1);
      await().atMost(PATIENCE).until(() -> hasDocuments(1, sink));

      store.changePassword("late", "another");
      await().atMost(PATIENCE).until(() -> !isLetIn("late:battery-staple"));
      send(topic, 2);
      await()
          .atMost(PATIENCE)
          .until(() -> sink.said().contains("refuses this sink (401 security_exception"));
      assertThat(hasDocuments(1, sink)).isTrue();

      store.changePassword("late", "battery-staple");
      await().atMost(PATIENCE).until(() -> hasDocuments(2, sink));
      assertThat(sink.stop()).isZero();
      assertThat(sink.said()).doesNotContain("battery-staple");
    }
  }

  private static Map<String, String> late(AuditTopic topic) {
    Map<String, String> settings = new HashMap<>(topic.settings());
    settings.putAll(store.settings());
    settings.put("sink.bulk.user.info", "late:battery-staple");
    settings.put("sink.bulk.index", "late");
    settings.put("sink.retry.most", "200ms");
    return settings;
  }

  private static void send(AuditTopic topic, long number) throws Exception {
    topic.begin();
    topic.send(0, Numbered.event(number, Instant.EPOCH));
    topic.commit();
  }

  private static boolean isLetIn(String user) {
    return store.get("/_cluster/health", Optional.of(user)).path("status").isTextual();
  }

  private static boolean hasDocuments(int count, SinkProcess sink) {
    sink.requireAlive();
    return store.documents("late-*").size() == count;
  }
}
