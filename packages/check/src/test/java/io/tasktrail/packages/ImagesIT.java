package io.tasktrail.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.history.InMemoryHostState;
import io.tasktrail.loopback.LoopbackProcess;
import io.tasktrail.wire.CaptureFile;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/// The images, made by the command that makes them, upon a base that comes from Debian's packages.
/// A recorded capture goes through streams and sink, which use the network of this machine.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImagesIT {

  private static final String TAG = "images-it";
  private static final String BASE = "tasktrail-base:" + TAG;
  private static final List<String> ROLES = List.of("agent", "streams", "sink");
  private static final Duration SOON = Duration.ofMinutes(5);

  private Engine engine;
  private LoopbackProcess kafka;
  private GenericContainer<?> streams;
  private GenericContainer<?> sink;

  @BeforeAll
  void start(@TempDir Path dir) throws IOException {
    engine = Engine.ofThisMachine();
    Needs.command("mmdebstrap");
    engine.load(DebianRoot.archive(), BASE);
    System.out.print(
        Command.run(
                Command.HOME.resolve("docker/build").toString(),
                "--base",
                BASE,
                "--tag",
                TAG,
                "--stages",
                Built.shared().folder(Built.OLD, ROLES).toString())
            .done());
    kafka = LoopbackProcess.start(dir.resolve("kafka"));
    streams = role("streams", "--set", "topics.partitions=1", "--set", "replication.factor=1");
    streams.waitingFor(Wait.forHealthcheck().withStartupTimeout(SOON)).start();
    sink = role("sink");
    sink.start();
  }

  private GenericContainer<?> role(String role, String... more) {
    Stream<String> settings =
        Stream.of(
            "--config",
            "/etc/tasktrail/" + role + ".properties",
            "--set",
            "bootstrap.servers=" + kafka.bootstrapServers(),
            "--set",
            "schema.registry.url=" + kafka.registryUrl());
    return new GenericContainer<>("tasktrail-" + role + ":" + TAG)
        .withNetworkMode("host")
        .withCommand(Stream.concat(settings, Stream.of(more)).toArray(String[]::new));
  }

  @AfterAll
  void stop() throws IOException {
    for (GenericContainer<?> container :
        Stream.of(sink, streams).filter(it -> it != null).toList()) {
      container.stop();
    }
    if (kafka != null) {
      kafka.close();
    }
    if (engine != null) {
      ROLES.forEach(role -> engine.forget("tasktrail-" + role + ":" + TAG));
      engine.forget(BASE);
      engine.close();
    }
  }

  @Test
  void eventsGoThroughStreamsAndSink() throws Exception {
    List<TaskEvent> events = new ArrayList<>();
    CaptureFile.read(Command.HOME.resolve("samples/guest.avro"), events::add);
    publish(events);

    int told = told(events).size();
    await().atMost(SOON).until(() -> lines().size() >= told);
    assertThat(lines())
        .hasSize(told)
        .doesNotHaveDuplicates()
        .anyMatch(line -> line.contains("\"completeness\":\"WHOLE\""));
  }

  private void publish(List<TaskEvent> events) throws Exception {
    Map<String, Object> connection =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "schema.registry.url",
            kafka.registryUrl());
    try (Serde<TaskEvent> serde = WireFormat.taskEvents(connection);
        KafkaProducer<String, TaskEvent> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                serde.serializer())) {
      for (TaskEvent event : events) {
        String host = event.header().host().toString();
        producer.send(new ProducerRecord<>(Topics.TASK_EVENTS, host, event)).get();
      }
    }
  }

  private static List<AuditEvent> told(List<TaskEvent> events) {
    Fold fold = new Fold(FoldLimits.DEFAULT);
    InMemoryHostState host = new InMemoryHostState();
    return events.stream().flatMap(event -> fold.apply(host, event).stream()).toList();
  }

  private List<String> lines() throws Exception {
    return sink.execInContainer("cat", "/var/log/tasktrail/audit-events.ecs.jsonl")
        .getStdout()
        .lines()
        .toList();
  }

  @Test
  void noRoleRunsAsRoot() {
    for (String role : ROLES) {
      String image = "tasktrail-" + role + ":" + TAG;
      assertThat(
              Command.run("docker", "image", "inspect", "--format", "{{.Config.User}}", image)
                  .done()
                  .strip())
          .matches("946\\d:946\\d");
    }
  }

  /// As `compose.yaml` has it: two capabilities for the loader, none for the agent.
  @Test
  void captureIsArmedByOneContainerAndReadByAnotherWithoutCapabilities(@TempDir Path dir)
      throws IOException {
    Needs.kernelTypes();
    Command.run("chown", "9463:9463", dir.toString()).done();
    String pin = "/sys/fs/bpf/tasktrail-images-" + ProcessHandle.current().pid();
    arm("--group", "9463", "--pin", pin);
    try {
      Command.run("/usr/bin/env", "marker=seen", "true").done();
      agent(
          dir,
          List.of("--output", "/out/capture.avro", "--for", "2s", "--pin", pin),
          List.of("--set", "canary.interval=0s", "--set", "http.listen=off"));
    } finally {
      arm("--remove", "--pin", pin);
    }

    Captured captured = Captured.of(List.of(dir.resolve("capture.avro")));
    assertThat(Installation.hasMarker(captured.events(), "seen")).isTrue();
    assertThat(captured.missing()).isEmpty();
  }

  private static void arm(String... options) {
    String mount = "--volume=/sys/fs/bpf:/sys/fs/bpf";
    run(
        List.of("--cap-drop=ALL", "--cap-add=SYS_ADMIN", "--cap-add=CHOWN", "--user=root", mount),
        "--entrypoint=/usr/sbin/tasktrail-arm",
        List.of(options));
  }

  private static void agent(Path out, List<String> options, List<String> settings) {
    run(
        List.of(
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges:true",
            "--security-opt=seccomp=unconfined",
            "--read-only",
            "--tmpfs=/tmp",
            "--volume=/sys/fs/bpf:/sys/fs/bpf",
            "--volume=/etc/machine-id:/etc/machine-id:ro",
            "--volume=" + out + ":/out"),
        "--entrypoint=/usr/bin/tasktrail",
        Stream.of(List.of("agent"), options, settings).flatMap(List::stream).toList());
  }

  private static void run(List<String> rights, String entry, List<String> words) {
    Command.run(
            Stream.of(
                    List.of("docker", "run", "--rm", "--network=none", "--pid=host", entry),
                    rights,
                    List.of("tasktrail-agent:" + TAG),
                    words)
                .flatMap(List::stream)
                .toArray(String[]::new))
        .done();
  }
}
