package io.tasktrail.validate;

import java.util.ArrayList;
import java.util.List;

/// What is found in one document.
final class Findings {

  private final List<Violation> found = new ArrayList<>();

  void add(String path, String rule, String fix) {
    found.add(new Violation(path, rule, fix));
  }

  List<Violation> all() {
    return List.copyOf(found);
  }

  /// The path of a member.
  static String member(String path, String name) {
    return path.isEmpty() ? name : path + '.' + name;
  }
}
