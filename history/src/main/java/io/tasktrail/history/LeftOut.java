package io.tasktrail.history;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Link;
import io.tasktrail.event.Omitted;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The digest of the links that a bound leaves out of a history: whoever has the links can tell
/// that they are the same.
///
/// It is chained in the order in which they are left out, which is their own order unless one of
/// them came late: SHA-256 over the digest so far (nothing at first), then the link: ordinal, pid
/// (4 bytes) and start of its task, uid, auid, start, and comm, executable and the name of its
/// source, these three as length (4 bytes) and bytes. Numbers are 8 bytes where nothing else is
/// said, the most significant first.
final class LeftOut {

  private LeftOut() {}

  /// One more link left out.
  static Omitted with(Omitted omitted, Link link) {
    MessageDigest sha256 = sha256();
    sha256.update(omitted.digest().asBuffer());
    sha256.update(numbers(link));
    update(sha256, link.comm());
    update(sha256, link.executable());
    update(sha256, ByteText.of(link.source().name().getBytes(US_ASCII)));
    return new Omitted(omitted.count() + 1, ByteText.of(sha256.digest()));
  }

  private static ByteBuffer numbers(Link link) {
    return ByteBuffer.allocate(5 * Long.BYTES + Integer.BYTES)
        .putLong(link.ordinal())
        .putInt(link.task().pid())
        .putLong(link.task().startNanos())
        .putLong(link.uid())
        .putLong(link.auid())
        .putLong(link.startNanos())
        .flip();
  }

  private static void update(MessageDigest digest, ByteText text) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length()).flip());
    digest.update(text.asBuffer());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
