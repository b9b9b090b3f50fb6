package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;

/// The topics besides Kafka's own: each work starts from nothing, so that none is slower for what
/// was before it.
record Outputs(Backbone backbone) {

  private static final String CHANGELOG = "-changelog";

  /// @throws IllegalStateException unless so many audit events are there, committed: a figure of a
  ///     work that did not do its work would be none
  void require(long count) {
    long found = reader().count(Topics.AUDIT_EVENTS);
    if (found != count) {
      throw new IllegalStateException("made " + found + " audit events, not " + count);
    }
  }

  /// Records in all changelogs, markers of transactions left out.
  long changelogRecords() throws ExecutionException, InterruptedException {
    return changelogs().stream().mapToLong(reader()::count).sum();
  }

  List<String> changelogs() throws ExecutionException, InterruptedException {
    return names(name -> name.endsWith(CHANGELOG));
  }

  /// Deletes every topic but the stock.
  void delete() throws ExecutionException, InterruptedException {
    delete(name -> !name.equals(Topics.TASK_EVENTS));
  }

  /// Deletes every topic.
  void deleteWithStock() throws ExecutionException, InterruptedException {
    delete(_ -> true);
  }

  TopicReader reader() {
    return new TopicReader(backbone.with(Map.of()));
  }

  private void delete(Predicate<String> which) throws ExecutionException, InterruptedException {
    List<String> names = names(which);
    try (Admin admin = Admin.create(backbone.with(Map.of()))) {
      admin.deleteTopics(names).all().get();
    }
  }

  private List<String> names(Predicate<String> which)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(backbone.with(Map.of()))) {
      return admin.listTopics().names().get().stream().filter(which).toList();
    }
  }
}
