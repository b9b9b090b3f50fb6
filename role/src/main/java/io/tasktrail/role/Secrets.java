package io.tasktrail.role;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What of the settings must never be shown.
public final class Secrets {

  private static final String REDACTED = "[REDACTED]";
  private static final List<String> PARTS =
      List.of("password", "passphrase", "secret", "token", "credential", "user.info", "jaas");
  private static final Pattern KEYS = Pattern.compile("(^|.*[._-])key");

  /// Inside of a value whose key is misspelt.
  private static final Pattern WITHIN = Pattern.compile("(?is).*(password|secret)\\s*=.*");

  private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*@");

  private Secrets() {}

  /// The value, or what stands in its place; the user info of addresses goes in any case.
  public static String show(String key, String value) {
    return isSecret(key) || WITHIN.matcher(value).matches()
        ? REDACTED
        : USER_INFO.matcher(value).replaceAll("://" + REDACTED + "@");
  }

  /// Whether there is something that [#show] would hide.
  static boolean holds(String key, String value) {
    return !value.isEmpty() && !show(key, value).equals(value);
  }

  /// Whether whatever stands under a key must not be shown.
  public static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return PARTS.stream().anyMatch(lower::contains) || KEYS.matcher(lower).matches();
  }
}
