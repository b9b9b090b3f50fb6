package io.tasktrail.role;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What of the settings must never be shown.
final class Secrets {

  private static final String REDACTED = "[REDACTED]";
  private static final List<String> PARTS =
      List.of("password", "passphrase", "secret", "token", "credential", "user.info", "jaas");
  private static final Pattern KEYS = Pattern.compile("(^|.*[._-])key");
  private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*@");

  private Secrets() {}

  /// The value, or what stands in its place; the user info of addresses goes in any case.
  static String show(String key, String value) {
    return isSecret(key) ? REDACTED : USER_INFO.matcher(value).replaceAll("://" + REDACTED + "@");
  }

  private static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return PARTS.stream().anyMatch(lower::contains) || KEYS.matcher(lower).matches();
  }
}
