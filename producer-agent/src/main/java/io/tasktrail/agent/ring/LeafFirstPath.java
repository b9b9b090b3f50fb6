package io.tasktrail.agent.ring;

import io.tasktrail.event.ByteText;

/// A path as the kernel side walks it: components from the leaf to the root, each with its NUL.
final class LeafFirstPath {

  private LeafFirstPath() {}

  /// The path, root first.
  ///
  /// @param whole whether the walk reached the root; a path that was cut begins without a slash
  static ByteText join(byte[] bytes, int offset, int length, boolean whole) {
    if (length == 0) {
      return whole ? ByteText.of("/") : ByteText.EMPTY;
    }
    // Every component is as long with its slash as with its NUL.
    byte[] path = new byte[length];
    int to = 0;
    for (int end = offset + length - 1, from; end >= offset; end = from) {
      from = startOf(bytes, offset, end);
      path[to] = '/';
      System.arraycopy(bytes, from + 1, path, to + 1, end - from - 1);
      to += end - from;
    }
    return whole ? ByteText.of(path) : ByteText.of(path, 1, length - 1);
  }

  /// The index of the NUL before the component that ends at `end`; before the first, `offset - 1`.
  private static int startOf(byte[] bytes, int offset, int end) {
    int from = end - 1;
    while (from >= offset && bytes[from] != 0) {
      from--;
    }
    return from;
  }
}
