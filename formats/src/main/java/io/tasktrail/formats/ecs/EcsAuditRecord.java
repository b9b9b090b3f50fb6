package io.tasktrail.formats.ecs;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.Fact;
import io.tasktrail.formats.json.JsonLine;

/// `tasktrail.audit.*`.
record EcsAuditRecord(JsonLine json) {

  void write(Fact.AuditRecord record) {
    json.texts("type", record.types());
    if (!record.keys().isEmpty()) {
      json.bytes("key", record.keys());
    }
    json.number("serial", record.serial());
    json.text("text", record.text());
    json.bool("text_truncated", record.textTruncated());
    if (!record.command().values().isEmpty()) {
      command(record.command());
    }
  }

  private void command(Arguments command) {
    json.bytes("command", command.values());
    json.bool("command_masked", !command.maskedBy().isEmpty());
    if (!command.maskedBy().isEmpty()) {
      json.texts("command_masked_by", command.maskedBy());
    }
  }
}
