package io.tasktrail.sink.splunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.sink.AuditTopic;
import io.tasktrail.sink.SinkProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The sink to Splunk's collector as a user runs it; the collector is a stub.
@Timeout(900)
class HecSinkIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int EVENTS_A_ROUND = 400;

  @TempDir Path directory;

  private final List<String> sent = new ArrayList<>();

  @Test
  void noEventIsMissingHoweverOftenTheSinkIsKilledAndATokenIsMendedWithoutARestart()
      throws Exception {
    try (AuditTopic topic = new AuditTopic(directory.resolve("broker"));
        StubHec stub = new StubHec()) {
      stub.pollsBeforeIndexed = 1;
      Map<String, String> settings = new HashMap<>(topic.settings());
      settings.put("group.instance.id", "sink-1");
      settings.put("max.poll.records", "40");
      settings.put("sink.destination", "splunk");
      settings.put("sink.splunk.url", stub.address().toString());
      settings.put("sink.splunk.token", StubHec.TOKEN);
      settings.put("sink.splunk.documents", "50");
      SinkProcess.killInTheMiddle(
          () -> start(settings), () -> produce(topic), () -> stub.indexed.size());
      try (SinkProcess sink = start(settings)) {
        sink.awaitDrained(topic);
        stub.tokenIsEnabled = false;
        produce(topic);
        await().atMost(PATIENCE).until(() -> sink.said().contains("check sink.splunk.token"));
        stub.tokenIsEnabled = true;
        sink.awaitDrained(topic);

        assertThat(sink.stop()).isZero();
        assertThat(sink.said()).doesNotContain(StubHec.TOKEN);
      }
      List<String> ids =
          stub.indexed.stream().map(event -> event.at("/tasktrail/id").asText()).toList();
      assertThat(List.copyOf(new LinkedHashSet<>(ids))).isEqualTo(sent);
    }
  }

  private List<String> produce(AuditTopic topic) throws Exception {
    topic.begin();
    for (int each = 0; each < EVENTS_A_ROUND; each++) {
      AuditEvent event = event(sent.size() + 1);
      topic.send(0, event);
      sent.add(event.id().toString());
    }
    topic.commit();
    return sent;
  }

  private SinkProcess start(Map<String, String> settings) throws Exception {
    return SinkProcess.start(List.of(), settings, directory.resolve("stderr"));
  }

  private static AuditEvent event(long number) {
    Header header =
        new Header(
            new HostId(new UUID(1, 1)),
            "web-1",
            new BootId(new UUID(2, 2)),
            new CaptureId(new UUID(3, 3)),
            Header.AGENT_CPU,
            number,
            0,
            0);
    return AuditEvent.of(new TaskEvent(header, new Fact.AgentStopping("x")));
  }
}
