package io.tasktrail.event;

import java.util.List;

/// The arguments of an exec.
///
/// @param values whole up to the agent's bound
/// @param count the true number
/// @param bytes the true length, each argument's NUL included
/// @param truncated whether `values` is less than that
public record Arguments(List<ByteText> values, long count, long bytes, boolean truncated) {

  public Arguments {
    values = List.copyOf(values);
  }
}
