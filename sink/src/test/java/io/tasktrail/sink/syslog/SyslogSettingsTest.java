package io.tasktrail.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.role.Failure;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.SinkSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogSettingsTest {

  private static SyslogPlan plan(Map<String, String> given) {
    return SyslogSettings.plan(Settings.of(SinkSettings.DECLARED, given));
  }

  @Test
  void serversAreAddresses() {
    assertThat(
            plan(Map.of("sink.syslog.servers", "tls://log-1.example:6514, tcp://[::1]:601"))
                .servers())
        .containsExactly(new Server(true, "log-1.example", 6514), new Server(false, "[::1]", 601));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log-1:6514",
        "tls://log-1",
        "udp://log-1:514",
        "tls://log-1:0",
        "tls://log-1:65536",
        "tls://log-1:6514/x",
        "tls://log-1:6514?x",
        "tls://log-1:6514,",
        "tls://log 1:6514",
        ""
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> plan(Map.of("sink.syslog.servers", text)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is not tcp:// or tls:// addresses with ports");
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() {
    assertThatThrownBy(() -> plan(Map.of("sink.syslog.certificate", "/sink.pem")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("sink.syslog.key.file");
  }
}
