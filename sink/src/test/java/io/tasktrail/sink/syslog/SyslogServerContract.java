package io.tasktrail.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.formats.Formats;
import io.tasktrail.formats.facts.Attribute;
import io.tasktrail.formats.facts.Attributes;
import io.tasktrail.formats.facts.VisibleText;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Told;
import io.tasktrail.sink.Words;
import io.tasktrail.sink.remote.Identity;
import io.tasktrail.sink.syslog.SyslogServer.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is sent to a real server is there, parsed by it as it was meant.
@Timeout(900)
abstract class SyslogServerContract {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int BYTES_MAX =
      Math.toIntExact(
          SyslogSettings.MESSAGE_BYTES
              .parser()
              .parse(SyslogSettings.MESSAGE_BYTES.fallback().orElseThrow()));

  @TempDir Path folder;

  /// A server that speaks TCP.
  abstract SyslogServer plain() throws IOException;

  /// A server that speaks TLS and wants a certificate.
  abstract SyslogServer encrypted(Certificates certificates, String name) throws IOException;

  private static SyslogDestination to(
      SyslogServer server,
      boolean confirms,
      Optional<Path> authority,
      Optional<Identity> identity) {
    return new SyslogDestination(
        plan(server, confirms, authority, identity), Formats.named("syslog").orElseThrow());
  }

