package io.tasktrail.history.text;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;

/// The whole name of the TOMOYO domain of a history, however long: [TextForm#TOMOYO] without a
/// bound. Made for every exec, and so made of bytes.
public final class DomainName {

  private static final byte[] KERNEL = "<kernel>".getBytes(US_ASCII);

  /// Of one byte: `\\ooo`.
  private static final int ESCAPED_MAX = 4;

  private DomainName() {}

  /// The name.
  public static ByteText of(History history) {
    byte[] name = new byte[most(history)];
    System.arraycopy(KERNEL, 0, name, 0, KERNEL.length);
    int length = KERNEL.length;
    for (Link link : history.links()) {
      if (link.source() != LinkSource.ROOT) {
        name[length++] = ' ';
        length = Escape.path(name, length, link.executable());
      }
    }
    return ByteText.of(name, 0, length);
  }

  private static int most(History history) {
    int most = KERNEL.length;
    for (Link link : history.links()) {
      most += 1 + ESCAPED_MAX * Math.max(1, link.executable().length());
    }
    return most;
  }
}
