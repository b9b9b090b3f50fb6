package io.tasktrail.agent.filter;

import io.tasktrail.event.Credentials;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The numbers of users, by the names that the host knows: NSS, not only /etc/passwd. Asked while
/// rules are read, and never again.
final class Users {

  private static final long PATIENCE_SECONDS = 5;
  private static final int LINE_MAX = 4096;

  private final Function<String, OptionalLong> lookup;
  private final Map<String, OptionalLong> known = new HashMap<>();

  /// @param lookup the number of a name; empty where there is no such user
  Users(Function<String, OptionalLong> lookup) {
    this.lookup = lookup;
  }

  /// Those of this host.
  static Users ofHost() {
    return new Users(Users::getent);
  }

  /// The number of a user.
  ///
  /// @param user a name or a number
  /// @throws IllegalArgumentException if there is no such user
  long id(String user) {
    return user.isEmpty() || isDigit(user.charAt(0))
        ? number(user)
        : known
            .computeIfAbsent(user, lookup)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "this host knows no user '" + user + "'; write the number"));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// @throws IllegalArgumentException if it is none of 32 bits
  static long number(String text) {
    if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > Credentials.UNSET) {
      throw new IllegalArgumentException("'" + text + "' is no number of a user or session");
    }
    return Long.parseLong(text);
  }

  private static OptionalLong getent(String name) {
    try {
      Process getent =
          new ProcessBuilder("getent", "passwd", "--", name)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return answer(getent);
    } catch (IOException noGetent) {
      throw new IllegalArgumentException(
          "can't ask who '" + name + "' is (" + noGetent.getMessage() + "); write the number",
          noGetent);
    } catch (InterruptedException enough) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }

  private static OptionalLong answer(Process getent) throws IOException, InterruptedException {
    try {
      if (!getent.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("no answer within " + PATIENCE_SECONDS + " s");
      }
      byte[] line = getent.getInputStream().readNBytes(LINE_MAX);
      String[] fields = new String(line, StandardCharsets.ISO_8859_1).split(":", 4);
      return fields.length < 4 ? OptionalLong.empty() : OptionalLong.of(number(fields[2]));
    } finally {
      getent.destroyForcibly();
    }
  }
}
