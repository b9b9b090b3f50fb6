package io.tasktrail.history;

import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The state of one boot of one host on the heap. Not safe for use by several threads.
public final class InMemoryHostState implements HostState {

  private final Map<TaskKey, TaskHistory> tasks = new HashMap<>();
  private final Map<Source, Received> sources = new HashMap<>();
  private final Map<Long, EndedTask> ended = new HashMap<>();
  private Ledger ledger = Ledger.EMPTY;
  private GraceQueue graceQueue = GraceQueue.EMPTY;

  /// All tasks that are remembered, in no order. A view, not to be modified.
  public Collection<TaskHistory> tasks() {
    return Collections.unmodifiableCollection(tasks.values());
  }

  @Override
  public Optional<TaskHistory> task(TaskKey key) {
    return Optional.ofNullable(tasks.get(key));
  }

  @Override
  public void put(TaskHistory task) {
    tasks.put(task.key(), task);
  }

  @Override
  public void forget(TaskKey key) {
    tasks.remove(key);
  }

  @Override
  public Optional<Received> received(Source source) {
    return Optional.ofNullable(sources.get(source));
  }

  @Override
  public void put(Source source, Received received) {
    sources.put(source, received);
  }

  @Override
  public void forget(Source source) {
    sources.remove(source);
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public void put(Ledger changed) {
    ledger = changed;
  }

  @Override
  public GraceQueue graceQueue() {
    return graceQueue;
  }

  @Override
  public void put(GraceQueue changed) {
    graceQueue = changed;
  }

  @Override
  public Optional<EndedTask> ended(long serial) {
    return Optional.ofNullable(ended.get(serial));
  }

  @Override
  public void put(long serial, EndedTask task) {
    ended.put(serial, task);
  }

  @Override
  public void forgetEnded(long serial) {
    ended.remove(serial);
  }
}
