package io.tasktrail.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.agent.ring.TestCapture;
import io.tasktrail.loopback.LoopbackProcess;
import io.tasktrail.role.Launch;
import io.tasktrail.role.Shutdown;
import io.tasktrail.wire.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real broker, a registry and a capture, all in order; then one thing after the other is not.
/// Needs root and BPF.
class DoctorIT {

  private static final String NOBODY = "nobody";

  @TempDir private static Path dir;
  private static LoopbackProcess kafka;
  private static TestCapture capture;

  private record Report(int status, String out, String err) {

    /// The line of a check, and its cure.
    String of(String check) {
      List<String> lines = out.lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).substring(6).startsWith(check + " ")) {
          String cure = i + 1 < lines.size() && lines.get(i + 1).isBlank() ? "" : next(lines, i);
          return lines.get(i) + "\n" + cure;
        }
      }
      throw new AssertionError("no line of " + check + " in\n" + out);
    }

    private static String next(List<String> lines, int i) {
      return i + 1 < lines.size() && lines.get(i + 1).startsWith(" ") ? lines.get(i + 1) : "";
    }
  }

  @BeforeAll
  static void start() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    capture = TestCapture.arm(TestCapture.RING);
    kafka = LoopbackProcess.start(dir.resolve("kafka"));
    createTopic();
  }

  @AfterAll
  static void stop() {
    if (kafka != null) {
      kafka.close();
    }
    if (capture != null) {
      capture.close();
    }
  }

  @Test
  void everythingInOrderIsStatusZero() {
    Report report = doctor();

    assertThat(report.status()).as(report.out() + report.err()).isZero();
    assertThat(report.out()).doesNotContain("FAIL").contains("ok    Kafka login");
    assertThat(report.of("right to write")).startsWith("ok");
    assertThat(report.of("schema of events")).startsWith("ok").contains("will take it");
  }

  @Test
  void brokerThatDoesNotAnswerIsNamedAndWhatNeedsItIsSkipped() throws IOException {
    int port = freePort();
    Report report = doctor("--set", "bootstrap.servers=127.0.0.1:" + port);

    assertThat(report.status()).isOne();
    assertThat(report.of("broker 127.0.0.1:" + port)).startsWith("FAIL").contains("firewall");
    assertThat(report.of("topic settings")).startsWith("skip");
    assertThat(report.of("schema of events")).startsWith("ok");
  }

  @Test
  void registryThatDoesNotAnswerIsNamed() throws IOException {
    String url = "http://127.0.0.1:" + freePort();
    Report report = doctor("--set", "schema.registry.url=" + url);

    assertThat(report.of("schema registry")).startsWith("FAIL").contains(url);
    assertThat(report.of("schema of events")).startsWith("skip");
    assertThat(report.of("topic")).startsWith("ok");
  }

  @Test
  void somethingElseThanARegistryIsNotTakenForOne() {
    Report report = doctor("--set", "schema.registry.url=" + kafka.registryUrl() + "/elsewhere");

    assertThat(report.of("schema registry")).startsWith("FAIL").contains("schema.registry.url");
  }

  @Test
  void missingTopicIsNamedWithTheCommand() throws Exception {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(Topics.TASK_EVENTS)).all().get();
      Report report = doctor();

      assertThat(report.of("topic")).startsWith("FAIL").contains("tasktrail topics --create");
      assertThat(report.of("right to write")).startsWith("skip");
    } finally {
      createTopic();
    }
  }

  @Test
  void brokerThatSpeaksNoTlsIsNamed() {
    Report report = doctor("--set", "security.protocol=SSL");

    assertThat(report.of("TLS " + kafka.bootstrapServers()))
        .startsWith("FAIL")
        .contains("openssl s_client");
    assertThat(report.of("Kafka login")).startsWith("skip");
  }

  @Test
  void whatAnswersAndIsNoBrokerIsNamed() {
    String registry = kafka.registryUrl().substring("http://".length());
    Report report = doctor("--set", "bootstrap.servers=" + registry);

    assertThat(report.of("broker " + registry)).startsWith("ok");
    assertThat(report.of("Kafka login")).startsWith("FAIL").contains("security.protocol");
  }

  @Test
  void removedPinsAreNamed() throws IOException {
    Path gone = Path.of("/sys/fs/bpf/tasktrail-test-none-" + ProcessHandle.current().pid());
    Report report = doctor("--pin", gone.toString());

    assertThat(report.of("capture armed"))
        .startsWith("FAIL")
        .contains("tasktrail-arm --pin " + gone);
    assertThat(report.of("ring")).startsWith("skip").contains("needs that capture armed");
  }

  @Test
  void oneRemovedLinkIsNamed() throws IOException {
    Files.delete(capture.dir().resolve("link_exec"));
    try {
      Report report = doctor();

      assertThat(report.of("capture whole")).startsWith("FAIL").contains("link_exec", "--replace");
    } finally {
      capture.close();
      capture = TestCapture.arm(TestCapture.RING);
    }
  }

  @Test
  void removedRingIsNamed() throws IOException {
    Files.delete(capture.dir().resolve("ring"));
    try {
      Report report = doctor();

      assertThat(report.of("capture whole"))
          .startsWith("FAIL")
          .contains("ring", "--remove && ", "--group root");
      assertThat(report.of("capture readable")).startsWith("skip");
    } finally {
      capture.close();
      capture = TestCapture.arm(TestCapture.RING);
    }
  }

  @Test
  void userWithoutRightsIsToldWhichGroupHasThem() {
    Report report = doctor("--user", NOBODY);

    assertThat(report.of("rights to the capture"))
        .startsWith("FAIL")
        .contains("--group GROUP-OF-THE-AGENT");
  }

  @Test
  void spoolFolderOfAnotherIsNamedWithTheCommand() throws IOException {
    Path spool = Files.createDirectories(dir.resolve("spool"));
    Report report = doctor("--user", NOBODY, "--set", "spool.dir=" + spool);

    assertThat(report.of("spool folder"))
        .startsWith("FAIL")
        .contains("install -d -o nobody -m 0700 " + spool);
    assertThat(report.of("spool space")).startsWith("skip");
  }

  @Test
  void wrongSettingsAreTheFirstLineAndTheHostIsCheckedAllTheSame() {
    Report report = doctor("--set", "bootstrap.server=x", "--set", "poll.interval=soon");

    assertThat(report.status()).isOne();
    assertThat(report.out()).startsWith("FAIL  settings");
    assertThat(report.of("settings"))
        .contains("2 settings are wrong", "did you mean 'bootstrap.servers'?", "poll.interval");
    assertThat(report.of("kernel")).startsWith("ok");
    assertThat(report.out()).doesNotContain("broker");
  }

  @Test
  void unknownUserIsToldAndUnknownOptionIsBadUsage() {
    assertThat(doctor("--user", "no-such-user").status()).isOne();
    assertThat(doctor("--nonsense").status()).isEqualTo(2);
  }

  private static Report doctor(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--set",
                "capture.pin=" + capture.dir(),
                "--set",
                "bootstrap.servers=" + kafka.bootstrapServers(),
                "--set",
                "schema.registry.url=" + kafka.registryUrl(),
                "--set",
                "spool.dir=" + dir.resolve("none"),
                "--set",
                "spool.bytes.max=1m"));
    arguments.addAll(List.of(more));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Launch.run(
            new DoctorCommand(),
            new Shutdown(),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(String[]::new));
    return new Report(status, out.toString(), err.toString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void createTopic() throws Exception {
    try (Admin admin = admin()) {
      NewTopic topic =
          new NewTopic(Topics.TASK_EVENTS, Optional.of(1), Optional.empty())
              .configs(Map.of("message.timestamp.type", "LogAppendTime"));
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }
}
