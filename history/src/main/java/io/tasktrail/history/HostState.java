package io.tasktrail.history;

import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import java.util.Optional;

/// What the fold remembers of one boot of one host.
///
/// Made so that a key-value store can do it with get, put and delete by key: no range scans, and
/// nothing that grows is written anew for each event. An event reads and writes one [Received], and
/// of tasks what it speaks of; the [Ledger] and the [GraceQueue] change far more rarely.
///
/// One event at a time: what [Fold#apply] does to it belongs together, and is either kept as a
/// whole or not at all.
public interface HostState {

  /// A task, until it is forgotten.
  Optional<TaskHistory> task(TaskKey key);

  /// Remembers a task, in place of what was known of it. This is also what the table of tasks
  /// receives.
  void put(TaskHistory task);

  /// Forgets a task that ended: a tombstone in the table of tasks.
  void forget(TaskKey key);

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

  /// The ends of the queue of ended tasks; [GraceQueue#EMPTY] at first.
  GraceQueue graceQueue();

  /// Remembers the ends of the queue.
  void put(GraceQueue queue);

  /// An ended task in the queue.
  Optional<EndedTask> ended(long serial);

  /// Remembers an ended task under its serial number.
  void put(long serial, EndedTask ended);

  /// Takes an ended task out of the queue.
  void forgetEnded(long serial);
}
