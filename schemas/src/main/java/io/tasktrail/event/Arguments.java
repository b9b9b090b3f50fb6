package io.tasktrail.event;

import java.util.List;

/// The arguments of an exec.
///
/// @param values whole up to the agent's bound
/// @param count the true number
/// @param bytes the true length, each argument's NUL included
/// @param truncated whether `values` is less than that
/// @param maskedBy the rules by which secrets in `values` were masked, each once
/// @param bestEffort whether they were read a moment after the exec, as far as the task was still
///     there: it may have changed them by then, or executed something else
public record Arguments(
    List<ByteText> values,
    long count,
    long bytes,
    boolean truncated,
    List<String> maskedBy,
    boolean bestEffort) {

  /// None, or none that are known.
  public static final Arguments NONE = new Arguments(List.of(), 0, 0, false);

  public Arguments {
    values = List.copyOf(values);
    maskedBy = List.copyOf(maskedBy);
  }

  /// Arguments as they were at the exec.
  public Arguments(List<ByteText> values, long count, long bytes, boolean truncated) {
    this(values, count, bytes, truncated, List.of(), false);
  }

  /// Arguments as they were at the exec, with secrets masked.
  public Arguments(
      List<ByteText> values, long count, long bytes, boolean truncated, List<String> maskedBy) {
    this(values, count, bytes, truncated, maskedBy, false);
  }

  /// The same with secrets masked: count and length stay those of the true ones.
  ///
  /// @param by the rules that did it, each once
  public Arguments masked(List<ByteText> maskedValues, List<String> by) {
    return new Arguments(maskedValues, count, bytes, truncated, by, bestEffort);
  }

  /// The same, read a moment after the exec.
  public Arguments asBestEffort() {
    return new Arguments(values, count, bytes, truncated, maskedBy, true);
  }

  /// The values joined by NUL, and no more than so many bytes of that.
  public ByteText joined(int maxBytes) {
    return ByteText.joined(values, (byte) 0, maxBytes);
  }
}
