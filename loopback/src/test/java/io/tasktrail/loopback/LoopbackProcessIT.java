package io.tasktrail.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackProcessIT {

  @TempDir private Path data;

  @Test
  void whatWasAcknowledgedSurvivesKillMinusNine() throws Exception {
    LoopbackProcess first = LoopbackProcess.start(data);
    int id = register(first, "{\"type\":\"string\"}");
    List<String> words = IntStream.range(0, 500).mapToObj(i -> "word-" + i).toList();
    try (Clients clients = new Clients(first.bootstrapServers())) {
      clients.createTopic("words");
      for (String word : words) {
        clients.send("words", word);
      }
      first.kill();
    }
    try (LoopbackProcess second = first.restart();
        Clients clients = new Clients(second.bootstrapServers())) {
      assertThat(clients.read("words", words.size())).isEqualTo(words);
      assertThat(register(second, "{\"type\":\"long\"}")).isEqualTo(id + 1);
      assertThat(register(second, "{\"type\":\"string\"}")).isEqualTo(id);
    }
  }

  @Test
  void aTakenPortIsToldInOneLine() throws Exception {
    try (LoopbackProcess first = LoopbackProcess.start(data.resolve("first"))) {
      int taken = URI.create("kafka://" + first.bootstrapServers()).getPort();
      Process second = launched("--data=" + data.resolve("second"), "--port=" + taken);
      assertThat(second.waitFor()).isEqualTo(1);
      assertThat(second.errorReader().readAllLines())
          .singleElement()
          .asString()
          .startsWith("--port: port " + taken + " of 127.0.0.1 cannot be used");
    }
  }

  @Test
  void wrongUsageIsStatusTwo() throws Exception {
    assertThat(launched("--prot=1").waitFor()).isEqualTo(2);
  }

  @Test
  void itEndsWithItsStandardInput() throws Exception {
    Process process = launched("--until-eof", "--data=" + data);
    assertThat(process.inputReader().readLine()).startsWith("ready ");
    process.getOutputStream().close();
    assertThat(process.waitFor()).isZero();
    assertThat(process.errorReader().readAllLines()).isEmpty();
  }

  @Test
  void whyItDidNotStartIsPassedOn() throws IOException {
    Files.writeString(data.resolve("registry.json"), "not a registry");
    assertThatThrownBy(() -> LoopbackProcess.start(data))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("registry.json cannot be read");
  }

  private static int register(LoopbackProcess process, String schema) throws Exception {
    try (var client = new CachedSchemaRegistryClient(process.registryUrl(), 10)) {
      return client.register("subject-" + schema.hashCode(), new AvroSchema(schema));
    }
  }

  private static Process launched(String... args) throws IOException {
    return LoopbackProcess.launch(args).start();
  }
}
