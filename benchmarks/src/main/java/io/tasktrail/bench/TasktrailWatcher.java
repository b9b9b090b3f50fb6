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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
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
///
/// @param settings over those that it is shipped with
record TasktrailWatcher(Backbone backbone, Scratch scratch, Storm storm, List<String> settings)
    implements Watcher {

  private static final TopicPartition TOPIC = new TopicPartition(Topics.TASK_EVENTS, 0);
  private static final Path PIN = Path.of("/sys/fs/bpf/tasktrail-bench");
  private static final String RING_BYTES = "8388608";

  /// So that it ends even if this JVM is killed.
  private static final String AT_MOST = "20m";

  private static final Duration POLL = Duration.ofMillis(20);

  /// With the settings that it is shipped with.
  TasktrailWatcher(Backbone backbone, Scratch scratch, Storm storm) {
    this(backbone, scratch, storm, List.of());
  }

  @Override
  public String name() {
    return "tasktrail agent";
  }

  @Override
  public List<String> needs() {
    return List.of();
  }

  @Override
  public AtWork start() throws Exception {
    disarm();
    loader("--ring", RING_BYTES, "--how", "bench");
    try {
      KafkaConsumer<String, TaskEvent> topic = atEnd();
      long begin = System.nanoTime();
      return new AtWork(begin, agent(), topic, storm.program().toString());
    } catch (IOException | RuntimeException failure) {
      disarm();
      throw failure;
    }
  }

  private Child agent() throws IOException {
    List<String> all = new ArrayList<>(settings);
    all.add("spool.dir=" + scratch.file("spool"));
    backbone.addresses().forEach((key, value) -> all.add(key + "=" + value));
    List<String> words = new ArrayList<>(List.of("agent", "--pin=" + PIN, "--for=" + AT_MOST));
    all.forEach(setting -> words.add("--set=" + setting));
    return Child.role(scratch.file("agent.log"), words.toArray(String[]::new));
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

  /// The agent at work.
  static final class AtWork implements Watch {

    private final long beginNanos;
    private final Child agent;
    private final KafkaConsumer<String, TaskEvent> topic;
    private final String program;
    private Seen seen = Seen.NONE;
    private long lost;

    AtWork(
        long beginNanos, Child agent, KafkaConsumer<String, TaskEvent> topic, String program) {
      this.beginNanos = beginNanos;
      this.agent = agent;
      this.topic = topic;
      this.program = program;
    }

    @Override
    public Child child() {
      return agent;
    }

    /// Since the agent was started.
    double seconds() {
      return (System.nanoTime() - beginNanos) / 1e9;
    }

    /// Detaches the programs of the kernel: whatever others do on this machine, nothing is captured
    /// any more, and the agent goes on with an empty ring.
    void detach() throws IOException {
      try (DirectoryStream<Path> links = Files.newDirectoryStream(PIN, "link_*")) {
        for (Path link : links) {
          Files.delete(link);
        }
      }
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
