package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.agent.rules.RuleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rules by their names, in the order of their lines; what is wrong is collected.
final class RuleFile {

  static final String SHIPPED = "mask.rules";

  private final Map<String, Rule> rules = new LinkedHashMap<>();

  /// Those that tasktrail comes with.
  static String shippedText() {
    try (InputStream in = RuleFile.class.getResourceAsStream(SHIPPED)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Adds rules; one of a name that an earlier file had replaces that.
  ///
  /// @param where what the lines are of, for what is told of problems
  void add(String where, String text, List<String> problems) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    new RuleText(where, text).forEach((number, line) -> add(number, line, seen), problems);
  }

  private void add(int number, String line, Map<String, Integer> seen) {
    Rule rule = RuleLine.parse(line);
    Integer first = seen.putIfAbsent(rule.name(), number);
    rules.put(rule.name(), rule);
    if (first != null) {
      throw new IllegalArgumentException(
          "a rule '" + rule.name() + "' is there already, in line " + first);
    }
  }

  /// Takes a rule away.
  ///
  /// @return whether there was one
  boolean remove(String name) {
    return rules.remove(name) != null;
  }

  List<Rule> rules() {
    return List.copyOf(rules.values());
  }
}
