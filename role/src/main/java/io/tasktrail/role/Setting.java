package io.tasktrail.role;

import java.util.Optional;

/// One key that a role understands.
///
/// @param fallback what holds when the key is not given; empty when it must be given
/// @param meaning what it is, one sentence
/// @param consequence what changes for the user with its value, one or two sentences
public record Setting<T>(
    String key, Optional<String> fallback, String meaning, String consequence, Parser<T> parser) {

  /// A key that may be left out.
  ///
  /// @param fallback what it is then, as it would be written
  public static <T> Setting<T> of(
      String key, String fallback, String meaning, String consequence, Parser<T> parser) {
    return new Setting<>(key, Optional.of(fallback), meaning, consequence, parser);
  }

  /// A key that must be given.
  public static <T> Setting<T> required(
      String key, String meaning, String consequence, Parser<T> parser) {
    return new Setting<>(key, Optional.empty(), meaning, consequence, parser);
  }

  /// What is wrong with a text for this key; empty when nothing is. Never shows a secret.
  public Optional<String> problem(String text) {
    try {
      parser.parse(text);
      return Optional.empty();
    } catch (IllegalArgumentException notThat) {
      return Optional.of(Secrets.show(key, "'" + text + "'") + " is not " + parser.expected());
    }
  }
}
