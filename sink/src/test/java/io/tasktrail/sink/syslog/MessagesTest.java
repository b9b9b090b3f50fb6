package io.tasktrail.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.formats.Formats;
import io.tasktrail.sink.Words;
import org.junit.jupiter.api.Test;

class MessagesTest {

  @Test
  void ofTheFormatSyslogValuesAreCutAndTheIdStays() throws TooLong {
    String reason = "y".repeat(4000);
    Messages messages = new Messages(Formats.named("syslog").orElseThrow(), 2048);

    String message = new String(messages.of(Words.event(reason)), UTF_8);

    assertThat(message)
        .hasSizeLessThanOrEqualTo(2048)
        .contains(
            " id=\"" + Words.event(reason).id() + "\"",
            " reason=\"" + "y".repeat(1024) + "...\" shortened=\"1024\"] -");
  }

  @Test
  void whatFitsIsNotMarked() throws TooLong {
    Messages messages = new Messages(Formats.named("syslog").orElseThrow(), 2048);

    assertThat(new String(messages.of(Words.event("x")), UTF_8)).doesNotContain("shortened");
  }

  @Test
  void ofOtherFormatsNothingIsCut() throws TooLong {
    Messages messages = new Messages(Formats.named("cef").orElseThrow(), 512);

    assertThat(new String(messages.of(Words.event("x")), UTF_8))
        .contains("\" revision=\"0\"] CEF:0|tasktrail|");
    assertThatThrownBy(
            () -> new Messages(Formats.named("cef").orElseThrow(), 100).of(Words.event("x")))
        .isInstanceOf(TooLong.class);
  }
}
