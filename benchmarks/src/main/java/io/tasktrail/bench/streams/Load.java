package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Events to be sent at an even rate. They are encoded before: sending them costs little else.
///
/// @param rate events a second
/// @param warming how many of them come first, and are not measured
record Load(List<Item> items, int rate, int warming) {

  private static final int SEED = 11;

  /// How far apart the events of one burst may be: the resolution of the clock that wakes us.
  private static final Duration PAUSE = Duration.ofNanos(500_000);

  /// An event, and by what it is found again.
  record Item(EventNumber number, ProducerRecord<String, byte[]> record) {}

  /// The next events of hosts, for a topic.
  static Load of(
      List<Host> hosts,
      int rate,
      Duration warm,
      Duration measured,
      String topic,
      Backbone backbone) {
    Random random = new Random(SEED);
    int warming = Math.toIntExact(rate * warm.toSeconds());
    int count = warming + Math.toIntExact(rate * measured.toSeconds());
    List<Item> items = new ArrayList<>(count);
    try (Serializer<TaskEvent> values = WireFormat.taskEvents(backbone.addresses()).serializer()) {
      for (int i = 0; i < count; i++) {
        TaskEvent event = hosts.get(random.nextInt(hosts.size())).next();
        byte[] value = values.serialize(Topics.TASK_EVENTS, event);
        items.add(item(event.header(), topic, value));
      }
    }
    return new Load(items, rate, warming);
  }

  private static Item item(Header header, String topic, byte[] value) {
    return new Item(
        EventNumber.of(header), new ProducerRecord<>(topic, header.host().toString(), value));
  }

  /// Sends all of it, each in its turn; when it is late, as fast as it can be.
  void send(Backbone backbone, Stamps stamps) {
    try (var sending = new Sending<>(producer(backbone))) {
      long begin = System.nanoTime();
      for (int i = 0; i < items.size(); i++) {
        waitUntil(begin + i * TimeUnit.SECONDS.toNanos(1) / rate);
        stamps.sent(i);
        sending.send(items.get(i).record());
      }
    }
  }

  private static void waitUntil(long nanos) {
    while (System.nanoTime() - nanos < 0) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static KafkaProducer<String, byte[]> producer(Backbone backbone) {
    return new KafkaProducer<>(
        backbone.with(ProducerSettings.OF_LOAD), new StringSerializer(), new ByteArraySerializer());
  }
}
