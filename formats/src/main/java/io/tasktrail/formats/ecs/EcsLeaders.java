package io.tasktrail.formats.ecs;

import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Header;
import io.tasktrail.event.Link;
import io.tasktrail.formats.facts.Entry;
import io.tasktrail.formats.json.JsonLine;

/// `process.entry_leader.*`, `process.session_leader.*` and `process.group_leader.*`.
///
/// The group's is written of a leader only: it leads its own. Of any other task the process group
/// is not captured.
record EcsLeaders(JsonLine json, Header header, EcsTask fields) {

  void write(AuditedTask task) {
    Entry.of(task).ifPresent(entry -> write(task, entry));
  }

  private void write(AuditedTask task, Entry entry) {
    json.object(
        "entry_leader",
        () -> {
          leader(task, entry.leader());
          json.object("entry_meta", () -> json.text("type", entry.type()));
        });
    json.object("session_leader", () -> leader(task, entry.leader()));
    if (isLeader(task, entry.leader())) {
      json.object("group_leader", () -> leader(task, entry.leader()));
    }
  }

  private void leader(AuditedTask task, Link leader) {
    fields.identity(leader.task());
    json.text("name", leader.comm());
    json.textIfAny("executable", leader.executable());
    json.object("user", () -> json.text("id", Long.toString(leader.uid())));
    json.bool("same_as_process", isLeader(task, leader));
  }

  private static boolean isLeader(AuditedTask task, Link leader) {
    return leader.task().equals(task.id().task());
  }
}
