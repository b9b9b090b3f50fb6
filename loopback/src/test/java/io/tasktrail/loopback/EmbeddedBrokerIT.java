package io.tasktrail.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {

  @TempDir private Path data;

  @Test
  void acknowledgedRecordsSurviveARestartOnTheSamePort() throws Exception {
    EmbeddedBroker first = EmbeddedBroker.start(BrokerSettings.in(data));
    try (Clients clients = new Clients(first.bootstrapServers())) {
      clients.createTopic("words");
      clients.send("words", "fork");
    }
    try (EmbeddedBroker second = first.restart();
        Clients clients = new Clients(second.bootstrapServers())) {
      assertThat(second.port()).isEqualTo(first.port());
      clients.send("words", "exec");
      assertThat(clients.read("words", 2)).containsExactly("fork", "exec");
    }
  }

  @Test
  void anAbortedTransactionIsNotReadAndACommittedOneIs() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(data));
        Clients clients = new Clients(broker.bootstrapServers());
        KafkaProducer<String, String> producer = clients.transactional("t1")) {
      clients.createTopic("words");
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(Clients.record("words", "aborted")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(Clients.record("words", "committed")).get();
      producer.commitTransaction();
      assertThat(clients.read("words", 1)).containsExactly("committed");
    }
  }

  @Test
  void aTopicIsNotMadeByUsingIt() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(data));
        Clients clients = new Clients(broker.bootstrapServers())) {
      assertThatThrownBy(() -> clients.describe("never-made"))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void itListensOnLoopbackAlone() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(data))) {
      assertThat(Listening.addressesOf(broker.port())).containsExactly("127.0.0.1");
    }
  }

  @Test
  void aTakenPortIsNamedWithItsOption() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(LoopbackPort.free().address());
      LoopbackPort port = new LoopbackPort(taken.getLocalPort(), "--port");
      assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.in(data).with(port)))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("--port: port " + port.number() + " of 127.0.0.1");
      assertThat(data).isEmptyDirectory();
    }
  }

  @Test
  void aDataDirectoryThatIsAFileIsNamed() throws IOException {
    Path file = Files.createFile(data.resolve("file"));
    assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.in(file)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("data directory " + file);
  }

  @Test
  void aDataDirectoryInUseIsNamedAndTheFirstBrokerGoesOn() throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start(BrokerSettings.in(data));
        Clients clients = new Clients(first.bootstrapServers())) {
      assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.in(data)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another broker uses it");
      clients.createTopic("words");
      clients.send("words", "still here");
      assertThat(clients.read("words", 1)).containsExactly("still here");
    }
  }

  @Test
  void closingTwiceIsClosingOnce() throws IOException {
    EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(data));
    broker.close();
    broker.close();
    assertThat(Listening.addressesOf(broker.port())).isEmpty();
  }
}
