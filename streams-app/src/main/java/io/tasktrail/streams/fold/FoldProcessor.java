package io.tasktrail.streams.fold;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Header;
import io.tasktrail.history.Bites;
import io.tasktrail.history.Fold;
import io.tasktrail.streams.balance.DeadLetterReason;
import io.tasktrail.streams.balance.FoldCounters;
import io.tasktrail.streams.letters.RefusedRecord;
import io.tasktrail.wire.ArrivedEvent;
import io.tasktrail.wire.EnrichedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// Gives each event to the fold together with the state of its host, and sends on what comes of it.
///
/// The fold is done before anything is sent or kept: when it throws, the record becomes a dead
/// letter and leaves no trace. Headers of the input are not handed on: they speak of its schema,
/// not of that of the output.
final class FoldProcessor implements Processor<byte[], ArrivedEvent, byte[], Object> {

  private static final Duration LOOKING_FOR_SILENT_HOSTS = Duration.ofHours(1);

  private final Fold fold;
  private final Tempo tempo;
  private final Commits commits;
  private final FoldCounters counters;
  private ProcessorContext<byte[], Object> context;
  private HostStates states;
  private Commits.Announced commit;

  FoldProcessor(Fold fold, Tempo tempo, Commits commits, FoldCounters counters) {
    this.fold = fold;
    this.tempo = tempo;
    this.commits = commits;
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> initial) {
    context = initial;
    states = new HostStates(StateStores.of(initial), this::send);
    commit = commits.of(initial, states::write);
    states.retellUntold();
    context.schedule(tempo.telling(), PunctuationType.WALL_CLOCK_TIME, _ -> tell());
    context.schedule(LOOKING_FOR_SILENT_HOSTS, PunctuationType.STREAM_TIME, this::forgetSilent);
  }

  private void tell() {
    states.tell();
    awaitCommit();
  }

  private void forgetSilent(long now) {
    counters.silentHosts(states.forgetSilent(now - tempo.silence().toMillis()));
    awaitCommit();
  }

  private void awaitCommit() {
    if (states.areUnwritten()) {
      commit.await();
    }
  }

  @Override
  public void process(Record<byte[], ArrivedEvent> record) {
    Header header = headerOf(record);
    StoreHost host = states.host(header.host());
    requireItsKey(record, host);
    states.begin(context.recordMetadata().map(RecordMetadata::offset).orElse(0L));
    try {
      host.heardAt(record.timestamp());
      Bites before = host.boot(header.boot()).ledger().bites();
      Optional<List<AuditEvent>> taken = fold.take(host, record.value().event());
      Bites after = host.boot(header.boot()).ledger().bites();
      taken.ifPresent(audited -> audited.forEach(audit -> send(audit, record)));
      states.settle();
      awaitCommit();
      counters.evicted(before, after);
      taken.ifPresentOrElse(this::count, counters::duplicate);
    } catch (RuntimeException thrown) {
      states.drop();
      throw thrown;
    }
  }

  private void count(List<AuditEvent> audited) {
    if (audited.isEmpty()) {
      counters.silent();
    } else {
      counters.emitted(audited);
    }
  }

  private static Header headerOf(Record<byte[], ArrivedEvent> record) {
    if (record.value() == null) {
      throw new RefusedRecord(DeadLetterReason.NO_VALUE, "a record without a value is no event");
    }
    return record.value().event().header();
  }

  /// Under another key the event would be in another partition than the state of its host.
  private static void requireItsKey(Record<byte[], ArrivedEvent> record, StoreHost host) {
    if (!host.hasKey(record.key())) {
      throw new RefusedRecord(
          DeadLetterReason.WRONG_KEY, "the key of an event is not its host's id");
    }
  }

  private void send(AuditEvent audit, Record<byte[], ArrivedEvent> cause) {
    EnrichedEvent enriched = new EnrichedEvent(audit, cause.value());
    context.forward(
        new Record<>(cause.key(), enriched, cause.timestamp()), HistoryTopology.AUDIT_EVENTS);
  }

  private void send(Tables.Row row) {
    long now = Math.max(0, context.currentStreamTimeMs());
    context.forward(
        new Record<>(row.key().getBytes(StandardCharsets.UTF_8), row.value(), now), row.sink());
  }
}
