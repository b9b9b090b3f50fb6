package io.tasktrail.role.http;

import java.util.Map;

/// How a role is, as it says of itself. Asked from any thread, at any time; answers at once.
public interface Health {

  /// Whether it works or may come to work by itself. A no means: start it again.
  Answer live();

  /// Whether it does its work now. A no means: wait.
  Answer ready();

  /// An answer and its reasons.
  ///
  /// @param yes 200; otherwise 503
  /// @param details told as a JSON object: maps, lists, records, texts, numbers
  record Answer(boolean yes, Map<String, ?> details) {

    public Answer {
      details = Map.copyOf(details);
    }
  }
}
