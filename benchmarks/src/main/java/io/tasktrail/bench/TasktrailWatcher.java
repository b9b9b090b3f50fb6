package io.tasktrail.bench;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Child;
import io.tasktrail.bench.stand.Scratch;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The agent, as shipped, on a capture of its own. What it has put out is what is in the topic.
record TasktrailWatcher(Backbone backbone, Scratch scratch, Storm storm) implements Watcher {

  private static final TopicPartition TOPIC = new TopicPartition(Topics.TASK_EVENTS, 0);
  private static final Path PIN = Path.of("/sys/fs/bpf/tasktrail-bench");
  private static final String RING_BYTES = "8388608";

  /// So that it ends even if this JVM is killed.
  private static final String AT_MOST = "10m";

  private static final Duration POLL = Duration.ofMillis(20);

  @Override
  public String name() {
    return "tasktrail agent";
  }

  @Override
  public List<String> needs() {
    return List.of();
  }

  @Override
  public Watch start() throws Exception {
    disarm();
    loader("--ring", RING_BYTES, "--how", "bench");
    try {
      KafkaConsumer<String, TaskEvent> topic = atEnd();
      return new AtWork(agent(), topic, storm.program().toString());
    } catch (IOException | RuntimeException failure) {
      disarm();
      throw failure;
    }
  }

  private Child agent() throws IOException {
    return Child.role(
        scratch.file("agent.log"),
        "agent",
        "--pin=" + PIN,
        "--for=" + AT_MOST,
        "--set=spool.dir=" + scratch.file("spool"),
        "--set=bootstrap.servers=" + backbone.addresses().get("bootstrap.servers"),
        "--set=schema.registry.url=" + backbone.addresses().get("schema.registry.url"));
  }

  private KafkaConsumer<String, TaskEvent> atEnd() {
    var consumer =
        new KafkaConsumer<>(
            backbone.with(Map.of(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)),
            new StringDeserializer(),
            WireFormat.taskEvents(backbone.addresses()).deserializer());
    consumer.assign(List.of(TOPIC));
    consumer.seekToEnd(List.of(TOPIC));
    consumer.position(TOPIC);
    return consumer;
  }

  /// Ends the capture; does nothing when there is none.
  static void disarm() throws IOException, InterruptedException {
    loader("--remove");
  }

  private static void loader(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(System.getProperty("tasktrail.arm"), "--pin", PIN.toString()));
    command.addAll(List.of(options));
    Child.run(command);
  }

  private static final class AtWork implements Watch {

    private final Child agent;
    private final KafkaConsumer<String, TaskEvent> topic;
    private final String program;
    private Seen seen = Seen.NONE;
    private long lost;

    AtWork(Child agent, KafkaConsumer<String, TaskEvent> topic, String program) {
      this.agent = agent;
      this.topic = topic;
      this.program = program;
    }

    @Override
    public Child child() {
      return agent;
    }

    @Override
    public Seen seen() {
      for (ConsumerRecord<String, TaskEvent> record : topic.poll(POLL)) {
        seen = seen.plus(count(record.value().fact()));
      }
      return seen;
    }

    @Override
    public long lost() {
      return lost;
    }

    private Seen count(Fact fact) {
      return switch (fact) {
        case Fact.Forked forked when isOf(forked, Storm.STARTER) -> new Seen(1, 0, 0);
        case Fact.Executed executed when executed.image().executable().toString().equals(program) ->
            new Seen(0, 1, 0);
        case Fact.Exited exited when isOf(exited, Storm.PROGRAM) -> new Seen(0, 0, 1);
        case Fact.EventsLost some -> {
          lost += some.count();
          yield Seen.NONE;
        }
        default -> Seen.NONE;
      };
    }

    private static boolean isOf(Fact.OfTask fact, String comm) {
      return fact.actor().comm().toString().equals(comm);
    }

    @Override
    public void close() {
      topic.close();
      agent.close();
      try {
        disarm();
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      } catch (InterruptedException enough) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
