package io.tasktrail.wire;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// `union { null, … }` of what the contract has no record of its own for.
final class OptionalForm {

  private OptionalForm() {}

  static void write(OptionalInt value, AvroOutput out) {
    out.present(value.isPresent());
    if (value.isPresent()) {
      out.number(value.getAsInt());
    }
  }

  static OptionalInt integer(AvroInput in) {
    return in.isPresent() ? OptionalInt.of(in.integer()) : OptionalInt.empty();
  }

  static void write(OptionalLong value, AvroOutput out) {
    out.present(value.isPresent());
    if (value.isPresent()) {
      out.number(value.getAsLong());
    }
  }

  static OptionalLong number(AvroInput in) {
    return in.isPresent() ? OptionalLong.of(in.number()) : OptionalLong.empty();
  }

  static void write(Optional<UUID> value, AvroOutput out) {
    out.present(value.isPresent());
    if (value.isPresent()) {
      out.uuid(value.get());
    }
  }

  static Optional<UUID> uuid(AvroInput in) {
    return in.isPresent() ? Optional.of(in.uuid()) : Optional.empty();
  }
}
