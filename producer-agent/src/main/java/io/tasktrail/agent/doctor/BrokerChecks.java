package io.tasktrail.agent.doctor;

import io.tasktrail.agent.doctor.Connection.Server;
import io.tasktrail.agent.publish.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/// Whether Kafka's brokers are reached, trusted, and let the agent in.
///
/// @param now the wall clock
record BrokerChecks(Connection connection, Instant now) {

  /// All of them; the last one says whether Kafka lets the agent in.
  List<Check> all() {
    List<Check> all = new ArrayList<>();
    List<Check> reached = new ArrayList<>();
    for (String server : connection.servers()) {
      Check answers = Check.of("broker " + server, () -> answers(server));
      all.add(answers);
      reached.add(connection.isEncrypted() ? withTls(answers, server, all) : answers);
    }
    all.add(new Check("Kafka login", reached, this::login));
    return all;
  }

  private Check withTls(Check answers, String server, List<Check> all) {
    Check tls = Check.after(answers, "TLS " + server, () -> tls(Server.parse(server)));
    all.add(tls);
    return tls;
  }

  private Finding answers(String text) {
    Server server;
    try {
      server = Server.parse(text);
    } catch (IllegalArgumentException notOne) {
      return Finding.fail("not HOST:PORT", "correct bootstrap.servers");
    }
    InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
    if (address.isUnresolved()) {
      return Finding.fail(
          "the name " + server.host() + " is not known",
          "getent hosts " + server.host() + "; correct bootstrap.servers or the name service");
    }
    try (Socket socket = connected(address)) {
      return Finding.ok("answers as " + socket.getInetAddress().getHostAddress());
    } catch (IOException cause) {
      return Finding.fail(
          "does not answer: " + Reason.of(cause),
          "start the broker, open the firewall for port "
              + server.port()
              + ", or correct bootstrap.servers");
    }
  }

  private Socket connected(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, connection.millis());
      socket.setSoTimeout(connection.millis());
      return socket;
    } catch (IOException cause) {
      socket.close();
      throw cause;
    }
  }

  private Finding tls(Server server) {
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(new AdminClientConfig(connection.forAdmin()).values());
      Finding brokers = shaken(factory, server);
      return brokers.outcome() == Finding.Outcome.OK && factory.keystore() != null
          ? Certificates.of(factory, now)
          : brokers;
    } catch (IOException refused) {
      return Finding.fail(
          "no TLS: " + Reason.of(refused),
          "openssl s_client -connect "
              + server
              + " shows the certificate; compare ssl.truststore.*, its names and its dates");
    } catch (KafkaException cause) {
      return Finding.fail(
          "the settings of TLS do not work: " + Reason.of(cause),
          "correct ssl.truststore.*, ssl.keystore.*, ssl.key.password");
    }
  }

  private Finding shaken(DefaultSslEngineFactory factory, Server server) throws IOException {
    try (Socket plain = connected(new InetSocketAddress(server.host(), server.port()));
        SSLSocket socket =
            (SSLSocket)
                factory
                    .sslContext()
                    .getSocketFactory()
                    .createSocket(plain, server.host(), server.port(), true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(
          connection
              .settings()
              .getOrDefault(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "https")
              .toString());
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return Certificates.judge(
          "the broker's", List.of(socket.getSession().getPeerCertificates()), now);
    }
  }

  private Finding login() throws InterruptedException {
    try (Admin admin = Admin.create(connection.forAdmin())) {
      DescribeClusterResult cluster = admin.describeCluster();
      return Finding.ok(
          connection.protocol()
              + ": cluster "
              + cluster.clusterId().get()
              + " of "
              + cluster.nodes().get().size()
              + " broker(s)");
    } catch (ExecutionException refused) {
      return refused(refused);
    } catch (KafkaException cause) {
      return Finding.fail(
          "the settings do not make a client: " + Reason.of(cause),
          "correct security.protocol, sasl.*, ssl.*");
    }
  }

  private Finding refused(ExecutionException refused) {
    return switch (refused.getCause()) {
      case AuthenticationException _ ->
          Finding.fail(
              "Kafka refuses the login: " + Reason.of(refused),
              "correct sasl.jaas.config, sasl.mechanism or ssl.keystore.*, or have the user made");
      case ClusterAuthorizationException _ -> Finding.ok(connection.protocol() + ": let in");
      case TimeoutException _ ->
          Finding.fail(
              "no answer in time with security.protocol=" + connection.protocol(),
              "compare security.protocol and the port with the broker's listeners");
      // Kafka's client takes the first bytes of another protocol for a length, and gives up.
      default ->
          Finding.fail(
              "what answers there does not speak Kafka with security.protocol="
                  + connection.protocol(),
              "compare security.protocol and the port with the broker's listeners");
    };
  }
}
