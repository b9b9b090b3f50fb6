package io.tasktrail.loopback;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/// A broker and its controller, put together as Kafka's own [KafkaRaftServer] does it, but on
/// sockets that are already bound and with faults that can be told to the user.
final class CombinedNode {

  private static final Duration ABANDON_LIMIT = Duration.ofSeconds(10);

  private final ControllerServer controller;
  private final BrokerServer broker;

  CombinedNode(Map<String, String> properties, ServerSocketFactory sockets) {
    KafkaConfig config = new KafkaConfig(properties, false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> stored =
        KafkaRaftServer.initializeLogDirs(
            config, LoggerFactory.getLogger(CombinedNode.class), "loopback: ");
    SharedServer shared = shared(config, stored._1(), sockets);
    this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), stored._2());
    this.broker = new BrokerServer(shared);
  }

  private static SharedServer shared(
      KafkaConfig config, MetaPropertiesEnsemble stored, ServerSocketFactory sockets) {
    QuorumConfig quorum = config.quorumConfig();
    return new SharedServer(
        config,
        stored,
        Time.SYSTEM,
        Server.initializeMetrics(config, Time.SYSTEM, stored.clusterId().orElseThrow()),
        CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
        QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
        FatalFaults.handlers(),
        sockets);
  }

  /// Returns when the broker answers clients.
  ///
  /// @throws RuntimeException when it did not start; what did is stopped then
  void start() {
    try {
      controller.startup();
      broker.startup();
    } catch (RuntimeException e) {
      abandon();
      throw e;
    }
  }

  void stop() {
    broker.shutdown();
    controller.shutdown();
    broker.awaitShutdown();
    controller.awaitShutdown();
  }

  /// Kafka waits without end for some threads that a failed start never started.
  private void abandon() {
    Thread stopping = Thread.ofPlatform().daemon().name("loopback-abandon").start(this::stop);
    try {
      stopping.join(ABANDON_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
