package io.tasktrail.loopback;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The Kafka settings of one combined node (broker and controller) that shares a small machine and
/// a JVM with others. Names and meaning: Kafka's broker configuration reference.
final class SmallBroker {

  static final int NODE_ID = 1;
  static final String CLIENTS = "LOOPBACK";
  static final String SECURED = "SECURED";
  static final String CONTROLLER = "CONTROLLER";

  private SmallBroker() {}

  static Map<String, String> properties(Path data, int clientPort, int controllerPort) {
    Map<String, String> all = new HashMap<>();
    all.putAll(node(data, clientPort, controllerPort));
    all.putAll(SINGLE_REPLICA);
    all.putAll(SMALL);
    all.putAll(QUICK);
    return all;
  }

  /// What the second listener adds to them.
  static Map<String, String> secured(Map<String, String> properties, int port) {
    String listener = "," + SECURED + "://127.0.0.1:" + port;
    Map<String, String> all = new HashMap<>(properties);
    all.merge("listeners", listener, String::concat);
    all.merge("advertised.listeners", listener, String::concat);
    all.merge("listener.security.protocol.map", "," + SECURED + ":SASL_SSL", String::concat);
    return all;
  }

  private static Map<String, String> node(Path data, int clientPort, int controllerPort) {
    String clients = CLIENTS + "://127.0.0.1:" + clientPort;
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "controller.quorum.voters",
        NODE_ID + "@127.0.0.1:" + controllerPort,
        "listeners",
        clients + "," + CONTROLLER + "://127.0.0.1:" + controllerPort,
        "advertised.listeners",
        clients,
        "controller.listener.names",
        CONTROLLER,
        "inter.broker.listener.name",
        CLIENTS,
        "listener.security.protocol.map",
        CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT",
        "log.dirs",
        data.toString());
  }

  private static final Map<String, String> SINGLE_REPLICA =
      Map.of(
          "default.replication.factor", "1",
          "min.insync.replicas", "1",
          "offsets.topic.replication.factor", "1",
          "transaction.state.log.replication.factor", "1",
          "transaction.state.log.min.isr", "1",
          "share.coordinator.state.topic.replication.factor", "1",
          "share.coordinator.state.topic.min.isr", "1");

  /// Memory, threads and files. The cleaner's buffer alone would be 128 MB of heap; 64 MB segments
  /// let retention free space before a demo has filled a disk.
  private static final Map<String, String> SMALL =
      Map.of(
          "log.cleaner.dedupe.buffer.size", "8388608",
          "log.segment.bytes", "67108864",
          "offsets.topic.num.partitions", "2",
          "transaction.state.log.num.partitions", "2",
          "share.coordinator.state.topic.num.partitions", "1",
          "num.network.threads", "2",
          "num.io.threads", "4",
          "background.threads", "2",
          "auto.create.topics.enable", "false");

  /// No waiting for members or brokers that cannot exist. A broker killed and started again is
  /// refused until the session of the one before it has run out; both sit in one JVM, so that a
  /// short session is not mistaken for a slow network.
  private static final Map<String, String> QUICK =
      Map.of(
          "group.initial.rebalance.delay.ms", "0",
          "broker.session.timeout.ms", "3000",
          "broker.heartbeat.interval.ms", "500",
          "server.max.startup.time.ms", "60000");
}
