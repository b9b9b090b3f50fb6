package io.tasktrail.agent;

import io.tasktrail.agent.secured.SecuredBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The settings of an agent that shows who it is, as a file that its owner alone may read.
final class SecuredAgent {

  static final String USER = "agent-web-7";
  static final String PASSWORD = "agent-pw-4f1d";

  private final Map<String, String> settings = new TreeMap<>();

  SecuredAgent(SecuredBroker broker, String registry) {
    this(broker, registry, "SASL_SSL");
    with("sasl.mechanism", "SCRAM-SHA-512");
    password(PASSWORD);
  }

  private SecuredAgent(SecuredBroker broker, String registry, String protocol) {
    with("bootstrap.servers", broker.securedServers());
    with("schema.registry.url", registry);
    with("security.protocol", protocol);
    with("ssl.truststore.type", "PEM");
    with("ssl.truststore.location", broker.trusted().toString());
    with("heartbeat.interval", "1s");
    with("spool.dir", "");
  }

  /// One that shows a certificate.
  ///
  /// @param pem its private key and its certificate
  static SecuredAgent certified(SecuredBroker broker, String registry, Path pem) {
    return new SecuredAgent(broker, registry, "SSL")
        .with("ssl.keystore.type", "PEM")
        .with("ssl.keystore.location", pem.toString());
  }

  SecuredAgent with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  SecuredAgent password(String password) {
    return with(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(USER, password));
  }

  /// What a Kafka client gets of them.
  Map<String, Object> client() {
    return settings.entrySet().stream()
        .filter(
            each -> each.getKey().matches("bootstrap\\.servers|security\\..*|ssl\\..*|sasl\\..*"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// The file for `--config`.
  Path write(Path dir) throws IOException {
    Path file =
        Files.createTempFile(
            dir,
            "agent",
            ".properties",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(
        file,
        settings.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("\n")));
  }
}
