package io.tasktrail.history;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import java.util.List;
import java.util.Optional;

/// What the fold remembers of one boot of one host.
///
/// An event reads and writes one [Received], and of tasks what it speaks of; all else changes far
/// more rarely.
public interface BootState {

  /// A task, until it is forgotten.
  Optional<TaskHistory> task(TaskKey key);

  /// Remembers a task, in place of what was known of it. This is also what the table of tasks
  /// receives.
  void put(TaskHistory task);

  /// Remembers a task of which nothing was known.
  void born(TaskHistory task);

  /// Forgets a task that ended: a tombstone in the table of tasks.
  void forget(TaskKey key);

  /// All tasks that are remembered, by pid and start.
  List<TaskHistory> tasks();

  /// How many tasks are remembered.
  long size();

  /// Which numbers of a source have arrived.
  Optional<Received> received(Source source);

  /// Remembers which numbers of a source have arrived.
  void put(Source source, Received received);

  /// Forgets a source of a capture that is long over.
  void forget(Source source);

  /// What is known of the host's captures and losses; [Ledger#EMPTY] at first.
  Ledger ledger();

  /// Remembers the ledger.
  void put(Ledger ledger);

  /// The tasks that ended and are still remembered.
  Lineup<EndedTask> endedTasks();

  /// The events that can still be corrected.
  Lineup<AuditEvent> correctable();

  /// A kernel module that is loaded.
  Optional<LoadedModule> module(ByteText name);

  /// Remembers a module. This is also what the table of modules receives.
  void put(LoadedModule module);

  /// Forgets a module that was unloaded: a tombstone in the table of modules.
  void forgetModule(ByteText name);

  /// How many modules are remembered.
  long modules();

  /// Forgets everything: the boot is over.
  void forgetAll();
}
