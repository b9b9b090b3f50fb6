package io.tasktrail.streams.fold;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;
import io.tasktrail.history.Fold;
import io.tasktrail.history.Ledger;
import io.tasktrail.streams.balance.DeadLetterReason;
import io.tasktrail.streams.balance.FoldCounters;
import io.tasktrail.streams.letters.RefusedRecord;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Gives each event to the fold together with the state of its host and boot, and sends on what
/// comes of it.
///
/// The fold is done before anything is sent or kept: when it throws, the record becomes a dead
/// letter and leaves no trace. Headers of the input are not handed on: they speak of its schema,
/// not of that of the output.
final class FoldProcessor implements Processor<String, TaskEvent, String, Object> {

  private final Fold fold;
  private final FoldCounters counters;
  private ProcessorContext<String, Object> context;
  private StateStores stores;

  FoldProcessor(Fold fold, FoldCounters counters) {
    this.fold = fold;
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<String, Object> initial) {
    context = initial;
    stores = StateStores.of(initial);
  }

  @Override
  public void process(Record<String, TaskEvent> record) {
    requireOfItsHost(record);
    Header header = record.value().header();
    StoreHostState state =
        new StoreHostState(
            stores, header.host(), header.boot(), (id, task) -> tell(id, task, record));
    Ledger.Bites before = state.ledger().bites();
    List<AuditEvent> audited = fold.apply(state, record.value());
    audited.forEach(event -> send(HistoryTopology.AUDIT_EVENTS, record.key(), event, record));
    Ledger.Bites after = state.ledger().bites();
    state.settle();
    counters.evicted(before, after);
    count(audited);
  }

  /// A fold that says nothing has dropped a duplicate.
  private void count(List<AuditEvent> audited) {
    if (audited.isEmpty()) {
      counters.duplicate();
    } else {
      counters.emitted(audited);
    }
  }

  /// Under another key the event would be in another partition than the state of its host.
  private static void requireOfItsHost(Record<String, TaskEvent> record) {
    if (record.value() == null) {
      throw new RefusedRecord(DeadLetterReason.NO_VALUE, "a record without a value is no event");
    }
    if (!record.value().header().host().toString().equals(record.key())) {
      throw new RefusedRecord(
          DeadLetterReason.WRONG_KEY, "the key of an event is not its host's id");
    }
  }

  private void tell(TaskId id, TaskHistory task, Record<?, ?> cause) {
    send(HistoryTopology.TASK_HISTORY, id.uuid().toString(), task, cause);
  }

  private void send(String sink, String key, Object value, Record<?, ?> cause) {
    context.forward(new Record<>(key, value, cause.timestamp()), sink);
  }
}
