package io.tasktrail.formats.facts;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of arguments, each with its NUL: of what was published, which is masked. One of what was
/// masked would tell a short secret to whoever tries all of them.
public final class ArgumentsDigest {

  private static final byte[] NUL = {0};

  private ArgumentsDigest() {}

  /// 64 hexadecimal digits.
  public static String of(Arguments arguments) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (ByteText value : arguments.values()) {
        sha256.update(value.asBuffer());
        sha256.update(NUL);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
