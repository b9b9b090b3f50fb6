package io.tasktrail.streams.fold;

import io.tasktrail.event.BootId;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import io.tasktrail.history.EndedTask;
import io.tasktrail.history.GraceQueue;
import io.tasktrail.history.HostState;
import io.tasktrail.history.Ledger;
import io.tasktrail.history.Received;
import io.tasktrail.history.Source;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;

/// The state of one boot of one host within the stores, for one event. What the event changes is
/// kept apart until [#settle]: an event that the fold can't take leaves no trace.
final class StoreHostState implements HostState {

  private static final RowFormat<Received> RECEIVED = new ReceivedFormat();
  private static final RowFormat<Ledger> LEDGER = new LedgerFormat();
  private static final RowFormat<GraceQueue> GRACE_QUEUE = new GraceQueueFormat();
  private static final RowFormat<EndedTask> ENDED = new EndedTaskFormat();

  private final HostId host;
  private final BootId boot;
  private final Draft<TaskId, TaskHistory> tasks;
  private final Draft<Bytes, Received> received;
  private final Draft<Bytes, Ledger> ledger;
  private final Draft<Bytes, GraceQueue> graceQueue;
  private final Draft<Bytes, EndedTask> ended;

  /// @param table the table of tasks: is given what is written to the store, null for what is
  ///     forgotten
  StoreHostState(
      StateStores stores, HostId host, BootId boot, BiConsumer<TaskId, TaskHistory> table) {
    this.host = host;
    this.boot = boot;
    tasks = new Draft<>(stores.tasks()::get, table.andThen(stores.tasks()::put));
    received = account(stores, RECEIVED);
    ledger = account(stores, LEDGER);
    graceQueue = account(stores, GRACE_QUEUE);
    ended = account(stores, ENDED);
  }

  private static <V> Draft<Bytes, V> account(StateStores stores, RowFormat<V> format) {
    return new Draft<>(
        key -> format.decodeOrNull(stores.accounts().get(key)),
        (key, value) -> stores.accounts().put(key, format.encodeOrNull(value)));
  }

  /// Keeps what the event changed.
  void settle() {
    tasks.settle();
    received.settle();
    ledger.settle();
    graceQueue.settle();
    ended.settle();
  }

  @Override
  public Optional<TaskHistory> task(TaskKey key) {
    return tasks.get(new TaskId(host, boot, key));
  }

  @Override
  public void put(TaskHistory task) {
    tasks.put(task.id(), task);
  }

  @Override
  public void forget(TaskKey key) {
    tasks.forget(new TaskId(host, boot, key));
  }

  @Override
  public Optional<Received> received(Source source) {
    return received.get(StateKeys.received(host, boot, source));
  }

  @Override
  public void put(Source source, Received arrived) {
    received.put(StateKeys.received(host, boot, source), arrived);
  }

  @Override
  public void forget(Source source) {
    received.forget(StateKeys.received(host, boot, source));
  }

  @Override
  public Ledger ledger() {
    return ledger.get(StateKeys.ledger(host, boot)).orElse(Ledger.EMPTY);
  }

  @Override
  public void put(Ledger changed) {
    ledger.put(StateKeys.ledger(host, boot), changed);
  }

  @Override
  public GraceQueue graceQueue() {
    return graceQueue.get(StateKeys.graceQueue(host, boot)).orElse(GraceQueue.EMPTY);
  }

  @Override
  public void put(GraceQueue changed) {
    graceQueue.put(StateKeys.graceQueue(host, boot), changed);
  }

  @Override
  public Optional<EndedTask> ended(long serial) {
    return ended.get(StateKeys.ended(host, boot, serial));
  }

  @Override
  public void put(long serial, EndedTask task) {
    ended.put(StateKeys.ended(host, boot, serial), task);
  }

  @Override
  public void forgetEnded(long serial) {
    ended.forget(StateKeys.ended(host, boot, serial));
  }
}
