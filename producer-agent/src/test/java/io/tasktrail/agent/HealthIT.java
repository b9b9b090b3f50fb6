package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.agent.mask.Rules;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.agent.ring.TestCapture;
import io.tasktrail.agent.spool.SpoolPlan;
import io.tasktrail.agent.spool.SpooledKafka;
import io.tasktrail.event.Fact;
import io.tasktrail.loopback.LoopbackProcess;
import io.tasktrail.role.http.ListenAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent at work tells of itself; needs root and BPF.
class HealthIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int PROGRAMS = 500;
  private static final String BACK = "tasktrail_canaries_total{outcome=\"back\"}";
  private static final String SPOOLING = "tasktrail_publisher_state{state=\"spooling\"}";
  private static final String PASSING = "tasktrail_publisher_state{state=\"passing\"}";
  private static final String RING_FULL = "tasktrail_lost_events_total{cause=\"ring_full\"}";

  @TempDir Path dir;
  private LoopbackProcess kafka;
  private TaskEventsTopic topic;

  @BeforeEach
  void start() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    kafka = LoopbackProcess.start(dir.resolve("kafka"));
    topic = TaskEventsTopic.create(connection());
  }

  @AfterEach
  void stop() {
    if (kafka != null) {
      topic.close();
      kafka.close();
    }
  }

  @Test
  void everyScrapeBalancesInAStormAtRestAndWhileKafkaIsAway() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING);
        AgentRole agent = agent(capture)) {
      URI endpoint = agent.endpoint().orElseThrow();
      scrapeDuringAStorm(endpoint);
      assertThat(awaitRest(endpoint).sum("tasktrail_acknowledged_events_total"))
          .isGreaterThan(3 * PROGRAMS);

      kafka.kill();
      scrapeDuringAStorm(endpoint);
      await().atMost(SOON).until(() -> scrape(endpoint).get(SPOOLING) == 1);
      scrapeDuringAStorm(endpoint);
      Scrape away = scrape(endpoint);
      assertThat(away.sum("tasktrail_spooled_events") + away.get(RING_FULL)).isPositive();

      kafka = kafka.restart();
      scrapeDuringAStorm(endpoint);
      await().atMost(SOON).until(() -> scrape(endpoint).get(PASSING) == 1);
      Scrape rest = awaitRest(endpoint);
      assertThat(rest.sum("tasktrail_acknowledged_events_total"))
          .isLessThanOrEqualTo(topic.all().size());
      assertThat(Scrape.get(endpoint, "/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void canaryComesBackAndOneThatDoesNotIsSaid() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING);
        AgentRole agent = agent(capture)) {
      URI endpoint = agent.endpoint().orElseThrow();
      await().atMost(SOON).until(() -> scrape(endpoint).get(BACK) >= 2);
      assertThat(scrape(endpoint).get("tasktrail_canary_latency_seconds")).isBetween(0.0, 10.0);
      assertThat(Scrape.get(endpoint, "/health/ready").statusCode()).isEqualTo(200);
      await().atMost(SOON).until(() -> heartbeats(false));

      Files.delete(Path.of(capture.dir() + "_g1").resolve("link_exec"));

      await()
          .atMost(SOON)
          .until(() -> Scrape.get(endpoint, "/health/ready").body().contains("capture is dead"));
      assertThat(scrape(endpoint).get("tasktrail_canary_missing")).isEqualTo(1);
      assertThat(Scrape.get(endpoint, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(Scrape.get(endpoint, "/health/live").statusCode()).isEqualTo(200);
      await().atMost(SOON).until(() -> heartbeats(true));
    }
  }

  /// Whether one says so of a canary.
  private boolean heartbeats(boolean missing) {
    return topic.events().stream()
        .anyMatch(
            event ->
                event.fact() instanceof Fact.Heartbeat heartbeat
                    && heartbeat.canary().nanos().isPresent()
                    && heartbeat.canary().isMissing() == missing);
  }

  private AgentRole agent(TestCapture capture) {
    Target.Kafka target = new Target.Kafka(connection(), 4 << 20);
    SpoolPlan spool = new SpoolPlan(dir.resolve("spool"), 64 << 20, 0, Duration.ofSeconds(1), 4096);
    return AgentRole.start(
        new AgentRole.Plan(
            capture.dir(),
            Optional.empty(),
            new SpooledKafka(target, spool),
            Duration.ofMillis(20),
            Duration.ofSeconds(1),
            4096,
            Duration.ofSeconds(10),
            Rules.shipped(),
            Duration.ofSeconds(1),
            Optional.of(new ListenAddress("127.0.0.1", 0))),
        HealthIT::unexpected);
  }

  private Map<String, Object> connection() {
    return Map.of(
        "bootstrap.servers", kafka.bootstrapServers(), "schema.registry.url", kafka.registryUrl());
  }

  private static Scrape scrape(URI endpoint) throws IOException, InterruptedException {
    return Scrape.of(endpoint).assertBalanced();
  }

  private static void scrapeDuringAStorm(URI endpoint) throws IOException, InterruptedException {
    Process storm =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "i=0; while [ $i -lt " + PROGRAMS + " ]; do /bin/true; i=$((i+1)); done")
            .start();
    while (storm.isAlive()) {
      scrape(endpoint);
    }
  }

  /// Other programs of this machine go on.
  private static Scrape awaitRest(URI endpoint) {
    return await()
        .atMost(SOON)
        .until(
            () -> scrape(endpoint),
            figures ->
                figures.sum("tasktrail_in_flight_events") == 0
                    && figures.sum("tasktrail_spooled_events") == 0
                    && figures.sum("tasktrail_unread_events") == 0);
  }

  private static void unexpected(Throwable failure) {
    throw new IllegalStateException(failure);
  }
}
