package io.tasktrail.agent.filter;

import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Credentials;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// One `KEY=VALUE` of a rule.
sealed interface Condition {

  /// Whether it holds; empty where what it asks for is not known.
  Optional<Boolean> holds(Circumstances of);

  /// The path of the executable.
  record Executable(Pattern pattern) implements Condition {
    @Override
    public Optional<Boolean> holds(Circumstances of) {
      return of.executable().isEmpty()
          ? Optional.empty()
          : Optional.of(pattern.matches(of.executable()));
    }
  }

  /// A number of the credentials.
  record Id(ToLongFunction<Credentials> which, long value) implements Condition {
    @Override
    public Optional<Boolean> holds(Circumstances of) {
      return Optional.of(which.applyAsLong(of.credentials()) == value);
    }
  }

  /// A number of the credentials that is set, whatever it is.
  record IdSet(ToLongFunction<Credentials> which) implements Condition {
    @Override
    public Optional<Boolean> holds(Circumstances of) {
      return Optional.of(which.applyAsLong(of.credentials()) != Credentials.UNSET);
    }
  }

  /// A controlling terminal.
  record Tty(boolean wanted) implements Condition {
    @Override
    public Optional<Boolean> holds(Circumstances of) {
      return of.hasTty().map(has -> has == wanted);
    }
  }

  /// Container or unit.
  record Placed(Predicate<Cgroup> test) implements Condition {
    @Override
    public Optional<Boolean> holds(Circumstances of) {
      return of.cgroup().isKnown() ? Optional.of(test.test(of.cgroup())) : Optional.empty();
    }
  }
}
