package io.tasktrail.wire;

import io.tasktrail.event.Occasion;
import java.util.Optional;

/// `union { null, Occasion }`.
final class OccasionForm {

  private OccasionForm() {}

  static void write(Optional<Occasion> value, AvroOutput out) {
    out.present(value.isPresent());
    if (value.isPresent()) {
      Occasion occasion = value.get();
      out.text(occasion.hostName());
      out.uuid(occasion.boot().value());
      out.uuid(occasion.capture().value());
      out.uuid(occasion.eventId());
    }
  }

  static Optional<Occasion> optional(Repeated repeated, AvroInput in) {
    return in.isPresent() ? Optional.of(read(repeated, in)) : Optional.empty();
  }

  private static Occasion read(Repeated repeated, AvroInput in) {
    return new Occasion(repeated.hostName(in), repeated.boot(in), repeated.capture(in), in.uuid());
  }
}
