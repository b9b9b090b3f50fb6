package io.tasktrail.agent.mask;

import io.tasktrail.event.ByteText;
import java.util.Arrays;

/// Texts one behind the other in one array, which is used again for the next ones.
final class FlatText {

  private byte[] bytes = new byte[4096];
  private int[] ends = new int[64];
  private int texts;

  void clear() {
    texts = 0;
  }

  void addAll(ByteText[] more) {
    for (ByteText text : more) {
      add(text);
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

  /// The text that has the byte at that place, if it is not before that text.
  int at(int text, int place) {
    int at = text;
    while (ends[at] <= place) {
      at++;
    }
    return at;
  }

  /// Whether two are the same.
  boolean areSame(int one, int other) {
    return Bytes.same(bytes, from(one), to(one), from(other), to(other));
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
