package io.tasktrail.agent.doctor;

import static java.util.stream.Collectors.joining;

import io.tasktrail.agent.doctor.Finding.Outcome;
import io.tasktrail.agent.publish.Reason;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Runs checks one after the other, each within a bound, and tells each as soon as it is done.
final class Examination {

  private final PrintWriter out;
  private final Duration atMost;
  private final IdentityHashMap<Check, Finding> findings = new IdentityHashMap<>();

  /// @param atMost of each check; what takes longer has failed
  Examination(PrintWriter out, Duration atMost) {
    this.out = out;
    this.atMost = atMost;
  }

  /// Runs them in order: what a check rests on must stand before it.
  void run(List<Check> checks) throws InterruptedException {
    for (Check check : checks) {
      Finding finding = isPossible(check) ? look(check) : impossible(check);
      findings.put(check, finding);
      tell(check.what(), finding);
    }
  }

  /// How many ended so.
  long count(Outcome outcome) {
    return findings.values().stream().filter(finding -> finding.outcome() == outcome).count();
  }

  private boolean isPossible(Check check) {
    return check.oneOf().isEmpty()
        || check.oneOf().stream().anyMatch(each -> findings.get(each).isSound());
  }

  private Finding impossible(Check check) {
    String needed = roots(check).map(Check::what).distinct().collect(joining(" or "));
    return Finding.skip("needs that " + needed + " is in order");
  }

  /// What failed, or could not be known, of all that it rests on.
  private Stream<Check> roots(Check check) {
    return check.oneOf().stream().flatMap(each -> isPossible(each) ? Stream.of(each) : roots(each));
  }

  private Finding look(Check check) throws InterruptedException {
    FutureTask<Finding> task = new FutureTask<>(check.look()::look);
    Thread thread = Thread.ofPlatform().daemon().name("doctor").start(task);
    try {
      return task.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      thread.interrupt();
      return Finding.fail(
          "no answer within " + atMost.toSeconds() + " s", "see what is slow or filtered there");
    } catch (ExecutionException broken) {
      return Finding.fail(
          "could not be looked at: " + Reason.of(broken),
          "run tasktrail doctor --verbose as root; if it stays so, report it");
    }
  }

  private void tell(String what, Finding finding) {
    out.printf("%-4s  %-22s  %s%n", finding.outcome().word(), what, oneLine(finding.found()));
    if (!finding.cure().isEmpty()) {
      out.printf("      %-22s  -> %s%n", "", oneLine(finding.cure()));
    }
    out.flush();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
