package io.tasktrail.agent.doctor;

import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/// How the agent reaches Kafka and the registry.
///
/// @param settings Kafka's and Confluent's, under their own names
/// @param millis bound of each call
record Connection(Map<String, Object> settings, int millis) {

  /// One of `bootstrap.servers`.
  record Server(String host, int port) {

    static Server parse(String text) {
      int colon = text.lastIndexOf(':');
      String host = text.substring(0, Math.max(colon, 0)).replaceAll("^.*://|[\\[\\]]", "");
      if (host.isEmpty()) {
        throw new IllegalArgumentException("not HOST:PORT: " + text);
      }
      return new Server(host, Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  Connection {
    settings = Map.copyOf(settings);
  }

  List<String> servers() {
    return split(settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
  }

  String bootstrapServers() {
    return String.join(",", servers());
  }

  List<String> registries() {
    return split(settings.get(AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG));
  }

  private static List<String> split(Object joined) {
    return Arrays.stream(joined.toString().split(",", -1)).map(String::strip).toList();
  }

  String protocol() {
    return settings
        .getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT")
        .toString();
  }

  boolean isEncrypted() {
    return List.of(SecurityProtocol.SSL.name, SecurityProtocol.SASL_SSL.name).contains(protocol());
  }

  /// For an administrating client, which is given up within the bound.
  Map<String, Object> forAdmin() {
    Map<String, Object> all = new HashMap<>(settings);
    all.keySet().retainAll(AdminClientConfig.configNames());
    all.put(AdminClientConfig.CLIENT_ID_CONFIG, "tasktrail-doctor");
    all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    all.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, millis);
    return all;
  }
}
