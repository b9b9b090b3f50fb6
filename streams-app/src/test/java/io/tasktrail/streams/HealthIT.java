package io.tasktrail.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.role.Failure;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a running role tells of itself over HTTP. Needs nothing but loopback.
final class HealthIT {

  private static final Duration AT_MOST = Duration.ofMinutes(1);
  private static final int EVENTS = 600;
  private static final int DUPLICATES = 50;
  private static final int GARBAGE = 7;

  private final HostStory host = new HostStory(1);

  @TempDir private Path directory;

  @Test
  void whatIsReadIsEmittedOrADuplicateOrADeadLetter() throws Exception {
    List<TaskEvent> events = BusyHost.events(host, EVENTS);
    try (Platform platform = Platform.start(directory);
        var role = new RunningRole(platform.settings(directory.resolve("state")))) {
      role.awaitStart();

      platform.publish(events);
      platform.publish(events.subList(0, DUPLICATES));
      platform.send(garbage());
      platform.send(List.of(underAnotherKey(platform), withoutValue()));

      int all = events.size() + DUPLICATES + GARBAGE + 2;
      Figures figures = awaitRead(role.endpoint(), all).assertBalanced();
      assertThat(figures.read()).isEqualTo(all);
      assertThat(figures.outcome("emitted")).isEqualTo(events.size());
      assertThat(figures.outcome("silent")).isZero();
      assertThat(figures.outcome("duplicate")).isEqualTo(DUPLICATES);
      assertThat(figures.outcome("dead_letter")).isEqualTo(GARBAGE + 2);
      assertThat(figures.get("tasktrail_dead_letters_total{reason=\"undecodable\"}"))
          .isEqualTo(GARBAGE);
      assertThat(figures.get("tasktrail_dead_letters_total{reason=\"wrong_key\"}")).isEqualTo(1);
      assertThat(figures.get("tasktrail_dead_letters_total{reason=\"no_value\"}")).isEqualTo(1);
      assertThat(figures.sum("tasktrail_audit_events_total")).isEqualTo(events.size());
      assertThat(
              figures.get(
                  "tasktrail_audit_events_total{action=\"agent_started\",completeness=\"none\"}"))
          .isEqualTo(1);
      platform.awaitCommitted(Topics.AUDIT_EVENTS, events.size());
      platform.awaitCommitted(Topics.DEAD_LETTERS, GARBAGE + 2);
      assertThat(platform.committed(Topics.DEAD_LETTERS)).hasSize(GARBAGE + 2);
    }
  }

  @Test
  void isReadyOnceTheStateIsRestored() throws Exception {
    List<TaskEvent> events = BusyHost.events(host, EVENTS);
    try (Platform platform = Platform.start(directory)) {
      Map<String, String> settings = platform.settings(directory.resolve("state"));
      try (var first = new RunningRole(settings)) {
        first.awaitStart();
        platform.publish(events);
        platform.awaitCommitted(Topics.AUDIT_EVENTS, events.size());
      }

      try (var second = new RunningRole(settings)) {
        second.awaitStart();
        awaitReady(second.endpoint());

        Figures figures = Figures.at(second.endpoint());
        assertThat(figures.sum("tasktrail_restored_records_total")).isPositive();
        assertThat(figures.sum("tasktrail_restore_remaining_records")).isZero();
        assertThat(figures.get("tasktrail_state{state=\"RUNNING\"}")).isEqualTo(1);
        assertThat(figures.sum("tasktrail_state")).isEqualTo(1);
        assertThat(figures.get("tasktrail_threads")).isEqualTo(1);
        assertThat(figures.get("tasktrail_live_tasks")).isPositive();
        assertThat(get(second.endpoint(), "/health/live").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void lagIsToldByPartition() throws Exception {
    List<TaskEvent> events = BusyHost.events(host, EVENTS);
    try (Platform platform = Platform.start(directory);
        var role = new RunningRole(platform.settings(directory.resolve("state")))) {
      role.awaitStart();
      platform.publish(events);

      await()
          .dontCatchUncaughtExceptions()
          .atMost(AT_MOST)
          .untilAsserted(
              () ->
                  assertThat(Figures.at(role.endpoint()).values())
                      .containsEntry("tasktrail_lag_records{partition=\"0\"}", 0.0)
                      .containsEntry("tasktrail_lag_records{partition=\"5\"}", 0.0));
    }
  }

  @Test
  void isNotReadyButLiveWhileItWaits() throws Exception {
    try (Platform platform = Platform.start(directory)) {
      Map<String, String> settings = platform.settings(directory.resolve("state"));
      platform.stopBroker();
      try (var role = new RunningRole(settings)) {
        URI endpoint = role.awaitEndpoint();

        await()
            .atMost(AT_MOST)
            .untilAsserted(
                () ->
                    assertThat(get(endpoint, "/health/ready").body())
                        .contains("\"state\":\"WAITING\"")
                        .contains("Kafka at " + settings.get("bootstrap.servers")));
        assertThat(get(endpoint, "/health/ready").statusCode()).isEqualTo(503);
        assertThat(get(endpoint, "/health/live").statusCode()).isEqualTo(200);
      }
      platform.startBroker();
    }
  }

  @Test
  void takenPortIsOneClearLine() throws Exception {
    try (Platform platform = Platform.start(directory);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> settings = platform.settings(directory.resolve("state"));
      settings.put("http.listen", "127.0.0.1:" + taken.getLocalPort());

      try (var role = new RunningRole(settings)) {
        assertThatThrownBy(role::awaitStart)
            .hasCauseInstanceOf(Failure.class)
            .hasMessageContaining("http.listen=127.0.0.1:" + taken.getLocalPort());
      }
    }
  }

  private List<ProducerRecord<String, byte[]>> garbage() {
    List<ProducerRecord<String, byte[]>> garbage = new ArrayList<>();
    for (int i = 0; i < GARBAGE; i++) {
      garbage.add(record(host.key(), ("no event " + i).getBytes(UTF_8)));
    }
    return garbage;
  }

  private ProducerRecord<String, byte[]> underAnotherKey(Platform platform) {
    var values = WireFormat.taskEvents(platform.connection()).serializer();
    return record("somebody else", values.serialize(Topics.TASK_EVENTS, host.heartbeat(0)));
  }

  private ProducerRecord<String, byte[]> withoutValue() {
    return record(host.key(), null);
  }

  private static ProducerRecord<String, byte[]> record(String key, byte[] value) {
    return new ProducerRecord<>(Topics.TASK_EVENTS, key, value);
  }

  private static Figures awaitRead(URI role, int count) {
    return await()
        .dontCatchUncaughtExceptions()
        .atMost(AT_MOST)
        .until(
            () -> Figures.at(role),
            figures -> figures.sum("tasktrail_events_outcome_total") >= count);
  }

  private static void awaitReady(URI role) {
    await()
        .dontCatchUncaughtExceptions()
        .atMost(AT_MOST)
        .until(() -> get(role, "/health/ready").statusCode() == 200);
  }

  private static HttpResponse<String> get(URI role, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(role.resolve(path)).build(), BodyHandlers.ofString());
    }
  }
}
