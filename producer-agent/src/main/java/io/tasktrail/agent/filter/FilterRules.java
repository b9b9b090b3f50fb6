package io.tasktrail.agent.filter;

import io.tasktrail.agent.rules.RuleText;
import io.tasktrail.role.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is told, and what is not: the first rule that matches decides. Immutable.
public final class FilterRules {

  /// Bound of the rules: each exec is held against all of them.
  static final int RULES_MAX = 1000;

  /// All is told.
  public static final FilterRules NONE = new FilterRules(List.of(), true);

  private final List<FilterRule> rules;
  private final boolean includesByDefault;

  private FilterRules(List<FilterRule> rules, boolean includesByDefault) {
    this.rules = List.copyOf(rules);
    this.includesByDefault = includesByDefault;
  }

  /// Those of a file.
  ///
  /// @throws Failure with every problem, each with its file and line
  public static FilterRules of(Path file) {
    return of(RuleText.of(file, "the filter", "filter.rules"), Users.ofHost());
  }

  static FilterRules of(RuleText text, Users users) {
    List<String> problems = new ArrayList<>();
    Reading reading = new Reading(new FilterLine(users));
    text.forEach(reading::take, problems);
    if (reading.rules.size() > RULES_MAX) {
      problems.add(
          text.where() + ": " + reading.rules.size() + " rules are more than " + RULES_MAX);
    }
    if (!problems.isEmpty()) {
      throw new Failure(
          problems.size() == 1
              ? "a rule of the filter is wrong"
              : problems.size() + " rules of the filter are wrong",
          shown(problems),
          "correct filter.rules; docs/filters.md says how rules are written");
    }
    return new FilterRules(reading.rules, reading.fallback.orElse(true));
  }

  private static String shown(List<String> problems) {
    int most = Math.min(problems.size(), 20);
    return String.join("; ", problems.subList(0, most)) + (problems.size() > most ? "; …" : "");
  }

  /// The lines that were read so far.
  private static final class Reading {
    private final FilterLine lines;
    private final List<FilterRule> rules = new ArrayList<>();
    private Optional<Boolean> fallback = Optional.empty();

    Reading(FilterLine lines) {
      this.lines = lines;
    }

    void take(int number, String line) {
      if (fallback.isPresent()) {
        throw new IllegalArgumentException("nothing may follow the line that begins with default");
      }
      String[] words = line.strip().split("\\s+", -1);
      if (!words[0].equals("default")) {
        rules.add(lines.parse(line));
      } else if (words.length == 2) {
        fallback = Optional.of(FilterLine.includes(words[1]));
      } else {
        throw new IllegalArgumentException("default is followed by include or exclude");
      }
    }
  }

  /// Whether there is nothing that they leave out.
  public boolean leaveOutNothing() {
    return includesByDefault && rules.stream().allMatch(FilterRule::includes);
  }

  /// Whether nobody is to be told of what a task in these circumstances does.
  boolean quiet(Circumstances of) {
    for (FilterRule rule : rules) {
      if (rule.decides(of)) {
        return !rule.includes();
      }
    }
    return !includesByDefault;
  }
}
