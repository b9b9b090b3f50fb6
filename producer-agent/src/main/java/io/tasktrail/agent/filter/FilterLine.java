package io.tasktrail.agent.filter;

import io.tasktrail.event.Credentials;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/// One line of a file of rules: `include|exclude KEY=VALUE...`.
final class FilterLine {

  private static final String KEYS = "exe, user, euser, login, session, tty, container, unit";

  private final Users users;

  FilterLine(Users users) {
    this.users = users;
  }

  /// The rule that a line gives.
  ///
  /// @throws IllegalArgumentException with what is wrong
  FilterRule parse(String line) {
    String[] words = line.strip().split("\\s+", -1);
    boolean includes = includes(words[0]);
    if (words.length == 1) {
      throw new IllegalArgumentException(
          "after "
              + words[0]
              + " stands KEY=VALUE; for all that is left write default "
              + words[0]);
    }
    List<Condition> conditions = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      String key = equals < 0 ? words[i] : words[i].substring(0, equals);
      if (equals < 0) {
        throw new IllegalArgumentException("'" + words[i] + "' is not KEY=VALUE; keys are " + KEYS);
      }
      if (!seen.add(key)) {
        throw new IllegalArgumentException("'" + key + "' stands there twice; all must hold");
      }
      conditions.add(condition(key, words[i].substring(equals + 1)));
    }
    return new FilterRule(includes, conditions);
  }

  /// @throws IllegalArgumentException for another word
  static boolean includes(String word) {
    return switch (word) {
      case "include" -> true;
      case "exclude" -> false;
      default ->
          throw new IllegalArgumentException(
              "'" + word + "' is neither include, exclude nor default");
    };
  }

  private Condition condition(String key, String value) {
    return switch (key) {
      case "exe" -> new Condition.Executable(path(value));
      case "user" -> new Condition.Id(Credentials::uid, users.id(value));
      case "euser" -> new Condition.Id(Credentials::euid, users.id(value));
      case "login" -> maybeSet(Credentials::auid, value, users::id);
      case "session" -> maybeSet(Credentials::session, value, Users::number);
      case "tty" -> new Condition.Tty(yes(value));
      case "container" -> container(value);
      case "unit" -> unit(Pattern.parse(value));
      default -> throw new IllegalArgumentException("no key '" + key + "'; there are " + KEYS);
    };
  }

  private static Condition maybeSet(
      ToLongFunction<Credentials> which, String value, ToLongFunction<String> number) {
    return switch (value) {
      case "*" -> new Condition.IdSet(which);
      case "none" -> new Condition.Id(which, Credentials.UNSET);
      default -> new Condition.Id(which, number.applyAsLong(value));
    };
  }

  private static Pattern path(String value) {
    if (!value.startsWith("/") && !value.startsWith("*")) {
      throw new IllegalArgumentException(
          "exe='" + value + "' is no path: it begins with / (or */ for any folder)");
    }
    return Pattern.parse(value);
  }

  private static boolean yes(String value) {
    return switch (value) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new IllegalArgumentException("tty is yes or no, and not '" + value + "'");
    };
  }

  private static Condition container(String value) {
    return switch (value) {
      case "*" -> new Condition.Placed(cgroup -> !cgroup.containerId().isEmpty());
      case "none" -> new Condition.Placed(cgroup -> cgroup.containerId().isEmpty());
      default -> {
        String prefix = Additions.containerId(value);
        yield new Condition.Placed(cgroup -> cgroup.containerId().startsWith(prefix));
      }
    };
  }

  private static Condition unit(Pattern pattern) {
    return new Condition.Placed(cgroup -> pattern.matches(cgroup.unit()));
  }
}
