package io.tasktrail.wire;

import io.tasktrail.event.FirstSeen;
import org.apache.avro.Schema;

/// `FirstSeen`.
final class FirstSeenForm implements Form<FirstSeen> {

  private final Repeated repeated = new Repeated();

  @Override
  public Schema schema() {
    return Contract.FIRST_SEEN;
  }

  @Override
  public void write(FirstSeen first, AvroOutput out) {
    out.uuid(first.fingerprint());
    out.text(first.domain());
    out.uuid(first.host().value());
    out.number(first.firstNanos());
    OccasionForm.write(first.occasion(), out);
    out.number(first.forgotten());
  }

  /// The fingerprint follows from the domain.
  @Override
  public FirstSeen read(AvroInput in) {
    in.uuid();
    return new FirstSeen(
        in.text(),
        repeated.host(in),
        in.number(),
        OccasionForm.optional(repeated, in),
        in.number());
  }
}
