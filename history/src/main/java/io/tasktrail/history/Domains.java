package io.tasktrail.history;

import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Header;
import io.tasktrail.event.Lineage;
import io.tasktrail.history.HostState.Sightings;
import io.tasktrail.history.text.DomainName;
import java.util.Optional;
import java.util.UUID;

/// What is normal on a host: the lineages that it executes, by their fingerprints. TOMOYO Linux
/// calls them domains.
final class Domains {

  private final FoldLimits limits;

  Domains(FoldLimits limits) {
    this.limits = limits;
  }

  /// Remembers that a lineage was executed once more.
  ///
  /// @return whether it was for the first time; empty where that can't be told
  Optional<Boolean> executed(Scene scene, AuditedTask task) {
    if (task.history().missingLinks() > 0 || task.history().omitted().count() > 0) {
      return Optional.empty();
    }
    ByteText domain = DomainName.of(task.history());
    UUID fingerprint = Lineage.fingerprint(domain);
    Optional<Sightings> known = scene.host().lineage(fingerprint);
    if (known.isEmpty() && scene.host().lineages() >= limits.get(Bound.LINEAGES)) {
      scene.state().put(scene.state().ledger().bitten(Bound.LINEAGES));
      return Optional.empty();
    }
    scene.host().put(lineage(scene.header(), domain, known));
    return Optional.of(known.isEmpty());
  }

  private static Lineage lineage(Header header, ByteText domain, Optional<Sightings> known) {
    long now = header.wallOffsetNanos() + header.bootNanos();
    return known
        .map(
            seen ->
                new Lineage(
                        header.host(), domain, seen.firstNanos(), seen.lastNanos(), seen.count())
                    .again(now))
        .orElseGet(() -> new Lineage(header.host(), domain, now, now, 1));
  }
}
