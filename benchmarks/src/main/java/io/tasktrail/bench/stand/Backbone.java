package io.tasktrail.bench.stand;

import io.tasktrail.loopback.BrokerSettings;
import io.tasktrail.loopback.EmbeddedBroker;
import io.tasktrail.loopback.LoopbackPort;
import io.tasktrail.loopback.LoopbackRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// A broker and a registry in a JVM of their own, so that what they cost is not taken for what is
/// measured.
///
/// @param addresses how clients find them
public record Backbone(Jvm jvm, Map<String, String> addresses) implements AutoCloseable {

  /// Kafka's default, not the demo's small segments: none is full within a measurement, so that
  /// nothing is compacted away before it is counted.
  private static final String SEGMENT_BYTES = Integer.toString(1 << 30);

  public static Backbone start(Scratch scratch) throws IOException {
    Jvm jvm =
        Jvm.start(Backbone.class, List.of("-Xmx512m"), List.of(scratch.file("kafka").toString()));
    Map<String, String> addresses = new TreeMap<>();
    for (String key : List.of("bootstrap.servers", "schema.registry.url")) {
      addresses.put(key, jvm.hear());
    }
    return new Backbone(jvm, addresses);
  }

  /// The child's JVM.
  public static void main(String[] args) throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(settings(Path.of(args[0])));
        LoopbackRegistry registry = LoopbackRegistry.start(LoopbackPort.free())) {
      System.out.println(broker.bootstrapServers());
      System.out.println(registry.url());
      System.in.transferTo(System.out);
    }
  }

  private static BrokerSettings settings(Path data) {
    return BrokerSettings.in(data).with("log.segment.bytes", SEGMENT_BYTES);
  }

  /// What clients are made with: addresses, and more of theirs.
  public Map<String, Object> with(Map<String, ?> more) {
    Map<String, Object> settings = new TreeMap<>(addresses);
    settings.putAll(more);
    return settings;
  }

  /// Makes a topic as the topology wants it.
  public void create(String topic, int partitions) throws ExecutionException, InterruptedException {
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
  public void close() throws IOException {
    jvm.close();
  }
}
