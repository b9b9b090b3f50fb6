package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.agent.ring.TestCapture;
import io.tasktrail.agent.secured.SecuredBroker;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.loopback.LoopbackPort;
import io.tasktrail.loopback.LoopbackRegistry;
import io.tasktrail.wire.Topics;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A certificate for each host, by the scripts of `docs/examples/certificates`; needs root, BPF and
/// openssl.
class CertificatesIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Path SCRIPTS = Path.of("../docs/examples/certificates").toAbsolutePath();
  private static final int PROGRAMS = 20;

  @TempDir private Path dir;
  private MarkedProgram marked;
  private SecuredBroker broker;
  private LoopbackRegistry registry;
  private TaskEventsTopic topic;
  private TestCapture capture;
  private AgentProcess agent;

  @BeforeEach
  void start() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "openssl"))),
        "skipped: no openssl; apt install openssl");
    marked = MarkedProgram.in(dir);
    script("authority", "ours");
    script("authority", "theirs");
    broker = SecuredBroker.startForCertificates(dir.resolve("kafka"), dir.resolve("ours/ca.pem"));
    registry = LoopbackRegistry.start(LoopbackPort.free());
    topic =
        TaskEventsTopic.create(
            Map.of(
                "bootstrap.servers", broker.adminServers(),
                "schema.registry.url", registry.url()));
  }

  @AfterEach
  void stop() throws IOException {
    if (agent != null) {
      agent.close();
    }
    if (capture != null) {
      capture.close();
    }
    if (broker != null) {
      topic.close();
      registry.close();
      broker.close();
    }
  }

  @Test
  void nothingIsLostWhenAHostIsEnrolledRenewedShutOutAndEnrolledAgain() throws Exception {
    capture = TestCapture.arm(TestCapture.RING);
    enrol("web-7", "ours");
    broker.allow("web-7", Topics.TASK_EVENTS, AclOperation.WRITE, AclOperation.DESCRIBE);
    run();
    marked.run(PROGRAMS);
    awaitPrograms(PROGRAMS);

    String before = Files.readString(host());
    enrol("web-7", "ours");
    assertThat(host()).content().isNotEqualTo(before);
    assertThat(agent.terminate().status()).isZero();
    marked.run(PROGRAMS);
    run();
    awaitPrograms(2 * PROGRAMS);

    broker.forbid("web-7", Topics.TASK_EVENTS);
    marked.run(PROGRAMS);
    await().atMost(SOON).untilAsserted(() -> assertThat(agent.said()).contains("kafka-acls"));
    agent.terminate().status();
    enrol("web-7-2", "ours");
    broker.allow("web-7-2", Topics.TASK_EVENTS, AclOperation.WRITE, AclOperation.DESCRIBE);
    run();
    awaitPrograms(3 * PROGRAMS);
    assertThat(agent.terminate().status()).isZero();

    Numbers numbers = Numbers.of(topic.all());
    for (int cpu : cpus()) {
      assertThat(numbers.unsaid(cpu, numbers.published(cpu).last())).as("cpu %d", cpu).isEmpty();
    }
  }

  @Test
  void certificateThatIsRefusedIsSaidAndOnceThereIsAnotherAllArrives() throws Exception {
    capture = TestCapture.arm(TestCapture.RING);
    enrol("web-7", "theirs");
    broker.allow("web-7", Topics.TASK_EVENTS, AclOperation.WRITE, AclOperation.DESCRIBE);
    run();
    marked.run(PROGRAMS);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(agent.said()).contains("refuses this agent's certificate"));
    agent.terminate().status();

    enrol("web-7", "ours");
    run();
    awaitPrograms(PROGRAMS);
  }

  @Test
  void nobodyGetsInWithoutACertificateOfTheAuthority() throws Exception {
    enrol("web-7", "ours");
    assertThat(clusterAs(settings())).isNotEmpty();

    enrol("web-7", "theirs");
    assertThatThrownBy(() -> clusterAs(settings()))
        .hasRootCauseInstanceOf(javax.net.ssl.SSLHandshakeException.class)
        .hasCauseInstanceOf(SslAuthenticationException.class);
  }

  @Test
  void authoritySignsNoOtherNameThanTheOneItIsTold() throws Exception {
    script("request", "web-7", ".");

    Process refused =
        process("sign", "ours", "web-8", "1")
            .redirectInput(dir.resolve("web-7.csr").toFile())
            .redirectOutput(dir.resolve("web-8.crt").toFile())
            .start();

    assertThat(refused.waitFor()).isEqualTo(1);
    assertThat(dir.resolve("web-8.crt")).isEmptyFile();
  }

  /// On the host, at the authority, and on the host again.
  private void enrol(String name, String authority) throws Exception {
    script("request", name, ".");
    Process sign =
        process("sign", authority, name, "90")
            .redirectInput(dir.resolve(name + ".csr").toFile())
            .redirectOutput(dir.resolve(name + ".crt").toFile())
            .start();
    assertThat(sign.waitFor()).isZero();
    script("install", name, ".", host().toString());
  }

  private Path host() {
    return dir.resolve("host.pem");
  }

  private void script(String name, String... arguments) throws Exception {
    assertThat(process(name, arguments).start().waitFor()).as(name).isZero();
  }

  private ProcessBuilder process(String name, String... arguments) {
    List<String> command =
        Stream.concat(Stream.of(SCRIPTS.resolve(name).toString()), Stream.of(arguments)).toList();
    return new ProcessBuilder(command).directory(dir.toFile()).inheritIO();
  }

  private static String clusterAs(SecuredAgent settings) throws Exception {
    try (Admin admin = Admin.create(settings.client())) {
      return admin.describeCluster().clusterId().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private SecuredAgent settings() {
    return SecuredAgent.certified(broker, registry.url(), host());
  }

  private void run() throws IOException {
    agent =
        new AgentProcess.Launcher(dir, List.of())
            .start(
                List.of(
                    "--pin",
                    capture.dir().toString(),
                    "--config",
                    settings().write(dir).toString()));
  }

  private void awaitPrograms(int count) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(marked.tasksIn(topic.events()))
                    .as("the agent said: %s", agent.said())
                    .hasSizeGreaterThanOrEqualTo(count));
    assertThat(marked.tasksIn(topic.all())).hasSize(count).doesNotHaveDuplicates();
  }

  private Set<Integer> cpus() {
    return topic.events().stream()
        .map(TaskEvent::header)
        .map(Header::cpu)
        .filter(cpu -> cpu >= 0)
        .collect(Collectors.toSet());
  }
}
