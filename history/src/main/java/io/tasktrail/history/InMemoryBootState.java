package io.tasktrail.history;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The state of one boot of one host on the heap. Not safe for use by several threads.
public final class InMemoryBootState implements BootState {

  /// As bytes of a key are ordered.
  private static final Comparator<TaskHistory> BY_KEY =
      Comparator.comparing((TaskHistory task) -> task.key().pid(), Integer::compareUnsigned)
          .thenComparing(task -> task.key().startNanos(), Long::compareUnsigned);

  private final Map<TaskKey, TaskHistory> tasks = new HashMap<>();
  private final Map<Source, Received> sources = new HashMap<>();
  private final Map<Long, EndedTask> ended = new HashMap<>();
  private final Map<Long, AuditEvent> correctable = new HashMap<>();
  private final Map<ByteText, LoadedModule> modules = new HashMap<>();
  private Ledger ledger = Ledger.EMPTY;
  private Queue endedTasks = Queue.EMPTY;
  private Queue correctableEvents = Queue.EMPTY;

  @Override
  public Optional<TaskHistory> task(TaskKey key) {
    return Optional.ofNullable(tasks.get(key));
  }

  @Override
  public void put(TaskHistory task) {
    tasks.put(task.key(), task);
  }

  @Override
  public void born(TaskHistory task) {
    put(task);
  }

  @Override
  public void forget(TaskKey key) {
    tasks.remove(key);
  }

  @Override
  public List<TaskHistory> tasks() {
    return tasks.values().stream().sorted(BY_KEY).toList();
  }

  @Override
  public long size() {
    return tasks.size();
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
  public Queue endedTasks() {
    return endedTasks;
  }

  @Override
  public void putEndedTasks(Queue queue) {
    endedTasks = queue;
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

  @Override
  public Queue correctable() {
    return correctableEvents;
  }

  @Override
  public void putCorrectable(Queue queue) {
    correctableEvents = queue;
  }

  @Override
  public Optional<AuditEvent> correctable(long serial) {
    return Optional.ofNullable(correctable.get(serial));
  }

  @Override
  public void putCorrectable(long serial, AuditEvent event) {
    correctable.put(serial, event);
  }

  @Override
  public void forgetCorrectable(long serial) {
    correctable.remove(serial);
  }

  @Override
  public Optional<LoadedModule> module(ByteText name) {
    return Optional.ofNullable(modules.get(name));
  }

  @Override
  public void put(LoadedModule module) {
    modules.put(module.name(), module);
  }

  @Override
  public void forgetModule(ByteText name) {
    modules.remove(name);
  }

  @Override
  public long modules() {
    return modules.size();
  }

  @Override
  public void forgetAll() {
    tasks.clear();
    sources.clear();
    ended.clear();
    correctable.clear();
    modules.clear();
    ledger = Ledger.EMPTY;
    endedTasks = Queue.EMPTY;
    correctableEvents = Queue.EMPTY;
  }
}
