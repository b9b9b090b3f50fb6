package io.tasktrail.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.loopback.BrokerSettings;
import io.tasktrail.loopback.EmbeddedBroker;
import io.tasktrail.wire.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that wants a password, and gives an agent the right to write alone.
class SecuredDoctorIT {

  private static final Duration CHECK = Duration.ofSeconds(60);
  private static final int CALL_MILLIS = 10_000;

  @TempDir private static Path dir;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker =
        EmbeddedBroker.start(
            BrokerSettings.in(dir)
                .with(
                    "listener.security.protocol.map",
                    "LOOPBACK:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
                .with("sasl.enabled.mechanisms", "PLAIN")
                .with("sasl.mechanism.inter.broker.protocol", "PLAIN")
                .with(
                    "listener.name.loopback.plain.sasl.jaas.config",
                    login("admin", "a") + " user_admin=\"a\" user_agent=\"b\" user_other=\"c\";")
                .with(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .with("super.users", "User:admin;User:ANONYMOUS"));
    try (Admin admin = Admin.create(settings("admin", "a"))) {
      NewTopic topic =
          new NewTopic(Topics.TASK_EVENTS, Optional.of(1), Optional.empty())
              .configs(Map.of("message.timestamp.type", "LogAppendTime"));
      admin.createTopics(List.of(topic)).all().get();
      admin.createAcls(List.of(mayWrite("agent"))).all().get();
    }
  }

  private static AclBinding mayWrite(String user) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, Topics.TASK_EVENTS, PatternType.LITERAL),
        new AccessControlEntry("User:" + user, "*", AclOperation.WRITE, AclPermissionType.ALLOW));
  }

  @AfterAll
  static void stop() throws IOException {
    broker.close();
  }

  @Test
  void rightToWriteIsEnough() throws Exception {
    assertThat(report("agent", "b"))
        .contains("ok    Kafka login", "ok    topic", "ok    right to write")
        .contains("skip  topic settings")
        .doesNotContain("FAIL");
  }

  @Test
  void wrongPasswordIsNamedAndNotShown() throws Exception {
    assertThat(report("agent", "wr0ng"))
        .contains("ok    broker", "FAIL  Kafka login", "sasl.jaas.config")
        .contains("skip  topic")
        .doesNotContain("wr0ng");
  }

  @Test
  void userWithoutTheRightIsToldTheCommand() throws Exception {
    assertThat(report("other", "c"))
        .contains("ok    Kafka login", "FAIL  topic", "kafka-acls.sh", "--operation Write")
        .contains("skip  right to write");
  }

  private static String report(String user, String password) throws InterruptedException {
    StringWriter out = new StringWriter();
    Connection connection = new Connection(settings(user, password), CALL_MILLIS);
    List<Check> checks = new ArrayList<>(new BrokerChecks(connection, Instant.now()).all());
    checks.addAll(new TopicChecks(connection, checks.getLast()).all());
    new Examination(new PrintWriter(out, true), CHECK).run(checks);
    return out.toString();
  }

  private static Map<String, Object> settings(String user, String password) {
    return Map.of(
        "bootstrap.servers",
        broker.bootstrapServers(),
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        login(user, password) + ";");
  }

  private static String login(String user, String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
        + user
        + "\" password=\""
        + password
        + "\"";
  }
}
