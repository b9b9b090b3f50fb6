package io.tasktrail.wire;

import io.tasktrail.event.Lineage;
import org.apache.avro.Schema;

/// `Lineage`.
final class LineageForm implements Form<Lineage> {

  private final Repeated repeated = new Repeated();

  @Override
  public Schema schema() {
    return Contract.LINEAGE;
  }

  @Override
  public void write(Lineage lineage, AvroOutput out) {
    out.uuid(lineage.host().value());
    out.text(lineage.domain());
    out.number(lineage.firstNanos());
    out.number(lineage.lastNanos());
    out.number(lineage.hours());
    OccasionForm.write(lineage.occasion(), out);
  }

  @Override
  public Lineage read(AvroInput in) {
    return new Lineage(
        repeated.host(in),
        in.text(),
        in.number(),
        in.number(),
        in.number(),
        OccasionForm.optional(repeated, in));
  }
}
