package io.tasktrail.wire;

import org.apache.avro.Schema;

/// `AuditEvent`, whose first field may be at hand as bytes.
final class EnrichedEventForm implements WritingForm<EnrichedEvent> {

  private final AuditEventForm audits = new AuditEventForm();

  @Override
  public Schema schema() {
    return audits.schema();
  }

  @Override
  public void write(EnrichedEvent enriched, AvroOutput out) {
    if (enriched.canBeSpliced()) {
      enriched.arrived().writePayload(out);
      audits.writeRest(enriched.audit(), out);
    } else {
      audits.write(enriched.audit(), out);
    }
  }
}
