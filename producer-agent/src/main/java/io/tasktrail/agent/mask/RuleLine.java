package io.tasktrail.agent.mask;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// One line of a file of rules: `NAME KIND WORD...`.
record RuleLine(String name, String kind, String rest) {

  private static final List<String> KINDS =
      List.of(
          "option", "flag", "name", "token", "url", "private-key", "wrapper", "shell", "remote");

  /// The rule that a line gives.
  ///
  /// @throws IllegalArgumentException with what is wrong
  static Rule parse(String line) {
    String[] parts = line.strip().split("\\s+", 3);
    if (parts.length < 2) {
      throw new IllegalArgumentException("not NAME KIND WORD...");
    }
    if (!parts[0].matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "the name '" + parts[0] + "' is not 1 to 40 of a-z, 0-9 and -");
    }
    return new RuleLine(parts[0], parts[1], parts.length < 3 ? "" : parts[2]).rule();
  }

  private Rule rule() {
    return switch (kind) {
      case "option" ->
          new Rule.Option(name, programs(), each(after().split(" \\| "), OptionPattern::parse));
      case "flag" -> new Rule.Flag(name, programs(), each(words(after()), RuleLine::flag));
      case "name" -> new Rule.Name(name, each(words(rest), NameEnding::parse));
      case "token" -> new Rule.Token(name, each(words(rest), TokenShape::parse));
      case "url" -> new Rule.Url(nothingMore());
      case "private-key" -> new Rule.PrivateKey(nothingMore());
      case "wrapper" -> new Rule.Runner(name, Rule.Running.WORDS, programs(rest));
      case "shell" -> new Rule.Runner(name, Rule.Running.LINE_AFTER_C, programs(rest));
      case "remote" -> new Rule.Runner(name, Rule.Running.LINES, programs(rest));
      default ->
          throw new IllegalArgumentException(
              "'" + kind + "' is no kind of rule; there are " + String.join(", ", KINDS));
    };
  }

  private List<String> programs() {
    int colon = colon();
    return programs(rest.substring(0, colon));
  }

  private String after() {
    return rest.substring(colon() + 2);
  }

  private int colon() {
    int colon = (rest + ' ').indexOf(" : ");
    if (colon < 0) {
      throw new IllegalArgumentException(
          "after " + kind + " stand programs, ' : ', and what follows them");
    }
    return colon;
  }

  private static List<String> programs(String text) {
    return each(words(text), RuleLine::program);
  }

  private static String program(String text) {
    if (text.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is a path; a program is given by the last part of it");
    }
    return text;
  }

  private static String flag(String text) {
    if (!text.startsWith("-")) {
      throw new IllegalArgumentException("'" + text + "' is no option, such as --password");
    }
    return text;
  }

  private String nothingMore() {
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException("nothing follows " + kind + ", and not '" + rest + "'");
    }
    return name;
  }

  private static String[] words(String text) {
    return text.strip().split("\\s+");
  }

  private static <T> List<T> each(String[] words, Function<String, T> parse) {
    if (words.length == 0 || words[0].isBlank()) {
      throw new IllegalArgumentException("the line ends too early");
    }
    return Arrays.stream(words).map(parse).toList();
  }
}
