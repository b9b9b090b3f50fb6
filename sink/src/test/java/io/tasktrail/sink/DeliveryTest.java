package io.tasktrail.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.event.AuditEvent;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class DeliveryTest {

  private static final Pace AT_ONCE = new Pace(Duration.ofMinutes(1), 1);
  private static final Pace LATER = new Pace(Duration.ofMinutes(1), 1000);

  private final FakeTopic topic = new FakeTopic();
  private final FakeDestination destination = new FakeDestination();
  private final MockProducer<byte[], byte[]> letters =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private long now;

  @Test
  void whatIsDeliveredIsSyncedThenCommitted() throws Exception {
    Delivery delivery = begun(AT_ONCE);
    topic.add("a", "b", "c");

    delivery.step();

    assertThat(destination.synced).containsExactly("a", "b", "c");
    assertThat(topic.committed()).isEqualTo(3);
    assertThat(delivery.counters()).isEqualTo(new Counters(3, 0, 0, 0));
  }

  @Test
  void aSteadyFlowIsSyncedAfterTheInterval() throws Exception {
    Delivery delivery = begun(LATER);
    topic.add("a");
    delivery.step();
    topic.add("b");
    now += Duration.ofSeconds(59).toNanos();
    delivery.step();

    assertThat(destination.synced).isEmpty();
    assertThat(topic.committed()).isEqualTo(-1);
    topic.add("c");
    now += Duration.ofSeconds(1).toNanos();
    delivery.step();
    assertThat(destination.synced).containsExactly("a", "b", "c");
    assertThat(topic.committed()).isEqualTo(3);
  }

  @Test
  void aLullIsUsedToSync() throws Exception {
    Delivery delivery = begun(LATER);
    topic.add("a");
    delivery.step();

    delivery.step();

    assertThat(destination.synced).containsExactly("a");
    assertThat(topic.committed()).isEqualTo(1);
  }

  @Test
  void whatIsNotYetSyncedIsSyncedInTheEnd() throws Exception {
    Delivery delivery = begun(LATER);
    topic.add("a");
    delivery.step();

    delivery.end();
    delivery.close();

    assertThat(destination.synced).containsExactly("a");
    assertThat(topic.closed()).isTrue();
  }

  @Test
  void aFailureIsRepeatedFromTheLastSync() throws Exception {
    Delivery delivery = begun(AT_ONCE);
    topic.add("a", "b");
    delivery.step();
    topic.add("c", "d");
    destination.failuresToCome = 3;

    for (int step = 0; step < 4; step++) {
      delivery.step();
      now += Duration.ofSeconds(1).toNanos();
    }
    delivery.step();

    assertThat(destination.synced).containsExactly("a", "b", "c", "d");
    assertThat(topic.committed()).isEqualTo(4);
    assertThat(delivery.counters().failures()).isEqualTo(3);
  }

  @Test
  void theNextAttemptIsNotMadeBeforeItsTime() throws Exception {
    Delivery delivery = begun(AT_ONCE);
    topic.add("a");
    destination.failuresToCome = 1;
    delivery.step();

    now += Duration.ofMillis(99).toNanos();
    delivery.step();
    delivery.step();

    assertThat(destination.synced).isEmpty();
    now += Duration.ofMillis(1).toNanos();
    delivery.step();
    delivery.step();
    assertThat(destination.synced).containsExactly("a");
  }

  @Test
  void whatCannotBeDecodedOrFormattedGoesToTheDeadLetters() throws Exception {
    Delivery delivery = begun(AT_ONCE);
    topic.add("a", Words.POISON, "b", Words.UNSPEAKABLE, "c");

    delivery.step();

    assertThat(destination.synced).containsExactly("a", "b", "c");
    assertThat(topic.committed()).isEqualTo(5);
    assertThat(delivery.counters()).isEqualTo(new Counters(3, 2, 0, 0));
    var letter = letters.history().getFirst();
    assertThat(letter.value()).isEqualTo(Words.POISON.getBytes(UTF_8));
    assertThat(letter.headers().lastHeader("tasktrail.offset").value()).isEqualTo(new byte[] {'1'});
    assertThat(new String(letter.headers().lastHeader("tasktrail.reason").value(), UTF_8))
        .contains("Unknown magic byte!");
  }

  @Test
  void noOffsetMovesPastADeadLetterThatIsNotWritten() throws Exception {
    Delivery delivery = begun(AT_ONCE);
    letters.sendException = new TimeoutException("no such topic");
    topic.add("a", Words.POISON);

    delivery.step();

    assertThat(topic.committed()).isEqualTo(-1);
    letters.sendException = null;
    now += Duration.ofSeconds(1).toNanos();
    delivery.step();
    delivery.step();
    assertThat(topic.committed()).isEqualTo(2);
    assertThat(destination.synced).containsExactly("a");
  }

  @Test
  void aRegistryThatDoesNotAnswerDelaysAndLosesNothing() throws Exception {
    AtomicInteger refusals = new AtomicInteger(1);
    Delivery delivery =
        begun(
            AT_ONCE,
            (name, bytes) -> {
              if (refusals.getAndDecrement() > 0) {
                throw new SerializationException("id 7", new ConnectException("refused"));
              }
              return Words.values().deserialize(name, bytes);
            });
    topic.add("a", "b");

    delivery.step();
    now += Duration.ofSeconds(1).toNanos();
    delivery.step();
    delivery.step();

    assertThat(destination.synced).containsExactly("a", "b");
    assertThat(letters.history()).isEmpty();
  }

  @Test
  void aRegistryThatRefusesTheUserEndsTheSink() throws Exception {
    Delivery delivery =
        begun(
            AT_ONCE,
            (_, _) -> {
              throw new AuthorizationException("not you");
            });
    topic.add("a");

    assertThatThrownBy(delivery::step).isInstanceOf(AuthorizationException.class);
    assertThat(topic.committed()).isEqualTo(-1);
  }

  @Test
  void theDestinationIsBelievedWhereItIsFurtherThanTheGroup() throws Exception {
    topic.add("a", "b", "c");
    destination.positions = new Positions(Map.of(0, 2L));

    begun(AT_ONCE).step();

    assertThat(destination.synced).containsExactly("c");
  }

  @Test
  void theGroupIsBelievedWhereItIsFurtherThanTheDestination() throws Exception {
    topic.add("a", "b", "c");
    destination.positions = new Positions(Map.of(0, 1L));
    Delivery delivery = begun(AT_ONCE);
    topic.commitSync(Map.of(FakeTopic.PARTITION, new OffsetAndMetadata(2)));
    delivery.onPartitionsAssigned(List.of(FakeTopic.PARTITION));

    delivery.step();

    assertThat(destination.synced).containsExactly("c");
  }

  @Test
  void whatIsDeliveredIsSyncedBeforeAPartitionIsHandedOver() throws Exception {
    Delivery delivery = begun(LATER);
    topic.add("a");
    delivery.step();

    delivery.onPartitionsRevoked(List.of(FakeTopic.PARTITION));

    assertThat(destination.synced).containsExactly("a");
    assertThat(topic.committed()).isEqualTo(1);
  }

  @Test
  void whatWasNotSyncedOfALostPartitionIsForgotten() throws Exception {
    Delivery delivery = begun(LATER);
    topic.add("a");
    delivery.step();

    delivery.onPartitionsLost(List.of(FakeTopic.PARTITION));
    delivery.end();

    assertThat(destination.synced).isEmpty();
    assertThat(topic.committed()).isEqualTo(-1);
  }

  @Test
  void anIdleReaderAtTheSamePlaceSyncsNothing() throws Exception {
    Delivery delivery = begun(AT_ONCE);
    topic.add("a");
    delivery.step();
    int syncs = destination.syncs;

    delivery.step();
    delivery.step();

    assertThat(destination.syncs).isEqualTo(syncs);
  }

  @Test
  void whatRetentionDeletedIsSkippedAndCounted() throws Exception {
    Delivery delivery = begun(AT_ONCE);
    topic.add("a", "b", "c", "d");
    topic.deleteBefore(2);
    topic.setPollException(new OffsetOutOfRangeException(Map.of(FakeTopic.PARTITION, 0L)));

    delivery.step();
    delivery.step();

    assertThat(destination.synced).containsExactly("c", "d");
    assertThat(delivery.counters().overtaken()).isEqualTo(2);
  }

  private Delivery begun(Pace pace) throws Exception {
    return begun(pace, Words.values());
  }

  private Delivery begun(Pace pace, Deserializer<AuditEvent> values) throws Exception {
    Delivery delivery = delivery(pace, values);
    delivery.begin();
    topic.rebalance(List.of(FakeTopic.PARTITION));
    return delivery;
  }

  private Delivery delivery(Pace pace, Deserializer<AuditEvent> values) {
    return new Delivery(
        new Reader(topic, FakeTopic.PARTITION.topic(), true),
        new Decoder(values),
        destination,
        new DeadLetters(letters, "tasktrail.dead-letters"),
        Words.SOURCE,
        pace,
        Backoff.upTo(Duration.ofSeconds(1)),
        () -> now);
  }
}
