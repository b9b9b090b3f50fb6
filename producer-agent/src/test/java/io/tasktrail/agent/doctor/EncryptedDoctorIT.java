package io.tasktrail.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.loopback.BrokerSettings;
import io.tasktrail.loopback.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that speaks TLS, with a certificate that ends in ten days.
class EncryptedDoctorIT {

  private static final Duration CHECK = Duration.ofSeconds(60);
  private static final int CALL_MILLIS = 10_000;
  private static final String PASSWORD = "changeit";

  @TempDir private static Path dir;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws Exception {
    Path keys = dir.resolve("keys.p12");
    Path certificate = dir.resolve("certificate.pem");
    keytool(
        List.of(
            "-genkeypair",
            "-alias",
            "broker",
            "-keyalg",
            "EC",
            "-dname",
            "CN=broker",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-validity",
            "10",
            "-keystore",
            keys.toString()));
    keytool(
        List.of(
            "-exportcert",
            "-rfc",
            "-alias",
            "broker",
            "-file",
            certificate.toString(),
            "-keystore",
            keys.toString()));
    broker =
        EmbeddedBroker.start(
            BrokerSettings.in(dir.resolve("data"))
                .with("listener.security.protocol.map", "LOOPBACK:SSL,CONTROLLER:PLAINTEXT")
                .with("ssl.keystore.type", "PKCS12")
                .with("ssl.keystore.location", keys.toString())
                .with("ssl.keystore.password", PASSWORD)
                .with("ssl.truststore.type", "PEM")
                .with("ssl.truststore.location", certificate.toString()));
  }

  private static void keytool(List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(options);
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("keytool.out").toFile())
            .start();
    assertThat(keytool.waitFor(1, TimeUnit.MINUTES) && keytool.exitValue() == 0)
        .as("keytool %s", options)
        .isTrue();
  }

  @AfterAll
  static void stop() throws IOException {
    broker.close();
  }

  @Test
  void certificateThatEndsSoonIsAWarning() throws Exception {
    assertThat(report(trusting()))
        .contains("warn  TLS", "9 days from now", "ok    Kafka login")
        .doesNotContain("FAIL");
  }

  @Test
  void certificateThatNobodyTrustsIsAFailure() throws Exception {
    assertThat(report(Map.of("security.protocol", "SSL")))
        .contains("FAIL  TLS", "openssl s_client", "ssl.truststore", "skip  Kafka login");
  }

  @Test
  void trustStoreThatIsNotThereIsNamed() throws Exception {
    assertThat(
            report(
                Map.of("security.protocol", "SSL", "ssl.truststore.location", "/nonexistent.p12")))
        .contains("FAIL  TLS", "/nonexistent.p12", "correct ssl.truststore");
  }

  @Test
  void clientWithoutTlsIsToldToCompareTheProtocol() throws Exception {
    assertThat(report(Map.of()))
        .contains("ok    broker", "FAIL  Kafka login", "compare security.protocol");
  }

  private static Map<String, Object> trusting() {
    return Map.of(
        "security.protocol",
        "SSL",
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        dir.resolve("certificate.pem").toString());
  }

  private static String report(Map<String, Object> settings) throws InterruptedException {
    StringWriter out = new StringWriter();
    Map<String, Object> all = new HashMap<>(settings);
    all.put("bootstrap.servers", broker.bootstrapServers());
    Connection connection = new Connection(all, CALL_MILLIS);
    new Examination(new PrintWriter(out, true), CHECK)
        .run(new BrokerChecks(connection, Instant.now()).all());
    return out.toString();
  }
}
