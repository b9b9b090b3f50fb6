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
  private final Lineup<EndedTask> endedTasks = new InMemoryLineup<>();
  private final Lineup<AuditEvent> correctable = new InMemoryLineup<>();
  private final Map<ByteText, LoadedModule> modules = new HashMap<>();
  private Ledger ledger = Ledger.EMPTY;

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
  public Lineup<EndedTask> endedTasks() {
    return endedTasks;
  }

  @Override
  public Lineup<AuditEvent> correctable() {
    return correctable;
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
    endedTasks.clear();
    correctable.clear();
    modules.clear();
    ledger = Ledger.EMPTY;
  }
}
