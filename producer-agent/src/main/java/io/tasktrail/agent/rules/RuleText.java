package io.tasktrail.agent.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.role.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// The text of a file of rules: one rule a line; empty lines, and those that begin with `#`, say
/// nothing.
///
/// @param where the name of the file, for what is told of problems
public record RuleText(String where, String text) {

  /// Bound of a file: more is no list of rules that somebody wrote.
  static final long BYTES_MAX = 4 << 20;

  /// Takes a line.
  @FunctionalInterface
  public interface Taker {

    /// Takes a rule.
    ///
    /// @param number of its line, from 1
    /// @throws IllegalArgumentException with what is wrong with it
    void take(int number, String line);
  }

  /// Of a file.
  ///
  /// @param what the rules are for, such as `masking`
  /// @param setting the key of the setting that names the file
  /// @throws Failure if it can't be read
  public static RuleText of(Path file, String what, String setting) {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new IOException("larger than " + BYTES_MAX + " bytes");
      }
      return new RuleText(file.toString(), Files.readString(file, UTF_8));
    } catch (IOException unreadable) {
      String why =
          unreadable instanceof NoSuchFileException ? "no such file" : unreadable.toString();
      throw new Failure(
          "can't read the rules of " + what + " (" + why + ")",
          file.toString(),
          setting + " must name a readable file in UTF-8",
          unreadable);
    }
  }

  /// Gives every rule to who takes it.
  ///
  /// @param problems receives what is wrong, each with file and line
  public void forEach(Taker taker, List<String> problems) {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        try {
          taker.take(number, line);
        } catch (IllegalArgumentException wrong) {
          problems.add(where + ":" + number + ": " + wrong.getMessage());
        }
      }
    }
  }
}
