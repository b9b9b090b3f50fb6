package io.tasktrail.wire;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Fact;

/// `AuditRecord`.
final class AuditRecordForm {

  private AuditRecordForm() {}

  static void write(Fact.AuditRecord record, AvroOutput out) {
    out.items(record.types().size());
    record.types().forEach(out::text);
    out.endOfItems();
    out.items(record.keys().size());
    record.keys().forEach(out::text);
    out.endOfItems();
    out.symbol(Symbols.of(record.outcome()));
    out.number(record.serial());
    out.text(record.text());
    out.flag(record.textTruncated());
    ArgumentsForm.write(record.command(), out);
    ArgumentsForm.writeRules(record.command(), out);
  }

  static Fact.AuditRecord read(Actor actor, AvroInput in) {
    return new Fact.AuditRecord(
        actor,
        in.list(AvroInput::string),
        in.list(AvroInput::text),
        Symbols.auditOutcome(in),
        in.number(),
        in.text(),
        in.flag(),
        ArgumentsForm.readRules(ArgumentsForm.read(in), in));
  }
}