  private static SyslogPlan plan(
      SyslogServer server,
      boolean confirms,
      Optional<Path> authority,
      Optional<Identity> identity) {
    return new SyslogPlan(
        List.of(server.address()),
        authority,
        identity,
        confirms,
        BYTES_MAX,
        8 << 20,
        Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachMessageArrivesOnceWithItsData(boolean confirms) throws IOException {
    try (SyslogServer server = plain()) {
      server.start();
      try (SyslogDestination destination =
          to(server, confirms, Optional.empty(), Optional.empty())) {
        assertIsWhole(server, destination);
      }
    }
  }

  @Test
  void aMessageAsLongAsTheDefaultArrivesWhole() throws Exception {
    Messages messages = new Messages(Words.format(), BYTES_MAX);
    int around = messages.of(Words.event("")).length;
    String word = "x".repeat(BYTES_MAX - around);
    try (SyslogServer server = plain()) {
      server.start();
      try (SyslogDestination destination =
          new SyslogDestination(
              plan(server, true, Optional.empty(), Optional.empty()), Words.format())) {
        destination.resume(Words.SOURCE);
        destination.write(Words.event(word), Words::unrefused);
        destination.sync(Positions.NONE);
      }
      await().atMost(PATIENCE).until(() -> server.received().size() == 1);
      assertThat(server.received().getFirst().rest()).isEqualTo(word);
    }
  }

  @Test
  void bothSidesShowTheirCertificates() throws Exception {
    Certificates certificates = new Certificates(folder, "authority");
    certificates.sign("server");
    certificates.sign("sink");
    try (SyslogServer server = encrypted(certificates, "server")) {
      server.start();
      try (SyslogDestination destination =
          to(
              server,
              true,
              Optional.of(certificates.authority()),
              Optional.of(
                  new Identity(certificates.certificate("sink"), certificates.key("sink"))))) {
        assertIsWhole(server, destination);
      }
    }
  }

  private static void assertIsWhole(SyslogServer server, SyslogDestination destination)
      throws IOException {
    List<AuditEvent> events = new ArrayList<>(Execs.hostile());
    events.addAll(Told.all());
    destination.resume(Words.SOURCE);
    for (AuditEvent event : events) {
      destination.write(event, Words::unrefused);
    }
    destination.sync(Positions.NONE);

    await().atMost(PATIENCE).until(() -> server.received().size() >= events.size());
    List<Received> received = server.received();
    assertThat(received).hasSize(events.size());
    for (int i = 0; i < events.size(); i++) {
      assertThat(received.get(i).data()).isEqualTo(expected(events.get(i), received.get(i)));
    }
  }

  /// What the formats say that an event says; as far as a message that was shortened has room.
  private static Map<String, String> expected(AuditEvent event, Received received) {
    Map<String, String> expected = new TreeMap<>();
    String shortened = received.data().get("shortened");
    for (Attribute attribute : Attributes.of(event)) {
      if (!attribute.name().equals("history")) {
        int most = shortened == null ? 4096 : Integer.parseInt(shortened);
        expected.put(attribute.name(), VisibleText.of(attribute.value(), most, _ -> null));
      }
    }
    if (shortened != null) {
      expected.put("shortened", shortened);
    }
    return expected;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aServerThatIsKilledMissesNothing(boolean confirms) throws Exception {
    int count = 2000;
    try (SyslogServer server = plain();
        SyslogDestination destination = to(server, confirms, Optional.empty(), Optional.empty())) {
      server.start();
      destination.resume(Words.SOURCE);
      int synced = 0;
      for (int kills = 0; synced < count; ) {
        try {
          for (int number = synced; number < synced + 50; number++) {
            destination.write(Execs.harmless(number), Words::unrefused);
          }
          destination.sync(Positions.NONE);
          synced += 50;
        } catch (IOException broken) {
          awaitResumed(destination);
        }
        if (synced >= count / 4 * (kills + 1) && kills < 3) {
          server.kill();
          server.start();
          kills++;
        }
      }
      await().atMost(PATIENCE).until(() -> ids(server).size() >= count);
      assertThat(ids(server)).containsExactlyInAnyOrderElementsOf(sent(count));
      assertThat(server.received()).allMatch(received -> received.id() != null);
    }
  }

  private static void awaitResumed(SyslogDestination destination) {
    await()
        .atMost(PATIENCE)
        .ignoreException(IOException.class)
        .until(() -> destination.resume(Words.SOURCE).equals(Positions.NONE));
  }

  private static List<String> ids(SyslogServer server) {
    return server.received().stream().map(Received::id).distinct().toList();
  }

  private static List<String> sent(int count) {
    return LongStream.range(0, count)
        .mapToObj(number -> Execs.harmless(number).id().toString())
        .toList();
  }

  @Test
  void aWrongCertificateIsToldAndIsTakenOnceItIsMended() throws Exception {
    Certificates certificates = new Certificates(folder, "authority");
    certificates.sign("server");
    certificates.sign("sink");
    Certificates others = new Certificates(folder, "others");
    others.sign("stranger");
    Path certificate = folder.resolve("mine.pem");
    Path key = folder.resolve("mine.key");
    show(others, "stranger", certificate, key);
    try (SyslogServer server = encrypted(certificates, "server")) {
      server.start();
      try (SyslogDestination destination =
          to(
              server,
              true,
              Optional.of(certificates.authority()),
              Optional.of(new Identity(certificate, key)))) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThatIOException()
                        .isThrownBy(() -> destination.resume(Words.SOURCE))
                        .withMessageStartingWith(server.address().toString())
                        .withMessageContaining(": check sink.syslog.ca, sink.syslog.certificate"));
        show(certificates, "sink", certificate, key);
        destination.resume(Words.SOURCE);
        destination.write(Execs.exec(1, ByteText.of("sh")), Words::unrefused);
        destination.sync(Positions.NONE);
      }
      await().atMost(PATIENCE).until(() -> server.received().size() == 1);
      try (SyslogDestination trusting =
          to(server, true, Optional.of(others.authority()), Optional.empty())) {
        assertThatIOException()
            .isThrownBy(() -> trusting.resume(Words.SOURCE))
            .withMessageContaining("unable to find valid certification path")
            .withMessageContaining("check sink.syslog.ca");
      }
    }
  }

  private static void show(Certificates of, String name, Path certificate, Path key)
      throws IOException {
    Files.copy(of.certificate(name), certificate, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(of.key(name), key, StandardCopyOption.REPLACE_EXISTING);
  }
}
