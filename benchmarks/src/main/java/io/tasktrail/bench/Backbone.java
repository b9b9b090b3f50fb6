package io.tasktrail.bench;

import io.tasktrail.loopback.BrokerSettings;
import io.tasktrail.loopback.EmbeddedBroker;
import io.tasktrail.loopback.LoopbackPort;
import io.tasktrail.loopback.LoopbackRegistry;
import io.tasktrail.role.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// A broker and a registry in a JVM of their own, so that what they cost is not taken for what is
/// measured. They end when their standard input does: also when this JVM is killed.
///
/// @param addresses how clients find them
record Backbone(Child child, Map<String, String> addresses) implements AutoCloseable {

  private static final List<String> QUIET_AND_SMALL =
      List.of("-Xmx512m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

  static Backbone start(Scratch scratch) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(QUIET_AND_SMALL);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Backbone.class.getName(), scratch.file("kafka").toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    Map<String, String> addresses = new TreeMap<>();
    for (String key : List.of("bootstrap.servers", "schema.registry.url")) {
      addresses.put(key, said.readLine());
    }
    if (addresses.containsValue(null)) {
      throw new Failure(
          "the embedded broker did not start",
          scratch.folder().toString(),
          "see what it said above");
    }
    return new Backbone(new Child(process, scratch.file("kafka")), addresses);
  }

  /// The child's JVM.
  public static void main(String[] args) throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(Path.of(args[0])));
        LoopbackRegistry registry = LoopbackRegistry.start(LoopbackPort.free())) {
      System.out.println(broker.bootstrapServers());
      System.out.println(registry.url());
      System.in.transferTo(System.out);
    }
  }

  /// What clients are made with: addresses, and more of theirs.
  Map<String, Object> with(Map<String, ?> more) {
    Map<String, Object> settings = new TreeMap<>(addresses);
    settings.putAll(more);
    return settings;
  }

  /// Makes a topic as the topology wants it.
  void create(String topic, int partitions) throws ExecutionException, InterruptedException {
    Map<String, String> configs =
        Map.of("message.timestamp.type", "LogAppendTime", "max.message.bytes", "4194304");
    try (Admin admin = Admin.create(with(Map.of()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configs)))
          .all()
          .get();
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
