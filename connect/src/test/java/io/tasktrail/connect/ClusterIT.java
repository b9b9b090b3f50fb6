package io.tasktrail.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tasktrail.connect.ConnectProcess.Answer;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.loopback.BrokerSettings;
import io.tasktrail.loopback.EmbeddedBroker;
import io.tasktrail.loopback.LoopbackPort;
import io.tasktrail.loopback.LoopbackRegistry;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The archive, unpacked as its users do it, in two distributed workers.
@Timeout(300)
class ClusterIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String CONNECTOR = "/connectors/siem";

  @TempDir Path folder;

  private final List<ConnectProcess> workers = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private EmbeddedBroker broker;
  private LoopbackRegistry registry;
  private KafkaProducer<byte[], byte[]> producer;
  private Serializer<AuditEvent> values;

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("broker")));
    registry = LoopbackRegistry.start(LoopbackPort.free());
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(client)) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(Topics.AUDIT_EVENTS, Optional.of(1), Optional.empty()),
                  new NewTopic(Topics.DEAD_LETTERS, Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
    producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    values = WireFormat.auditEvents(Map.of("schema.registry.url", registry.url())).serializer();
    Path plugins = unpacked();
    for (int worker = 0; worker < 2; worker++) {
      workers.add(ConnectProcess.start(folder, plugins, broker.bootstrapServers(), freePort()));
    }
    for (ConnectProcess worker : workers) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                worker.requireAlive();
                return worker.get("/connectors").status() == 200;
              });
    }
  }

  /// A worker tells others where it is, so its port must be known before it listens.
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void stop() throws IOException {
    workers.forEach(ConnectProcess::close);
    producer.close();
    values.close();
    registry.close();
    broker.close();
  }

  @Test
  void eventsArriveOnceWhateverBecomesOfTheWorkers() throws Exception {
    Path first = folder.resolve("first");
    Answer refused = configure(Map.of("sink.fromat", "ecs", "tasks.max", "2"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("did you mean 'sink.format'?", "must be 1: file has one writer");

    assertThat(configure(Map.of("sink.file.path", first.toString())).status()).isEqualTo(201);
    send(50);
    awaitLines(first, 50);

    ConnectProcess owner = owner();
    send(50);
    owner.kill();
    workers.remove(owner);
    send(50);
    awaitLines(first, 150);
    assertThat(reasons(first)).isEqualTo(sent);

    Path second = folder.resolve("second");
    assertThat(configure(Map.of("sink.file.path", second.toString())).status()).isEqualTo(200);
    awaitRunning();
    send(10);
    awaitLines(second, 10);
    assertThat(reasons(first)).isEqualTo(sent.subList(0, 150));
    assertThat(reasons(second)).isEqualTo(sent.subList(150, 160));
  }

  private Answer configure(Map<String, String> own) throws IOException {
    Map<String, String> config = new TreeMap<>();
    String bytes = "org.apache.kafka.connect.converters.ByteArrayConverter";
    config.put("connector.class", "io.tasktrail.sink.connect.TasktrailSinkConnector");
    config.put("tasks.max", "1");
    config.put("topics", Topics.AUDIT_EVENTS);
    config.put("key.converter", bytes);
    config.put("value.converter", bytes);
    config.put("consumer.override.isolation.level", "read_committed");
    config.put("consumer.override.session.timeout.ms", "6000");
    config.put("bootstrap.servers", broker.bootstrapServers());
    config.put("schema.registry.url", registry.url());
    config.putAll(own);
    return workers
        .getFirst()
        .put(CONNECTOR + "/config", new JsonMapper().writeValueAsString(config));
  }

  /// The worker that runs the task.
  private ConnectProcess owner() throws IOException {
    String id =
        new JsonMapper()
            .readTree(workers.getFirst().get(CONNECTOR + "/status").body())
            .at("/tasks/0/worker_id")
            .asText();
    return workers.stream().filter(worker -> worker.id().equals(id)).findFirst().orElseThrow();
  }

  private void awaitRunning() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                new JsonMapper()
                    .readTree(workers.getFirst().get(CONNECTOR + "/status").body())
                    .at("/tasks/0/state")
                    .asText()
                    .equals("RUNNING"));
  }

  private void send(int events) throws Exception {
    for (int i = 0; i < events; i++) {
      String reason = "event-" + sent.size();
      sent.add(reason);
      producer
          .send(
              new ProducerRecord<>(
                  Topics.AUDIT_EVENTS, values.serialize(Topics.AUDIT_EVENTS, event(reason))))
          .get();
    }
  }

  private void awaitLines(Path file, int count) {
    await()
        .atMost(PATIENCE)
        .until(() -> Files.exists(file) && Files.readAllLines(file).size() >= count);
  }

  private static List<String> reasons(Path file) throws IOException {
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      found.add(new JsonMapper().readTree(line).at("/event/reason").asText());
    }
    return found;
  }

  private static AuditEvent event(String reason) {
    UUID id = new UUID(1, 2);
    Header header =
        new Header(new HostId(id), "web-1", new BootId(id), new CaptureId(id), -1, 1, 2, 3);
    return AuditEvent.of(new TaskEvent(header, new Fact.AgentStopping(reason)));
  }

  private Path unpacked() throws IOException {
    Path plugins = folder.resolve("plugins");
    Path archive = Path.of(System.getProperty("plugin.archive"));
    try (InputStream in = Files.newInputStream(archive);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = plugins.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(zip, path);
        }
      }
    }
    return plugins;
  }
}
