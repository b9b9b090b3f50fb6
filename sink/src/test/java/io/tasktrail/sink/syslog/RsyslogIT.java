package io.tasktrail.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.sink.AuditTopic;
import io.tasktrail.sink.SinkProcess;
import io.tasktrail.sink.syslog.SyslogServer.Received;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RsyslogIT extends SyslogServerContract {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @BeforeAll
  static void isThere() throws InterruptedException {
    boolean there = Rsyslog.isThere();
    if (!there) {
      System.out.println(
          "skipped: no rsyslog with OpenSSL (packages rsyslog, rsyslog-openssl, openssl)");
    }
    assumeTrue(there, "no rsyslog with OpenSSL (packages rsyslog, rsyslog-openssl, openssl)");
  }

  @Override
  SyslogServer plain() throws IOException {
    return new Rsyslog(folder);
  }

  @Override
  SyslogServer encrypted(Certificates certificates, String name) throws IOException {
    return new Rsyslog(folder, certificates, name);
  }

  @Test
  void eachEventArrivesHoweverOftenTheSinkIsKilled() throws Exception {
    List<String> ids = new ArrayList<>();
    try (SyslogServer server = plain();
        AuditTopic topic = new AuditTopic(folder.resolve("broker"))) {
      server.start();
      SinkProcess.killInTheMiddle(
          () -> sink(topic, server),
          () -> ids.addAll(produce(topic, ids.size())),
          () -> server.received().size());
      try (SinkProcess sink = sink(topic, server)) {
        sink.awaitDrained(topic);
        assertThat(sink.stop()).isZero();
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(server.received().stream().map(Received::id).distinct())
                      .containsExactlyInAnyOrderElementsOf(ids));
    }
  }

  private static List<String> produce(AuditTopic topic, int from) throws Exception {
    List<String> ids = new ArrayList<>();
    topic.begin();
    for (int number = from; number < from + 400; number++) {
      AuditEvent event = Execs.harmless(number);
      topic.send(number % AuditTopic.PARTITIONS, event);
      ids.add(event.id().toString());
    }
    topic.commit();
    return ids;
  }

  private SinkProcess sink(AuditTopic topic, SyslogServer server) throws IOException {
    Map<String, String> settings = new HashMap<>(topic.settings());
    settings.put("sink.destination", "syslog");
    settings.put("sink.format", "syslog");
    settings.put("sink.syslog.servers", server.address().toString());
    settings.put("sink.sync.interval", "10ms");
    settings.put("max.poll.records", "20");
    settings.put("group.instance.id", "sink-1");
    return SinkProcess.start(List.of(), settings, folder.resolve("stderr"));
  }
}
