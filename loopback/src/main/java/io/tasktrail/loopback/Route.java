package io.tasktrail.loopback;

import java.util.List;
import java.util.stream.IntStream;

/// One method at one path.
///
/// @param pattern segments joined by `/`; `*` is any one segment, and an argument of the answer
record Route(String method, List<String> pattern, Answer answer) {

  private static final String ANY = "*";

  /// Makes the body of the answer.
  interface Answer {
    Object to(List<String> args, RegistryRequest request);
  }

  Route(String method, String pattern, Answer answer) {
    this(method, pattern.isEmpty() ? List.of() : List.of(pattern.split("/")), answer);
  }

  boolean leadsTo(List<String> path) {
    return path.size() == pattern.size()
        && IntStream.range(0, path.size()).allMatch(i -> isArgument(i) || isSame(path, i));
  }

  Object answer(RegistryRequest request) {
    List<String> path = request.path();
    List<String> args =
        IntStream.range(0, path.size()).filter(this::isArgument).mapToObj(path::get).toList();
    return answer.to(args, request);
  }

  private boolean isArgument(int i) {
    return pattern.get(i).equals(ANY);
  }

  private boolean isSame(List<String> path, int i) {
    return pattern.get(i).equals(path.get(i));
  }
}
