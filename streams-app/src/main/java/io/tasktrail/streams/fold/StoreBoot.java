package io.tasktrail.streams.fold;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.HostId;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import io.tasktrail.history.BootState;
import io.tasktrail.history.EndedTask;
import io.tasktrail.history.Ledger;
import io.tasktrail.history.Lineup;
import io.tasktrail.history.Received;
import io.tasktrail.history.Source;
import io.tasktrail.streams.fold.StateKeys.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;

/// The state of one boot of one host within the stores.
final class StoreBoot implements BootState {

  private static final long UNCOUNTED = -1;

  private final HostId host;
  private final BootId boot;
  private final HostStates states;
  private final Tables tables;
  private final Cell<Ledger> ledger;
  private final Lineup<EndedTask> endedTasks;
  private final Lineup<AuditEvent> correctable;
  private final Map<Source, Cell<Received>> received = new HashMap<>();
  private long size = UNCOUNTED;

  /// No task that is remembered started later, once they are counted: one that did is stored
  /// nowhere.
  private long latestStart = Long.MIN_VALUE;

  StoreBoot(HostId host, BootId boot, HostStates states, Tables tables) {
    this.host = host;
    this.boot = boot;
    this.states = states;
    this.tables = tables;
    ledger = states.ledgers.cell(StateKeys.account(host, boot, Kind.LEDGER));
    endedTasks = lineup(Kind.ENDED_QUEUE, Kind.ENDED, states.ended);
    correctable = lineup(Kind.CORRECTABLE_QUEUE, Kind.CORRECTABLE, states.correctable);
  }

  private <T> Lineup<T> lineup(Kind ends, Kind waiting, Shelf<Bytes, T> shelf) {
    return new StoreLineup<>(
        states.queues.cell(StateKeys.account(host, boot, ends)),
        shelf,
        serial -> StateKeys.numbered(host, boot, waiting, serial));
  }

  @Override
  public Optional<TaskHistory> task(TaskKey key) {
    return cell(key).get().map(TaskRow::task);
  }

  @Override
  public void put(TaskHistory task) {
    Cell<TaskRow> cell = cell(task.key());
    Optional<TaskRow> before = cell.get();
    if (before.isPresent()) {
      cell.put(new TaskRow(task, before.get().born(), states.offset()));
      if (tables.isTold(before.get().changed())) {
        tables.changed(task.id());
      } else {
        tables.changedAgain(task.id());
      }
    } else {
      born(task);
    }
  }

  @Override
  public void born(TaskHistory task) {
    TaskRow row = new TaskRow(task, states.offset(), states.offset());
    long started = task.key().startNanos();
    if (size != UNCOUNTED && started > latestStart) {
      cell(task.key()).putFirst(row);
    } else {
      cell(task.key()).put(row);
    }
    size += size == UNCOUNTED ? 0 : 1;
    latestStart = Math.max(latestStart, started);
    tables.changed(task.id());
  }

  @Override
  public void forget(TaskKey key) {
    Cell<TaskRow> cell = cell(key);
    Optional<TaskRow> before = cell.get();
    if (before.isPresent()) {
      size -= size == UNCOUNTED ? 0 : 1;
      tables.forgotten(id(key), before.get());
      cell.forget();
    }
  }

  private Cell<TaskRow> cell(TaskKey key) {
    return states.tasks.at(id(key));
  }

  private TaskId id(TaskKey key) {
    return new TaskId(host, boot, key);
  }

  @Override
  public List<TaskHistory> tasks() {
    List<TaskHistory> tasks = new ArrayList<>();
    for (Bytes key : keys()) {
      states.tasks.at(StateKeys.readTask(key)).get().map(TaskRow::task).ifPresent(tasks::add);
    }
    return tasks;
  }

  /// The keys of what is stored, and of what the event at hand adds or forgets.
  private SortedSet<Bytes> keys() {
    SortedSet<Bytes> keys = new TreeSet<>(states.taskKeys(host, boot));
    for (TaskId touched : tables.touched()) {
      if (touched.boot().equals(boot) && touched.host().equals(host)) {
        keys.add(StateKeys.task(touched));
      }
    }
    return keys;
  }

  @Override
  public long size() {
    if (size == UNCOUNTED) {
      List<TaskHistory> tasks = tasks();
      size = tasks.size();
      tasks.forEach(task -> latestStart = Math.max(latestStart, task.key().startNanos()));
    }
    return size;
  }

  @Override
  public Optional<Received> received(Source source) {
    return cell(source).get();
  }

  @Override
  public void put(Source source, Received arrived) {
    cell(source).put(arrived);
  }

  @Override
  public void forget(Source source) {
    cell(source).forget();
  }

  private Cell<Received> cell(Source source) {
    return received.computeIfAbsent(
        source, from -> states.received.cell(StateKeys.received(host, boot, from)));
  }

  @Override
  public Ledger ledger() {
    return ledger.orElse(Ledger.EMPTY);
  }

  @Override
  public void put(Ledger changed) {
    ledger.put(changed);
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
    return moduleCell(name).get();
  }

  @Override
  public void put(LoadedModule module) {
    moduleCell(module.name()).put(module);
    tables.loaded(module);
  }

  @Override
  public void forgetModule(ByteText name) {
    moduleCell(name).forget();
    tables.unloaded(host, boot, name);
  }

  private Cell<LoadedModule> moduleCell(ByteText name) {
    return states.modules.at(StateKeys.module(host, boot, name));
  }

  @Override
  public long modules() {
    return moduleKeys().size();
  }

  private List<Bytes> moduleKeys() {
    return states.accountKeys(StateKeys.account(host, boot, Kind.MODULE));
  }

  @Override
  public void forgetAll() {
    tasks().forEach(task -> forget(task.key()));
    for (Bytes key : moduleKeys()) {
      states.modules.at(key).get().ifPresent(module -> forgetModule(module.name()));
    }
    ledger()
        .captures()
        .forEach(capture -> capture.cpus().forEach(cpu -> forget(new Source(capture.id(), cpu))));
    endedTasks.clear();
    correctable.clear();
    ledger.forget();
  }
}
