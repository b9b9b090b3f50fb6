package io.tasktrail.sink.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.role.Failure;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Source;
import io.tasktrail.sink.Words;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {

  private static final Pace AT_ONCE = pace(1, 1 << 20, Optional.empty());
  private static final Pace LATER = pace(1000, 1 << 20, Optional.empty());

  private final FakeConnect connect = new FakeConnect();
  private final FakeDestination destination = new FakeDestination();
  private final MockProducer<byte[], byte[]> letters =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private Source source = Words.SOURCE;
  private Delivery delivery;
  private long now;

  /// Whatever happened, each record that came is somewhere.
  @AfterEach
  void theBalanceHolds() {
    Counters so = delivery.counters();
    assertThat(so.read())
        .isEqualTo(
            so.delivered() + so.deadLetters() + so.skipped() + so.repeated() + so.unsynced());
    assertThat(so.unsynced()).isNotNegative();
  }

  @Test
  void whatIsDeliveredIsSyncedThenTheGroupIsTold() {
    begin(AT_ONCE);
    connect.add("a", "b", "c");

    turns(2);

    assertThat(destination.synced).containsExactly("a", "b", "c");
    assertThat(connect.committed()).isEqualTo(3);
    assertThat(delivery.counters()).isEqualTo(new Counters(3, 3, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void aSteadyFlowIsSyncedAfterTheInterval() {
    begin(LATER);
    connect.add("a");
    connect.turn();
    connect.add("b");
    later(Duration.ofSeconds(59));
    connect.turn();

    assertThat(destination.synced).isEmpty();
    assertThat(delivery.counters().unsynced()).isEqualTo(2);
    connect.add("c");
    later(Duration.ofSeconds(1));
    connect.turn();
    assertThat(destination.synced).containsExactly("a", "b", "c");
  }

  @Test
  void aLullIsUsedToSync() {
    begin(LATER);
    connect.add("a");
    connect.turn();
    assertThat(connect.timeoutMillis()).isEqualTo(10);

    turns(2);

    assertThat(destination.synced).containsExactly("a");
    assertThat(connect.committed()).isEqualTo(1);
  }

  @Test
  void connectLooksAgainSoonUntilTheGroupIsTold() {
    begin(AT_ONCE);
    connect.add("a");

    connect.turn();
    assertThat(connect.timeoutMillis()).isEqualTo(10);

    connect.turn();
    assertThat(connect.committed()).isEqualTo(1);
    assertThat(connect.timeoutMillis()).isEqualTo(-1);
  }

  @Test
  void whatWasDeletedBeforeItWasReadIsCountedOnce() {
    begin(AT_ONCE);
    connect.add("a");
    turns(2);
    connect.add("b", "c", "d");
    connect.deleteBefore(3);
    destination.failuresToCome = 1;

    for (int turn = 0; turn < 4; turn++) {
      connect.turn();
      later(Duration.ofSeconds(1));
    }

    assertThat(destination.synced).containsExactly("a", "d");
    assertThat(delivery.counters().overtaken()).isEqualTo(2);
  }

  @Test
  void whatWasDeletedWhileNoSinkRanIsCountedWhereTheDestinationRemembers() {
    destination.positions = new Positions(Map.of(0, 1L));
    connect.add("a", "b", "c", "d");
    connect.deleteBefore(3);
    begin(AT_ONCE);

    turns(2);

    assertThat(delivery.counters().overtaken()).isEqualTo(2);
  }

  @Test
  void marksOfTransactionsAreNotTakenForDeletedRecords() {
    begin(AT_ONCE);
    connect.add("a");
    turns(2);
    connect.add("aborted", "mark", "b");
    connect.passOver(2);

    turns(2);

    assertThat(destination.synced).containsExactly("a", "b");
    assertThat(delivery.counters().overtaken()).isZero();
  }

  @Test
  void soManyBytesAreSyncedInTheMiddleOfABatch() {
    begin(pace(1000, 4, Optional.empty()));
    connect.add("aa", "bb", "c");

    connect.turn();

    assertThat(destination.synced).containsExactly("aa", "bb");
    assertThat(delivery.counters().unsynced()).isEqualTo(1);
  }

  @Test
  void whatIsNotYetSyncedIsSyncedBeforeAPartitionIsHandedOver() {
    begin(LATER);
    connect.add("a");
    connect.turn();

    connect.revoke();

    assertThat(destination.synced).containsExactly("a");
    assertThat(connect.committed()).isEqualTo(1);
  }

  @Test
  void aFailureIsRepeatedFromTheLastSync() {
    begin(AT_ONCE);
    connect.add("a", "b");
    connect.turn();
    connect.add("c", "d");
    destination.failuresToCome = 3;

    for (int turn = 0; turn < 4; turn++) {
      connect.turn();
      later(Duration.ofSeconds(1));
    }
    turns(2);

    assertThat(destination.synced).containsExactly("a", "b", "c", "d");
    assertThat(connect.committed()).isEqualTo(4);
    assertThat(delivery.counters().failures()).isEqualTo(3);
    assertThat(delivery.failure()).isEmpty();
  }

  @Test
  void aFailureInTheMiddleOfABatchRepeatsNothingThatIsSynced() {
    begin(AT_ONCE);
    connect.add("a", "b");
    destination.writesUntilFailure = 1;

    connect.turn();
    assertThat(destination.synced).containsExactly("a");
    later(Duration.ofSeconds(1));
    turns(3);

    assertThat(destination.synced).containsExactly("a", "b");
    assertThat(connect.committed()).isEqualTo(2);
  }

  @Test
  void nothingIsReadAndNothingIsTriedBeforeThePauseIsOver() {
    begin(AT_ONCE);
    connect.add("a");
    destination.failuresToCome = 1;
    connect.turn();

    assertThat(connect.isPaused()).isTrue();
    assertThat(connect.timeoutMillis()).isEqualTo(100);
    assertThat(delivery.failure()).contains("memory: No space left on device");
    later(Duration.ofMillis(99));
    turns(2);
    assertThat(destination.synced).isEmpty();
    assertThat(connect.isPaused()).isTrue();

    later(Duration.ofMillis(1));
    turns(2);
    assertThat(destination.synced).containsExactly("a");
    assertThat(connect.isPaused()).isFalse();
  }

  @Test
  void aDestinationThatIsAwayFromTheBeginningIsWaitedFor() {
    destination.failuresToCome = 2;
    begin(AT_ONCE);
    connect.add("a");

    assertThat(connect.isPaused()).isTrue();
    for (int turn = 0; turn < 4; turn++) {
      connect.turn();
      later(Duration.ofSeconds(1));
    }

    assertThat(destination.synced).containsExactly("a");
  }

  @Test
  void atTheDeadlineTheTaskFailsAndSaysWhy() {
    begin(pace(1, 1 << 20, Optional.of(Duration.ofSeconds(5))));
    connect.add("a");
    destination.failuresToCome = Integer.MAX_VALUE;

    connect.turn();
    later(Duration.ofSeconds(4));
    connect.turn();
    later(Duration.ofSeconds(1));

    assertThatThrownBy(connect::turn)
        .isInstanceOf(org.apache.kafka.connect.errors.ConnectException.class)
        .hasMessageContaining("No space left on device: given up at sink.retry.deadline");
    assertThat(connect.committed()).isEqualTo(-1);
  }

  @Test
  void aSuccessMovesTheDeadline() {
    begin(pace(1, 1 << 20, Optional.of(Duration.ofSeconds(5))));
    for (int time = 0; time < 3; time++) {
      connect.add("a");
      destination.failuresToCome = 1;
      connect.turn();
      later(Duration.ofSeconds(4));
      turns(2);
    }

    assertThat(destination.synced).containsExactly("a", "a", "a");
  }

  @Test
  void whatEndsTheSinkAtItsSyncIsNotLostInACommit() {
    begin(LATER);
    connect.add("a");
    connect.turn();
    destination.defect = new Failure("can't write any more", "memory", "make room");

    connect.commit();

    assertThat(connect.committed()).isEqualTo(-1);
    assertThatThrownBy(connect::turn).isSameAs(destination.defect);
  }

  @Test
  void whatCannotBeDecodedOrFormattedGoesToTheDeadLetters() {
    begin(AT_ONCE);
    connect.add("a", Words.POISON, "b", Words.UNSPEAKABLE, "c");

    turns(2);

    assertThat(destination.synced).containsExactly("a", "b", "c");
    assertThat(connect.committed()).isEqualTo(5);
    assertThat(delivery.counters()).isEqualTo(new Counters(5, 3, 2, 0, 0, 0, 0, 0));
    var letter = letters.history().getFirst();
    assertThat(letter.value()).isEqualTo(Words.POISON.getBytes(UTF_8));
    assertThat(letter.headers().lastHeader("tasktrail.offset").value()).isEqualTo(new byte[] {'1'});
    assertThat(new String(letter.headers().lastHeader("tasktrail.reason").value(), UTF_8))
        .contains("Unknown magic byte!");
  }

  @Test
  void noOffsetMovesPastADeadLetterThatIsNotWritten() {
    begin(AT_ONCE);
    letters.sendException = new TimeoutException("no such topic");
    connect.add(Words.POISON);

    turns(2);

    assertThat(connect.committed()).isEqualTo(-1);
    letters.sendException = null;
    later(Duration.ofSeconds(1));
    turns(3);
    assertThat(connect.committed()).isEqualTo(1);
    assertThat(letters.history()).hasSize(1);
  }

  @Test
  void aRegistryThatDoesNotAnswerDelaysAndLosesNothing() {
    delaysAndLosesNothing(new SerializationException("id 7", new ConnectException("refused")));
  }

  @Test
  void aRegistryThatRefusesTheUserDelaysAndLosesNothing() {
    delaysAndLosesNothing(new AuthorizationException("not you"));
  }

  private void delaysAndLosesNothing(RuntimeException refusal) {
    AtomicInteger refusals = new AtomicInteger(1);
    begin(
        AT_ONCE,
        (name, bytes) -> {
          if (refusals.getAndDecrement() > 0) {
            throw refusal;
          }
          return Words.values().deserialize(name, bytes);
        });
    connect.add("a", "b");

    connect.turn();
    assertThat(delivery.failure()).isPresent();
    later(Duration.ofSeconds(1));
    turns(2);

    assertThat(destination.synced).containsExactly("a", "b");
    assertThat(letters.history()).isEmpty();
  }

  @Test
  void whatTheDestinationHasAlreadyIsSkipped() {
    connect.add("a", "b", "c");
    destination.positions = new Positions(Map.of(0, 2L));
    begin(AT_ONCE);

    turns(2);

    assertThat(destination.synced).containsExactly("c");
    assertThat(connect.committed()).isEqualTo(3);
    assertThat(delivery.counters()).isEqualTo(new Counters(3, 1, 0, 2, 0, 0, 0, 0));
  }

  @Test
  void whatTheDestinationHasIsNotForgottenWhileItIsSkipped() {
    connect.add("a", "b");
    destination.positions = new Positions(Map.of(0, 3L, 7, 70L));
    begin(AT_ONCE);

    turns(2);

    assertThat(connect.committed()).isEqualTo(2);
    assertThat(destination.positions).isEqualTo(new Positions(Map.of(0, 3L, 7, 70L)));
  }

  @Test
  void theGroupIsBelievedWhereItIsFurtherThanTheDestination() {
    connect.add("a", "b", "c");
    connect.commitAsAnother(2);
    destination.positions = new Positions(Map.of(0, 1L));
    begin(AT_ONCE);

    turns(1);

    assertThat(destination.synced).containsExactly("c");
  }

  @Test
  void theGroupIsNotToldOfWhatWasNotHandedOver() {
    connect.add("a", "b", "c");
    connect.commitAsAnother(2);
    destination.positions = new Positions(Map.of(0, 1L));
    begin(LATER);

    connect.commit();

    assertThat(connect.committed()).isEqualTo(2);
  }

  @Test
  void whatWasNotSyncedOfALostPartitionLeavesNoTrace() {
    begin(LATER);
    connect.add("a");
    connect.turn();

    connect.lose();
    connect.assign();
    turns(3);

    assertThat(destination.synced).containsExactly("a");
    assertThat(delivery.counters().repeated()).isPositive();
  }

  @Test
  void aFailureWhileAPartitionIsHandedOverHarmsNobody() {
    begin(LATER);
    connect.add("a");
    connect.turn();
    destination.failuresToCome = 1;

    connect.revoke();
    later(Duration.ofSeconds(1));
    connect.turn();

    assertThat(destination.synced).isEmpty();
    assertThat(connect.committed()).isEqualTo(-1);
    connect.assign();
    turns(3);
    assertThat(destination.synced).containsExactly("a");
  }

  @Test
  void aTopicThatWasMadeAnewIsAnotherSource() {
    begin(AT_ONCE);
    connect.add("a");
    turns(2);
    connect.revoke();
    source = new Source(source.topic(), "id-2", source.group());
    connect.commitAsAnother(-1);

    connect.assign();
    turns(2);

    assertThat(destination.synced).containsExactly("a", "a");
  }

  @Test
  void aBrokerThatDoesNotTellTheSourceIsWaitedFor() {
    source = null;
    begin(AT_ONCE);
    connect.add("a");
    connect.turn();
    assertThat(delivery.failure()).contains("no broker answers");

    source = Words.SOURCE;
    later(Duration.ofSeconds(1));
    turns(2);

    assertThat(destination.synced).containsExactly("a");
  }

  @Test
  void anIdleTaskAtTheSamePlaceSyncsNothing() {
    begin(AT_ONCE);
    connect.add("a");
    connect.turn();
    int syncs = destination.syncs;

    turns(3);
    connect.commit();

    assertThat(destination.syncs).isEqualTo(syncs);
  }

  private void begin(Pace pace) {
    begin(pace, Words.values());
  }

  private void begin(Pace pace, Deserializer<AuditEvent> values) {
    delivery =
        new Delivery(
            connect,
            new Broker(),
            new Decoder(values),
            destination,
            new DeadLetters(letters, "tasktrail.dead-letters"),
            pace,
            () -> now,
            () -> 1);
    connect.run(delivery);
    connect.assign();
  }

  private final class Broker implements Delivery.SourceLookup {

    @Override
    public Source find() throws IOException {
      if (source == null) {
        throw new IOException("no broker answers");
      }
      return source;
    }

    @Override
    public long firstOffset(TopicPartition partition) {
      return connect.firstOffset();
    }
  }

  private void turns(int count) {
    for (int turn = 0; turn < count; turn++) {
      connect.turn();
    }
  }

  private void later(Duration time) {
    now += time.toNanos();
  }

  private static Pace pace(int records, long bytes, Optional<Duration> deadline) {
    return new Pace(Duration.ofMinutes(1), records, bytes, Duration.ofSeconds(1), deadline);
  }
}
