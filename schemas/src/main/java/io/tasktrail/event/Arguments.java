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

  /// The values joined by NUL, and no more than so many bytes of that.
  public ByteText joined(int maxBytes) {
    int length = Math.max(0, values.size() - 1);
    for (ByteText value : values) {
      length += value.length();
    }
    byte[] joined = new byte[Math.min(length, maxBytes)];
    int at = 0;
    for (int i = 0; i < values.size() && at < joined.length; i++) {
      at += values.get(i).copyTo(joined, at) + 1;
    }
    return ByteText.of(joined);
  }
}
