package io.tasktrail.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnwritableDataIT {

  /// In the shell's units of 512 bytes: room for Kafka's 10 MB index files, none for a longer log.
  private static final int MAX_FILE_BLOCKS = 24_000;

  private static final String MEBIBYTE_ALMOST = "x".repeat(1_000_000);

  @TempDir private Path data;

  /// A file that may not grow is to the broker what a full disk is: a write that fails.
  @Test
  void aBrokerThatCannotWriteEndsWithALineThatSaysWhy() throws Exception {
    Process process = limited(LoopbackProcess.launch("--until-eof", "--data=" + data));
    try (Clients clients = new Clients(bootstrapServers(process));
        KafkaProducer<String, String> impatient = clients.impatient()) {
      clients.createTopic("words");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                var _ = impatient.send(Clients.record("words", MEBIBYTE_ALMOST));
                impatient.flush();
                return !process.isAlive();
              });
    }
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(process.errorReader().readAllLines())
        .last()
        .asString()
        .isEqualTo(
            "embedded Kafka broker (data in [%s]) ended: its data directory cannot be used; is the disk full?"
                .formatted(data.resolve("broker")));
  }

  @Test
  void aBrokerThatFailsHalfwayIsTakenDownAgain() throws Exception {
    BrokerSettings impossible = BrokerSettings.in(data).with("log.cleaner.threads", "100");
    assertThatThrownBy(() -> EmbeddedBroker.start(impossible))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("log.cleaner.dedupe.buffer.size");
    EmbeddedBroker.start(BrokerSettings.in(data)).close();
  }

  private static Process limited(ProcessBuilder java) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("/bin/sh", "-c", "ulimit -f " + MAX_FILE_BLOCKS + "; exec \"$@\"", "sh"));
    command.addAll(java.command());
    return new ProcessBuilder(command).start();
  }

  private static String bootstrapServers(Process process) throws IOException {
    String line = process.inputReader().readLine();
    Matcher ready = Pattern.compile("bootstrap\\.servers=(\\S+)").matcher(line);
    assertThat(ready.find()).as(line).isTrue();
    return ready.group(1);
  }
}
