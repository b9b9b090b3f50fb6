package io.tasktrail.role.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasktrail.role.Parser;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenAddressTest {

  private final Parser<Optional<ListenAddress>> parser = ListenAddress.setting(9464).parser();

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9464, 127.0.0.1, 9464",
    "localhost:0, localhost, 0",
    "[::1]:65535, [::1], 65535",
  })
  void isAHostAndAPort(String text, String host, int port) {
    assertThat(parser.parse(text)).contains(new ListenAddress(host, port));
    assertThat(new ListenAddress(host, port)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "off"})
  void maybeNowhere(String text) {
    assertThat(parser.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9464", "127.0.0.1", ":9464", "h:", "h:65536", "h:-1", "u@h:1", "h:1/x", "h :1"})
  void nothingElseIsOne(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> parser.parse(text));
  }

  @Test
  void isOnLoopbackByDefault() {
    assertThat(ListenAddress.setting(9464).fallback()).contains("127.0.0.1:9464");
  }
}
