package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Events in the topic, as the agents of many hosts would send them, mixed.
///
/// @param bytes of all values
/// @param live tasks alive in the end
record Stock(long count, long bytes, long live, Map<Kind, Long> kinds) {

  static final int HOSTS = 200;
  static final int PARTITIONS = 6;

  private static final int SEED = 7;

  /// How many events a task that stays stands for: 250 tasks of a host's 10,000 events.
  private static final int EVENTS_A_STAYING_TASK = 40;

  /// A crowded host says fork and exec of each of its tasks.
  private static final int EVENTS_A_CROWDING_TASK = 2;

  /// What there is most of.
  enum Kind {
    FORK,
    EXEC,
    EXIT;

    static Kind of(Fact fact) {
      return switch (fact) {
        case Fact.Forked _ -> FORK;
        case Fact.Executed _ -> EXEC;
        case Fact.Exited _ -> EXIT;
        default -> throw new IllegalArgumentException("not made here: " + fact);
      };
    }
  }

  /// Two hundred busy hosts.
  static List<Host> busyHosts(int events) {
    int stayMax = Math.max(1, events / HOSTS / EVENTS_A_STAYING_TASK);
    return hosts(number -> new BusyHost(number, stayMax));
  }

  /// Two hundred crowded hosts.
  static List<Host> crowdedHosts() {
    return hosts(CrowdedHost::new);
  }

  /// Events that make so many tasks on crowded hosts.
  static int crowding(int tasks) {
    return tasks * EVENTS_A_CROWDING_TASK;
  }

  private static List<Host> hosts(IntFunction<Host> made) {
    return IntStream.range(0, HOSTS).mapToObj(made).toList();
  }

  /// Makes the topic, and sends so many events of the hosts.
  ///
  /// @param witness sees each event
  static Stock produce(List<Host> hosts, int count, Backbone backbone, Consumer<TaskEvent> witness)
      throws Exception {
    backbone.create(Topics.TASK_EVENTS, PARTITIONS);
    Random random = new Random(SEED);
    Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
    long bytes = 0;
    try (Serializer<TaskEvent> values = WireFormat.taskEvents(backbone.addresses()).serializer();
        Sending<String, byte[]> sending = new Sending<>(producer(backbone))) {
      for (int i = 0; i < count; i++) {
        TaskEvent event = hosts.get(random.nextInt(hosts.size())).next();
        kinds.merge(Kind.of(event.fact()), 1L, Long::sum);
        witness.accept(event);
        byte[] value = values.serialize(Topics.TASK_EVENTS, event);
        bytes += value.length;
        sending.send(record(event, value));
      }
    }
    long live = hosts.stream().mapToLong(Host::live).sum();
    return new Stock(count, bytes, live, Collections.unmodifiableMap(kinds));
  }

  static ProducerRecord<String, byte[]> record(TaskEvent event, byte[] value) {
    return new ProducerRecord<>(Topics.TASK_EVENTS, event.header().host().toString(), value);
  }

  private static KafkaProducer<String, byte[]> producer(Backbone backbone) {
    return new KafkaProducer<>(
        backbone.with(ProducerSettings.OF_STOCK),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  @Override
  public String toString() {
    double forks = kinds.getOrDefault(Kind.FORK, 1L);
    return "%,d events of %d bytes, %d hosts, %d partitions, fork:exec:exit 1:%.2f:%.2f, %,d tasks alive in the end"
        .formatted(
            count,
            bytes / count,
            HOSTS,
            PARTITIONS,
            kinds.getOrDefault(Kind.EXEC, 0L) / forks,
            kinds.getOrDefault(Kind.EXIT, 0L) / forks,
            live);
  }
}
