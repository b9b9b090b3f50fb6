package io.tasktrail.sink.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.role.Failure;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ConsoleDestinationTest {

  @Test
  void eachEventIsALine() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ConsoleDestination console = on(out);

    assertThat(console.resume(Words.SOURCE)).isEqualTo(Positions.NONE);
    console.write(Words.event("größe"), Words::unrefused);
    console.write(Words.event("b"), Words::unrefused);
    console.sync(Positions.NONE);

    assertThat(out.toString(UTF_8)).isEqualTo("größe\nb\n");
  }

  @Test
  void aStreamThatNobodyReadsEndsTheSink() {
    ConsoleDestination console =
        on(
            new OutputStream() {
              @Override
              public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
              }
            });
    console.write(Words.event("a"), Words::unrefused);

    assertThatThrownBy(() -> console.sync(Positions.NONE)).isInstanceOf(Failure.class);
  }

  private static ConsoleDestination on(OutputStream out) {
    return new ConsoleDestination(new PrintStream(out, false, UTF_8), Words.format());
  }
}
