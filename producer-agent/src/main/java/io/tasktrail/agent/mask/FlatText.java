package io.tasktrail.agent.mask;

import io.tasktrail.event.ByteText;
import java.util.Arrays;

/// Texts one behind the other in one array, which is used again for the next ones.
final class FlatText {

  private byte[] bytes = new byte[4096];

  /// Where each text begins; the last one ends where the next one would begin.
  private int[] begins = new int[64];

  private int texts;

  void clear() {
    texts = 0;
  }

  void addAll(ByteText[] more) {
    makeRoom(more.length);
    int end = begins[texts];
    for (ByteText text : more) {
      if (!text.isEmpty()) {
        end = append(text, end);
      }
      begins[++texts] = end;
    }
  }

  /// Adds one, and says which it is.
  int add(ByteText text) {
    makeRoom(1);
    begins[texts + 1] = append(text, begins[texts]);
    return texts++;
  }

  private void makeRoom(int more) {
    if (texts + more >= begins.length) {
      begins = Arrays.copyOf(begins, 2 * (texts + more));
    }
  }

  private int append(ByteText text, int from) {
    int end = Math.addExact(from, text.length());
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    text.copyTo(bytes, from);
    return end;
  }

  /// The text that has the byte at that place, if it is not before that text.
  int at(int text, int place) {
    int at = text;
    while (begins[at + 1] <= place) {
      at++;
    }
    return at;
  }

  /// Whether two parts are the same.
  boolean areSame(int from, int to, int otherFrom, int otherTo) {
    return Bytes.same(bytes, from, to, otherFrom, otherTo);
  }

  byte[] bytes() {
    return bytes;
  }

  int from(int text) {
    return begins[text];
  }

  int to(int text) {
    return begins[text + 1];
  }
}
