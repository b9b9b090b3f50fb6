package io.tasktrail.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/// What a real broker says, `SecurityIT` has.
class ObstacleTest {

  @Test
  void registryThatRefusesIsNotTakenForKafka() {
    Obstacle obstacle =
        Obstacle.of(
            new AuthenticationException("no", new RestClientException("Error", 401, 50005)));

    assertThat(obstacle.fix().orElseThrow()).contains("basic.auth.user.info");
    assertThat(obstacle.isRefusal()).isTrue();
  }

  @Test
  void clockThatIsSetBackIsNamedWhereItMatters() {
    Obstacle obstacle =
        Obstacle.of(
            new SslAuthenticationException(
                "SSL handshake failed", new CertificateNotYetValidException("NotBefore: today")));

    assertThat(obstacle.what()).contains("not valid yet (NotBefore: today)");
    assertThat(obstacle.fix().orElseThrow()).contains("clock of this host");
  }

  @Test
  void certificateOfTheAgentIsNotTakenForTheBrokers() {
    Obstacle obstacle =
        Obstacle.of(
            new SslAuthenticationException(
                "SSL handshake failed",
                new SSLHandshakeException(
                    "(certificate_expired) Received fatal alert: certificate_expired")));

    assertThat(obstacle.what()).contains("refuses this agent's certificate");
    assertThat(obstacle.fix().orElseThrow()).contains("ssl.keystore.location");
    assertThat(obstacle.isRefusal()).isTrue();
  }

  @Test
  void whatMayPassIsNoRefusal() {
    assertThat(Obstacle.of(new TimeoutException("no metadata")))
        .isEqualTo(new Obstacle("no metadata", Optional.empty(), false));
  }
}
