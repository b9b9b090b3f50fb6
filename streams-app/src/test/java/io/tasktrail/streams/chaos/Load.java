package io.tasktrail.streams.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.streams.HostStory;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The agents of many hosts, which publish all the time, whether the broker is there or not; now
/// and then what arrives is no event.
final class Load implements AutoCloseable {

  private static final Duration AT_MOST = Duration.ofMinutes(3);
  private static final int MACHINES = 40;
  private static final int CLONES = 2;
  private static final int TICK_MILLIS = 50;
  private static final int EVENTS_A_TICK = 50;
  private static final int EVENTS_A_NOISE = 2000;
  private static final int NOISE_BYTES = 40;

  private final Random random;
  private final List<Machine> machines = new ArrayList<>();
  private final Serializer<TaskEvent> values;
  private final KafkaProducer<String, byte[]> producer;
  private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong published = new AtomicLong();
  private final Queue<Future<RecordMetadata>> unacknowledged = new ConcurrentLinkedQueue<>();
  private final ScheduledFuture<?> ticking;

  private Load(Map<String, String> connection, long seed) {
    random = new Random(seed);
    for (int number = 1; number <= MACHINES; number++) {
      machines.add(new Machine(new HostStory(number), random));
    }
    for (int number = 1; number <= CLONES; number++) {
      machines.add(new Machine(new HostStory(number).cloned(1), random));
    }
    values = WireFormat.taskEvents(connection).serializer();
    Map<String, Object> settings = new TreeMap<>(connection);
    settings.put("delivery.timeout.ms", Long.toString(AT_MOST.toMillis()));
    settings.put("max.block.ms", Long.toString(AT_MOST.toMillis()));
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    ticking = ticker.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Begins at once.
  ///
  /// @param connection to a broker and a registry that are there
  static Load start(Map<String, String> connection, long seed) {
    return new Load(connection, seed);
  }

  /// The first that fails is the last.
  private void tick() {
    for (int i = 0; i < EVENTS_A_TICK; i++) {
      machines.get(random.nextInt(machines.size())).next().forEach(this::publish);
    }
    while (!unacknowledged.isEmpty() && unacknowledged.peek().isDone()) {
      unacknowledged.remove().resultNow();
    }
  }

  private void publish(TaskEvent event) {
    String key = event.header().host().toString();
    if (random.nextInt(EVENTS_A_NOISE) == 0) {
      byte[] noise = new byte[NOISE_BYTES];
      random.nextBytes(noise);
      send(key, noise);
    }
    send(key, values.serialize(Topics.TASK_EVENTS, event));
  }

  private void send(String key, byte[] value) {
    unacknowledged.add(producer.send(new ProducerRecord<>(Topics.TASK_EVENTS, key, value)));
    published.incrementAndGet();
  }

  /// Returns once so many more were published.
  void awaitMore(long events) {
    long enough = published.get() + events;
    await().atMost(AT_MOST).until(() -> published.get() >= enough || ticking.isDone());
    assertThat(ticking.isDone()).as("the producer failed").isFalse();
  }

  /// Publishes no more, and returns when all is acknowledged.
  void stop() throws Exception {
    ticker.shutdown();
    assertThat(ticker.awaitTermination(AT_MOST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    for (Future<RecordMetadata> one : unacknowledged) {
      one.get();
    }
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    producer.close(Duration.ZERO);
  }
}
