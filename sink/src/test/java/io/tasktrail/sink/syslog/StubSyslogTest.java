package io.tasktrail.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StubSyslogTest {

  @Test
  void messagesAreAsLongAsTheirCountSays() throws IOException {
    InputStream in = in("3 a\nb4 größ");

    assertThat(StubSyslog.message(in)).isEqualTo("a\nb");
    assertThat(StubSyslog.message(in)).isEqualTo("grö");
  }

  @Test
  void theEndIsNoMessage() throws IOException {
    InputStream in = in("0 1 x");

    assertThat(StubSyslog.message(in)).isEmpty();
    assertThat(StubSyslog.message(in)).isEqualTo("x");
    assertThat(StubSyslog.message(in)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<13>1 - - - - - -", "3", "4 abc", "1234567890 a", "-1 a"})
  void whatIsNotCountedIsRefused(String octets) {
    assertThatIOException().isThrownBy(() -> StubSyslog.message(in(octets)));
  }

  @Test
  void aConnectionIsEndedWhenItIsReadToItsEnd() throws IOException {
    try (StubSyslog stub = new StubSyslog();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), stub.port())) {
      client.getOutputStream().write("1 a1 b".getBytes(UTF_8));
      client.shutdownOutput();

      assertThat(client.getInputStream().read()).isEqualTo(-1);
      assertThat(stub.messages).containsExactly("a", "b");
    }
  }

  private static InputStream in(String octets) {
    return new ByteArrayInputStream(octets.getBytes(UTF_8));
  }
}
