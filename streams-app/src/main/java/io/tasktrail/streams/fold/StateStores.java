package io.tasktrail.streams.fold;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// The state of one partition's hosts, in two stores: what a commit costs grows with the number of
/// changelogs.
///
/// Both are logged, and written to before a commit ([Commits]): a task born and dead between two
/// commits never reaches the changelog.
///
/// @param tasks each live task with its whole history: the table that the topic
///     `tasktrail.task-history` shows to others
/// @param accounts all else that the fold remembers; [StateKeys] tells the kinds apart
record StateStores(KeyValueStore<Bytes, byte[]> tasks, KeyValueStore<Bytes, byte[]> accounts) {

  static final String TASKS = "tasks";
  static final String ACCOUNTS = "accounts";

  static StateStores of(ProcessorContext<?, ?> context) {
    return new StateStores(context.getStateStore(TASKS), context.getStateStore(ACCOUNTS));
  }
}
