package io.tasktrail.history;

import io.tasktrail.event.BootId;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.Lineage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The state of one host on the heap. Not safe for use by several threads.
public final class InMemoryHostState implements HostState {

  private final Map<BootId, InMemoryBootState> states = new HashMap<>();
  private final Map<UUID, Sightings> lineages = new HashMap<>();
  private Boots boots = Boots.NONE;
  private Optional<HostStatus> status = Optional.empty();

  @Override
  public Boots boots() {
    return boots;
  }

  @Override
  public void put(Boots changed) {
    boots = changed;
  }

  @Override
  public InMemoryBootState boot(BootId id) {
    return states.computeIfAbsent(id, _ -> new InMemoryBootState());
  }

  @Override
  public Optional<HostStatus> status() {
    return status;
  }

  @Override
  public void put(HostStatus said) {
    status = Optional.of(said);
  }

  @Override
  public Optional<Sightings> lineage(UUID fingerprint) {
    return Optional.ofNullable(lineages.get(fingerprint));
  }

  @Override
  public void put(Lineage lineage) {
    lineages.put(
        lineage.fingerprint(),
        new Sightings(lineage.firstNanos(), lineage.lastNanos(), lineage.hours()));
  }

  @Override
  public long lineages() {
    return lineages.size();
  }
}
