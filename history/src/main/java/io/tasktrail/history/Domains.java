package io.tasktrail.history;

import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Completeness;
import io.tasktrail.event.History;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Lineage;
import io.tasktrail.event.Occasion;
import io.tasktrail.history.HostState.Sightings;
import io.tasktrail.history.text.DomainName;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What is normal on a host: the lineages that it executes, by their fingerprints. TOMOYO Linux
/// calls them domains.
final class Domains {

  private final FoldLimits limits;

  Domains(FoldLimits limits) {
    this.limits = limits;
  }

  /// Takes down that a lineage was executed: when it is for the first time, and then once in each
  /// hour in which it is.
  ///
  /// @return whether it was for the first time; empty where that can't be told
  Optional<Boolean> executed(Scene scene, AuditedTask task) {
    if (!isCertain(task.history())) {
      return Optional.empty();
    }
    ByteText domain = DomainName.of(task.history());
    Optional<Sightings> known = scene.host().lineage(Lineage.fingerprint(domain));
    long now = scene.header().wallOffsetNanos() + scene.header().bootNanos();
    HostId host = scene.header().host();
    if (known.isPresent()) {
      Sightings seen = known.get();
      if (hour(now) > hour(seen.lastNanos())) {
        scene
            .host()
            .put(
                new Lineage(
                    host, domain, seen.firstNanos(), now, seen.hours() + 1, occasion(scene)));
      }
    } else if (scene.host().lineages() < limits.get(Bound.LINEAGES)) {
      scene.host().put(new Lineage(host, domain, now, now, 1, occasion(scene)));
    } else {
      scene.state().put(scene.state().ledger().bitten(Bound.LINEAGES));
      return Optional.empty();
    }
    return Optional.of(known.isEmpty());
  }

  /// A chain that lacks a link, or has one that is presumed, would be another lineage.
  private static boolean isCertain(History history) {
    return history.completeness() == Completeness.WHOLE && history.omitted().count() == 0;
  }

  private static Optional<Occasion> occasion(Scene scene) {
    return Optional.of(Occasion.of(scene.header()));
  }

  private static long hour(long nanos) {
    return TimeUnit.NANOSECONDS.toHours(nanos);
  }
}
