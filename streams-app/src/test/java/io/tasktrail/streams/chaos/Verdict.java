package io.tasktrail.streams.chaos;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.Action;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.streams.FoldAlone;
import io.tasktrail.streams.TaskTable;
import io.tasktrail.wire.BinaryCodec;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;

/// What the topics hold, beside what the fold alone makes of what was published: partition by
/// partition, record by record, in order. Reads the topics again; keeps nothing but the state.
final class Verdict {

  /// What names the schema: its id depends on the registry.
  private static final int SCHEMA_BYTES = 5;

  private static final int SHOWN_MAX = 500;

  private final Map<String, String> connection;
  private final FoldAlone fold = new FoldAlone();
  private final BinaryCodec<AuditEvent> codec = BinaryCodec.auditEvents();
  private final Deserializer<TaskEvent> events;
  private final Deserializer<TaskHistory> rows;
  private final List<String> letters = new ArrayList<>();
  private long read;
  private long compared;
  private long corrections;
  private long notices;

  Verdict(Map<String, String> connection) {
    this.connection = connection;
    events = WireFormat.taskEvents(connection).deserializer();
    rows = WireFormat.taskHistories(connection).deserializer();
  }

  /// The audit events and dead letters are those that must be there, and nothing else.
  void assertOutput() {
    for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
      try (TopicTape published = new TopicTape(connection, Topics.TASK_EVENTS, partition);
          TopicTape written = new TopicTape(connection, Topics.AUDIT_EVENTS, partition)) {
        while (published.hasNext()) {
          judge(published.next(), written);
        }
        assertThat(written.hasNext()).as("more in audit-events-" + partition).isFalse();
      }
    }
    assertThat(deadLetters()).containsExactlyInAnyOrderElementsOf(letters);
  }

  private void judge(ConsumerRecord<String, byte[]> published, TopicTape written) {
    read++;
    Optional<TaskEvent> event = event(published);
    if (event.isEmpty()) {
      letters.add(HexFormat.of().formatHex(published.value()));
      return;
    }
    for (AuditEvent expected : fold.apply(event.get())) {
      count(expected);
      if (!written.hasNext()) {
        throw new AssertionError("missing: " + shown(published, expected));
      }
      judge(published, expected, written.next());
    }
  }

  private Optional<TaskEvent> event(ConsumerRecord<String, byte[]> published) {
    try {
      return Optional.of(events.deserialize(Topics.TASK_EVENTS, published.value()));
    } catch (KafkaException noEvent) {
      return Optional.empty();
    }
  }

  private void judge(
      ConsumerRecord<String, byte[]> published,
      AuditEvent expected,
      ConsumerRecord<String, byte[]> found) {
    if (!found.key().equals(published.key())
        || !Arrays.equals(codec.encode(expected), payload(found))) {
      throw new AssertionError(
          shown(published, expected) + "\nbut " + shown(found, codec.decode(payload(found))));
    }
  }

  private void count(AuditEvent expected) {
    compared++;
    corrections += expected.revision() > 0 ? 1 : 0;
    notices += expected.notice().isPresent() ? 1 : 0;
  }

  private static byte[] payload(ConsumerRecord<String, byte[]> record) {
    return Arrays.copyOfRange(record.value(), SCHEMA_BYTES, record.value().length);
  }

  private static String shown(ConsumerRecord<?, ?> where, AuditEvent what) {
    String all =
        "%s-%d offset %d: %s revision %d %s"
            .formatted(
                where.topic(),
                where.partition(),
                where.offset(),
                Action.of(what),
                what.revision(),
                what);
    return all.substring(0, Math.min(all.length(), SHOWN_MAX));
  }

  private List<String> deadLetters() {
    List<String> found = new ArrayList<>();
    for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
      try (TopicTape tape = new TopicTape(connection, Topics.DEAD_LETTERS, partition)) {
        tape.forEachRemaining(letter -> found.add(HexFormat.of().formatHex(letter.value())));
      }
    }
    return found;
  }

  /// In what the table of tasks differs from the fold's, a few of it; empty where it is right.
  String tableDiffers() {
    TaskTable table = new TaskTable();
    for (int partition = 0; partition < Cluster.PARTITIONS; partition++) {
      try (TopicTape tape = new TopicTape(connection, Topics.TASK_HISTORY, partition)) {
        tape.forEachRemaining(
            row -> table.take(row.key(), rows.deserialize(row.topic(), row.value())));
      }
    }
    List<String> differences = table.differences(fold.tasks());
    return differences.stream()
        .limit(3)
        .map(one -> one.substring(0, Math.min(one.length(), SHOWN_MAX)))
        .collect(joining("\n"));
  }

  @Override
  public String toString() {
    return "%d records read, %d of them no events; %d audit events compared, %d of them corrections and %d notices; %d tasks remembered"
        .formatted(read, letters.size(), compared, corrections, notices, fold.tasks().size());
  }
}
