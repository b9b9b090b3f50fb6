package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.agent.rules.RuleText;
import io.tasktrail.role.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is masked. Immutable.
public final class Rules {

  /// Nothing is.
  public static final Rules NONE = new Rules(List.of());

  private final List<Rule> rules;
  private final List<String> names;
  private final Programs programs = new Programs();
  private final Names secretNames = new Names();
  private final Program anyProgram;
  private final Scan scan = new Scan(secretNames);

  private Rules(List<Rule> rules) {
    this.rules = rules;
    names = rules.stream().map(Rule::name).toList();
    rules.forEach(rule -> compile(rule, names.indexOf(rule.name())));
    anyProgram = programs.named("*");
    programs.indexed();
  }

  /// Those that tasktrail comes with.
  public static Rules shipped() {
    return of(Optional.empty(), List.of());
  }

  /// Those that tasktrail comes with, and the differences of this host.
  ///
  /// @param more a file of more rules; one with the name of a shipped one replaces that
  /// @param except names of rules that are left out
  /// @throws Failure with every problem, each with its file and line
  public static Rules of(Optional<Path> more, List<String> except) {
    RuleFile file = new RuleFile();
    List<String> problems = new ArrayList<>();
    file.add(RuleFile.SHIPPED, RuleFile.shippedText(), problems);
    more.ifPresent(
        path ->
            file.add(path.toString(), RuleText.of(path, "masking", "mask.rules").text(), problems));
    List<String> known = file.rules().stream().map(Rule::name).toList();
    for (String name : except) {
      if (!file.remove(name)) {
        problems.add("mask.except: no rule '" + name + "'; there are " + String.join(", ", known));
      }
    }
    if (known.size() > Spans.RULES_MAX) {
      problems.add(known.size() + " rules are more than " + Spans.RULES_MAX);
    }
    crowded(file.rules()).forEach(problems::add);
    if (!problems.isEmpty()) {
      throw new Failure(
          problems.size() == 1
              ? "a rule of masking is wrong"
              : problems.size() + " rules of masking are wrong",
          String.join("; ", problems),
          "correct mask.rules and mask.except; tasktrail mask tries them");
    }
    return new Rules(file.rules());
  }

  private static List<String> crowded(List<Rule> rules) {
    Map<String, Integer> patterns = new TreeMap<>();
    for (Rule rule : rules) {
      if (rule instanceof Rule.Option option) {
        option.programs().forEach(it -> patterns.merge(it, option.patterns().size(), Integer::sum));
      }
    }
    return patterns.entrySet().stream()
        .filter(it -> it.getValue() > Program.PATTERNS_MAX)
        .map(
            it ->
                "%s has %d patterns, which are more than %d"
                    .formatted(it.getKey(), it.getValue(), Program.PATTERNS_MAX))
        .toList();
  }

  private void compile(Rule rule, int index) {
    switch (rule) {
      case Rule.Option option ->
          option
              .programs()
              .forEach(
                  program ->
                      option
                          .patterns()
                          .forEach(pattern -> programs.named(program).add(pattern, index)));
      case Rule.Flag flag ->
          flag.programs()
              .forEach(
                  program ->
                      flag.options()
                          .forEach(option -> programs.named(program).add(option.getBytes(UTF_8))));
      case Rule.Name name -> name.endings().forEach(ending -> secretNames.add(ending, index));
      case Rule.Token token -> token.shapes().forEach(shape -> scan.add(shape, index));
      case Rule.Url _ -> scan.addUrl(index);
      case Rule.PrivateKey _ -> scan.addPrivateKey(index);
      case Rule.Runner runner ->
          runner.programs().forEach(program -> programs.named(program).runs(runner.how()));
    }
  }

  /// Their names, in their order.
  public List<String> names() {
    return names;
  }

  boolean areNone() {
    return rules.isEmpty();
  }

  /// What holds for every program.
  Program anyProgram() {
    return anyProgram;
  }

  Programs programs() {
    return programs;
  }

  Names secretNames() {
    return secretNames;
  }

  Scan scan() {
    return scan;
  }
}
