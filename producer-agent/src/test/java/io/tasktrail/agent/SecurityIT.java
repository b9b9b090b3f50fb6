package io.tasktrail.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.BasicAuthenticator;
import io.tasktrail.agent.ring.CaptureRing;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.agent.ring.TestCapture;
import io.tasktrail.agent.secured.Authority;
import io.tasktrail.agent.secured.SecuredBroker;
import io.tasktrail.event.Header;
import io.tasktrail.loopback.LoopbackPort;
import io.tasktrail.loopback.LoopbackRegistry;
import io.tasktrail.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents that show who they are to a broker that lets them do one thing; needs root and BPF.
class SecurityIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int PROGRAMS = 30;
  private static final String REGISTRY_PASSWORD = "registry-pw-9c2e";

  @TempDir private Path dir;
  private SecuredBroker broker;
  private LoopbackRegistry registry;
  private TaskEventsTopic topic;
  private TestCapture capture;
  private AgentProcess agent;
  private MarkedProgram marked;

  @BeforeEach
  void start() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    marked = MarkedProgram.in(dir);
    broker = SecuredBroker.start(dir.resolve("kafka"));
    registry = LoopbackRegistry.start(LoopbackPort.free());
    topic =
        TaskEventsTopic.create(
            Map.of(
                "bootstrap.servers", broker.adminServers(),
                "schema.registry.url", registry.url()));
    capture = TestCapture.arm(TestCapture.RING);
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
  void rightToWriteOneTopicIsEnoughAndItIsTheOnlyOne() throws Exception {
    broker.user(SecuredAgent.USER, SecuredAgent.PASSWORD);
    allow();
    run(settings());
    marked.run(PROGRAMS);
    awaitEverything();
    assertThat(agent.terminate().status()).isZero();

    assertMayNothingElse(settings().client());
  }

  @Test
  void wrongPasswordIsSaidOnceAndOnceItIsCorrectedAllArrives() throws Exception {
    broker.user(SecuredAgent.USER, "another");
    allow();
    run(settings());
    marked.run(PROGRAMS);
    awaitSaid("user or password is refused");
    long begin = System.nanoTime();
    long before = broker.refusals();
    await().atMost(SOON).until(() -> broker.refusals() >= before + 4);
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .as("no busy loop")
        .isGreaterThan(Duration.ofSeconds(2));

    broker.user(SecuredAgent.USER, SecuredAgent.PASSWORD);
    awaitEverything();
    assertSaidOnce("sasl.jaas.config");
  }

  @Test
  void missingRightIsSaidOnceAndOnceItIsGivenAllArrives() throws Exception {
    broker.user(SecuredAgent.USER, SecuredAgent.PASSWORD);
    run(settings());
    marked.run(PROGRAMS);
    awaitSaid("kafka-acls");

    allow();
    awaitEverything();
    assertSaidOnce("kafka-acls");
  }

  @Test
  void expiredCertificateIsSaidOnceAndOnceItIsRenewedAllArrives() throws Exception {
    badCertificate(Authority.Kind.EXPIRED, "has expired");
  }

  @Test
  void certificateOfAnotherHostIsSaidOnceAndOnceItIsRightAllArrives() throws Exception {
    badCertificate(Authority.Kind.OF_ANOTHER_HOST, "is for another host");
  }

  private void badCertificate(Authority.Kind kind, String said) throws Exception {
    broker.user(SecuredAgent.USER, SecuredAgent.PASSWORD);
    allow();
    broker.show(kind);
    run(settings());
    marked.run(PROGRAMS);
    awaitSaid(said);

    broker.show(Authority.Kind.VALID);
    awaitEverything();
    assertSaidOnce(said);
  }

  @Test
  void unknownAuthorityIsSaidOnceAndTheNextAgentThatTrustsItSendsAll() throws Exception {
    broker.user(SecuredAgent.USER, SecuredAgent.PASSWORD);
    allow();
    run(settings().with("ssl.truststore.location", SecuredBroker.unknownAuthority(dir).toString()));
    marked.run(PROGRAMS);
    awaitSaid("ssl.truststore.location");
    assertSaidOnce("ssl.truststore.location");
    agent.kill();

    run(settings());
    awaitEverything();
  }

  @Test
  void nothingOfASecretIsInLogsNorInProc() throws Exception {
    AtomicReference<String> expected = new AtomicReference<>("another");
    registry.close();
    registry =
        LoopbackRegistry.start(
            new LoopbackPort(registry.port(), "port"), registryAuthenticator(expected));
    broker.user(SecuredAgent.USER, "another");
    allow();
    run(
        settings()
            .with("basic.auth.credentials.source", "USER_INFO")
            .with("basic.auth.user.info", "registry-user:" + REGISTRY_PASSWORD)
            .with("ssl.keystore.type", "PKCS12")
            .with("ssl.keystore.location", broker.keystore().toString())
            .with("ssl.keystore.password", SecuredBroker.STORE_PASSWORD),
        List.of("env", "JAVA_TOOL_OPTIONS=-Dorg.slf4j.simpleLogger.defaultLogLevel=trace"),
        List.of("--verbose"));
    marked.run(PROGRAMS);
    awaitSaid("correct basic.auth.user.info");
    expected.set(REGISTRY_PASSWORD);
    awaitSaid("correct them in sasl.jaas.config");
    broker.user(SecuredAgent.USER, SecuredAgent.PASSWORD);
    readAs("registry-user:" + REGISTRY_PASSWORD);
    await().atMost(SOON).until(() -> !topic.events().isEmpty());

    Path proc = Path.of("/proc", "" + agent.pid());
    String shown =
        agent.said()
            + Files.readString(proc.resolve("cmdline"))
            + Files.readString(proc.resolve("environ"));
    assertThat(shown).as("Kafka dumps its settings").contains("ProducerConfig values");
    for (String secret :
        List.of(SecuredAgent.PASSWORD, REGISTRY_PASSWORD, SecuredBroker.STORE_PASSWORD)) {
      assertThat(shown.contains(secret)).as(secret).isFalse();
      assertThat(shown.contains(base64("registry-user:" + secret))).as(secret).isFalse();
    }
  }

  private void readAs(String userInfo) {
    topic.close();
    topic =
        new TaskEventsTopic(
            Map.of(
                "bootstrap.servers",
                broker.adminServers(),
                "schema.registry.url",
                registry.url(),
                "basic.auth.credentials.source",
                "USER_INFO",
                "basic.auth.user.info",
                userInfo));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static BasicAuthenticator registryAuthenticator(AtomicReference<String> password) {
    return new BasicAuthenticator("registry") {
      @Override
      public boolean checkCredentials(String user, String given) {
        return user.equals("registry-user") && given.equals(password.get());
      }
    };
  }

  private void assertMayNothingElse(Map<String, Object> client) throws Exception {
    Map<String, Object> impatient = new HashMap<>(client);
    impatient.put("max.block.ms", "10000");
    impatient.put("default.api.timeout.ms", "20000");
    impatient.put("request.timeout.ms", "10000");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.adminServers()))) {
      admin.createTopics(List.of(new NewTopic("other", 1, (short) 1))).all().get();
    }
    TopicPartition events = new TopicPartition(Topics.TASK_EVENTS, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(impatient, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(events));
      consumer.seek(events, 0);
      assertThatThrownBy(() -> consumer.poll(SOON))
          .as("read")
          .isInstanceOf(TopicAuthorizationException.class);
    }
    try (Admin admin = Admin.create(impatient)) {
      assertThatThrownBy(
              () ->
                  admin
                      .createTopics(List.of(new NewTopic("mine", 1, (short) 1)))
                      .all()
                      .get(SOON.toSeconds(), TimeUnit.SECONDS))
          .as("create")
          .hasCauseInstanceOf(AuthorizationException.class);
      assertThatThrownBy(
              () ->
                  admin
                      .deleteTopics(List.of(Topics.TASK_EVENTS))
                      .all()
                      .get(SOON.toSeconds(), TimeUnit.SECONDS))
          .as("delete")
          .hasCauseInstanceOf(AuthorizationException.class);
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(impatient, new ByteArraySerializer(), new ByteArraySerializer())) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("other", new byte[1])).get())
          .as("write elsewhere")
          .hasCauseInstanceOf(AuthorizationException.class);
    }
  }

  private SecuredAgent settings() {
    return new SecuredAgent(broker, registry.url());
  }

  private void allow() throws Exception {
    broker.allow(SecuredAgent.USER, Topics.TASK_EVENTS, AclOperation.WRITE, AclOperation.DESCRIBE);
  }

  private void run(SecuredAgent settings) throws IOException {
    run(settings, List.of(), List.of());
  }

  private void run(SecuredAgent settings, List<String> prefix, List<String> more)
      throws IOException {
    List<String> arguments = new ArrayList<>(more);
    arguments.addAll(
        List.of("--pin", capture.dir().toString(), "--config", settings.write(dir).toString()));
    agent = new AgentProcess.Launcher(dir, prefix).start(arguments);
    awaitSaid("reading ");
  }

  private void awaitSaid(String words) {
    await().atMost(SOON).untilAsserted(() -> assertThat(agent.said()).contains(words));
  }

  /// One line has the words, and there are not many others.
  private void assertSaidOnce(String words) {
    assertThat(agent.said().lines().filter(line -> line.contains(words)))
        .as(agent.said())
        .hasSize(1);
    assertThat(
            agent
                .said()
                .lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR ")))
        .as(agent.said())
        .hasSizeLessThanOrEqualTo(3);
  }

  /// Each program once, and no number that is neither published nor declared lost.
  private void awaitEverything() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(marked.tasksIn(topic.events()).size())
                    .as("programs that arrived; the agent said: %s", agent.said())
                    .isGreaterThanOrEqualTo(PROGRAMS));
    assertThat(marked.tasksIn(topic.all())).hasSize(PROGRAMS).doesNotHaveDuplicates();
    agent.terminate();
    await().atMost(SOON).until(() -> CaptureRing.readerOf(capture.dir()).isEmpty());
    assertNothingUnsaid();
  }

  private void assertNothingUnsaid() {
    Numbers numbers = Numbers.of(topic.all());
    try (CaptureRing ring = CaptureRing.open(capture.dir())) {
      int cpu = Header.SNAPSHOT_CPU;
      for (Progress settled : ring.settled()) {
        assertThat(numbers.unsaid(cpu, settled.delivered())).as("cpu %d", cpu).isEmpty();
        cpu++;
      }
    }
  }
}
