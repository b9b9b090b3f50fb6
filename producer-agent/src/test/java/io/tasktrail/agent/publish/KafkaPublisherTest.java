package io.tasktrail.agent.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tasktrail.event.HostId;
import io.tasktrail.role.Failure;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaPublisherTest {

  private static final UUID ID = new UUID(1, 1);
  private static final HostId HOST = new HostId(ID);
  private static final int EVENT_BYTES = 8;

  private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
  private final Told told = new Told();
  private final Map<Producer<byte[], byte[]>, Long> refused = new HashMap<>();
  private RuntimeException encodingFails;
  private Failure making;
  private long now;

  private final KafkaPublisher publisher =
      new KafkaPublisher(
          new KafkaPublisher.Destination("events", HOST, 3 * EVENT_BYTES, "kafka:9092", "http://r"),
          (topic, event) -> encode(event),
          this::newProducer,
          told,
          () -> now);

  @Test
  void recordsAreKeyedByTheHostAndKeepTheirOrder() {
    publish(1, 2, 3);

    assertThat(sequences(producer())).containsExactly(1L, 2L, 3L);
    assertThat(producer().history())
        .allSatisfy(
            record -> {
              assertThat(new String(record.key(), US_ASCII)).isEqualTo(ID.toString());
              assertThat(record.topic()).isEqualTo("events");
            });
  }

  @Test
  void eventIsAcknowledgedWhenKafkaHasIt() {
    publish(1, 2);
    assertThat(told.acknowledged).isEmpty();

    producer().completeNext();

    assertThat(told.acknowledged).containsExactly(1L);
  }

  @Test
  void roomIsBoundedInBytes() {
    publish(1, 2);
    assertThat(publisher.hasRoom()).isTrue();

    publish(3);
    assertThat(publisher.hasRoom()).isFalse();

    producer().completeNext();
    assertThat(publisher.hasRoom()).isTrue();
  }

  @Test
  void recordTooLargeIsRefused() {
    publish(1, 2);

    producer().errorNext(new RecordTooLargeException("2 MB are more than 1 MB"));
    producer().completeNext();

    assertThat(told.refused).containsExactly(1L);
    assertThat(told.acknowledged).containsExactly(2L);
  }

  @Test
  void eventThatCannotBeEncodedIsRefused() {
    encodingFails = new SerializationException("no such field");
    publish(1);

    assertThat(told.refused).containsExactly(1L);
    assertThat(publisher.hasRoom()).isTrue();
  }

  @Test
  void registryThatCannotBeAskedIsWaitedFor() {
    waitsForTheRegistry(new SerializationException("can't register", new ConnectException("no")));
  }

  @Test
  void registryThatRefusesTheSchemaIsWaitedFor() {
    waitsForTheRegistry(
        new SerializationException("no", new RestClientException("incompatible", 409, 409)));
  }

  private void waitsForTheRegistry(RuntimeException failure) {
    encodingFails = failure;
    publish(1, 2);
    assertThat(publisher.hasRoom()).isFalse();
    assertThat(told.refused).isEmpty();

    encodingFails = null;
    publisher.doWork();
    assertThat(producer().history()).isEmpty();

    now += Retry.PAUSE.toNanos();
    publisher.doWork();
    assertThat(sequences(producer())).containsExactly(1L, 2L);
    assertThat(publisher.hasRoom()).isTrue();
  }

  @Test
  void whatFailsForATimeIsSentAgainInOrder() {
    publish(1, 2, 3);
    producer().completeNext();
    producer().errorNext(new TimeoutException("no metadata"));
    producer().errorNext(new TimeoutException("no metadata"));
    publisher.doWork();
    publish(4);
    assertThat(publisher.hasRoom()).isFalse();

    now += Retry.PAUSE.toNanos();
    publisher.doWork();

    assertThat(producers).hasSize(1);
    assertThat(sequences(producer())).containsExactly(1L, 2L, 3L, 2L, 3L, 4L);
    assertThat(told.refused).isEmpty();
  }

  @Test
  void nothingIsSentAfterAFailureBeforeThatIsTakenBack() {
    publish(1);
    producer().errorNext(new TimeoutException("no metadata"));
    publish(2, 3);
    assertThat(sequences(producer())).containsExactly(1L);

    publisher.doWork();
    now += Retry.PAUSE.toNanos();
    publisher.doWork();

    assertThat(sequences(producer())).containsExactly(1L, 1L, 2L, 3L);
  }

  @Test
  void whatIsForgottenIsNeitherSentAgainNorAnswered() {
    publish(1, 2, 3);
    MockProducer<byte[], byte[]> first = producer();
    first.errorNext(new TimeoutException("no metadata"));

    publisher.forget();
    assertThat(first.closed()).isTrue();
    assertThat(publisher.hasRoom()).isTrue();
    publish(4);
    publisher.doWork();

    assertThat(producers).hasSize(2);
    assertThat(sequences(producer())).containsExactly(4L);
    producer().completeNext();
    assertThat(told.acknowledged).containsExactly(4L);
    assertThat(told.refused).isEmpty();
  }

  @Test
  void producerThatFailedFinallyIsReplaced() {
    publish(1, 2);
    MockProducer<byte[], byte[]> first = producer();
    first.errorNext(new TopicAuthorizationException("events"));
    first.errorNext(new TopicAuthorizationException("events"));

    publisher.doWork();
    now += Retry.PAUSE.toNanos();
    publisher.doWork();

    assertThat(first.closed()).isTrue();
    assertThat(producers).hasSize(2);
    assertThat(sequences(producer())).containsExactly(1L, 2L);
    producer().completeNext();
    producer().completeNext();
    assertThat(told.acknowledged).containsExactly(1L, 2L);
  }

  @Test
  void producerThatWasRefusedIsReplacedEvenIfItTakesRecords() {
    publish(1, 2);
    MockProducer<byte[], byte[]> first = producer();

    refused.put(first, 1L);
    publisher.doWork();
    assertThat(first.closed()).isTrue();
    first.errorNext(new KafkaException("closed forcefully"));
    first.errorNext(new KafkaException("closed forcefully"));
    publisher.doWork();

    assertThat(producers).hasSize(2);
    assertThat(sequences(producer())).containsExactly(1L, 2L);
    producer().completeNext();
    publisher.doWork();
    assertThat(told.acknowledged).containsExactly(1L);
    assertThat(producers).hasSize(2);
  }

  @Test
  void producerThatHearsNothingIsReplacedThoughItGivesNothingUp() {
    publish(1, 2);
    MockProducer<byte[], byte[]> first = producer();
    now += KafkaPublisher.SILENCE_MAX.toNanos() - 1;
    first.completeNext();
    now += KafkaPublisher.SILENCE_MAX.toNanos() - 1;
    publisher.doWork();
    assertThat(first.closed()).as("since the last answer").isFalse();

    now++;
    publisher.doWork();
    assertThat(first.closed()).isTrue();
    first.errorNext(new KafkaException("closed forcefully"));
    now += Retry.PAUSE.toNanos();
    publisher.doWork();

    assertThat(producers).hasSize(2);
    assertThat(sequences(producer())).containsExactly(2L);
    producer().completeNext();
    assertThat(told.acknowledged).containsExactly(1L, 2L);
  }

  @Test
  void producerWithNothingToSendMayBeSilent() {
    publish(1);
    producer().completeNext();
    now += 10 * KafkaPublisher.SILENCE_MAX.toNanos();
    publish(2);
    publisher.doWork();

    assertThat(producers).hasSize(1);
    assertThat(producer().closed()).isFalse();
  }

  @Test
  void whileARefusalStandsNoOtherProducerIsMadeTooSoon() {
    publish(1);
    MockProducer<byte[], byte[]> first = producer();
    first.partitionsForException = new SaslAuthenticationException("wrong password");
    refused.put(first, 1L);

    publisher.doWork();
    first.errorNext(new KafkaException("closed forcefully"));
    publisher.doWork();
    assertThat(producers).hasSize(1);
    now += Retry.PAUSE.toNanos();
    publisher.doWork();

    assertThat(sequences(producer())).containsExactly(1L);
    assertThat(producers).hasSize(2);
  }

  @Test
  void producerThatCannotBeMadeAgainIsTriedAgain() {
    publish(1);
    producer().errorNext(new TopicAuthorizationException("events"));
    publisher.doWork();
    making = new Failure("no such host", "kafka:9092", "check bootstrap.servers");
    now += Retry.PAUSE.toNanos();
    publisher.doWork();
    assertThat(producers).hasSize(1);

    making = null;
    now += Retry.PAUSE.toNanos();
    publisher.doWork();

    assertThat(sequences(producer())).containsExactly(1L);
  }

  private void publish(long... tokens) {
    for (long token : tokens) {
      publisher.publish(ByteBuffer.allocate(EVENT_BYTES).putLong(token).array(), token);
    }
  }

  private byte[] encode(byte[] event) {
    if (encodingFails != null) {
      throw encodingFails;
    }
    return event;
  }

  private MockProducer<byte[], byte[]> newProducer() {
    if (making != null) {
      throw making;
    }
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    producer.setMockMetrics(
        new MetricName("failed-authentication-total", "producer-metrics", "", Map.of()),
        refusalsOf(producer));
    producers.add(producer);
    return producer;
  }

  private Metric refusalsOf(Producer<byte[], byte[]> producer) {
    return new Metric() {
      @Override
      public MetricName metricName() {
        throw new UnsupportedOperationException();
      }

      @Override
      public Object metricValue() {
        return (double) refused.getOrDefault(producer, 0L);
      }
    };
  }

  private MockProducer<byte[], byte[]> producer() {
    return producers.getLast();
  }

  private static List<Long> sequences(MockProducer<byte[], byte[]> producer) {
    return producer.history().stream()
        .map(ProducerRecord::value)
        .map(value -> ByteBuffer.wrap(value).getLong())
        .toList();
  }

  private static final class Told implements Acknowledgements {

    final List<Long> acknowledged = new ArrayList<>();
    final List<Long> refused = new ArrayList<>();

    @Override
    public void acknowledged(long token) {
      acknowledged.add(token);
    }

    @Override
    public void refused(long token, String reason) {
      refused.add(token);
    }
  }
}
