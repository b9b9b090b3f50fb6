package io.tasktrail.validate;

/// Where a document is not as its schema demands.
///
/// @param path of the field, dotted, with `[N]` for an element; empty for the document itself
/// @param rule what was broken, one word: `unknown`, `type`, `array`, `enum`, `required`,
///     `at_least_one`, `just_one`, `profile`, `deprecated`, `value`, `json`
/// @param fix what would be right
public record Violation(String path, String rule, String fix) {

  /// One line: `PATH: RULE: FIX`.
  @Override
  public String toString() {
    return (path.isEmpty() ? "(document)" : path) + ": " + rule + ": " + fix;
  }
}
