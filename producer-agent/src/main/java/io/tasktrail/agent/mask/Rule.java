package io.tasktrail.agent.mask;

import java.util.List;

/// One line of a file of rules, whose head explains each kind.
sealed interface Rule {

  /// What users switch it off by, and what a masked event is marked with.
  String name();

  /// What follows options of some programs.
  record Option(String name, List<String> programs, List<OptionPattern> patterns) implements Rule {}

  /// Options of some programs that take no value, whatever they are called.
  record Flag(String name, List<String> programs, List<String> options) implements Rule {}

  /// What is assigned to names that end so.
  record Name(String name, List<NameEnding> endings) implements Rule {}

  /// What begins with a prefix that only secrets have.
  record Token(String name, List<TokenShape> shapes) implements Rule {}

  /// The password in an address.
  record Url(String name) implements Rule {}

  /// The body of a private key.
  record PrivateKey(String name) implements Rule {}

  /// Programs that run others.
  record Runner(String name, Running how, List<String> programs) implements Rule {}

  /// How a program is given what it runs.
  enum Running {
    /// As words among its arguments.
    WORDS,
    /// The same, or as a line of a shell after `-c`.
    LINE_AFTER_C,
    /// The same, or as a line of a shell: any argument with a space.
    LINES
  }
}
