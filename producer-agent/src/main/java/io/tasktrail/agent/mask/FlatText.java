package io.tasktrail.agent.mask;

import io.tasktrail.event.ByteText;
import java.util.Arrays;
import java.util.List;

/// Texts one behind the other in one array, which is used again for the next ones.
final class FlatText {

  private byte[] bytes = new byte[4096];
  private int[] ends = new int[64];
  private int texts;

  void clear() {
    texts = 0;
  }

  void addAll(List<ByteText> more) {
    for (int i = 0; i < more.size(); i++) {
      add(more.get(i));
    }
  }

  /// Adds one, and says which it is.
  int add(ByteText text) {
    int from = texts == 0 ? 0 : ends[texts - 1];
    int end = Math.addExact(from, text.length());
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    if (texts == ends.length) {
      ends = Arrays.copyOf(ends, 2 * texts);
    }
    text.copyTo(bytes, from);
    ends[texts] = end;
    return texts++;
  }

  byte[] bytes() {
    return bytes;
  }

  int from(int text) {
    return text == 0 ? 0 : ends[text - 1];
  }

  int to(int text) {
    return ends[text];
  }
}
