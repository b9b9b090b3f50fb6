package io.tasktrail.streams.fold;

import io.tasktrail.event.BootId;
import io.tasktrail.event.HostId;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.Lineage;
import io.tasktrail.history.Boots;
import io.tasktrail.history.HostState;
import io.tasktrail.streams.fold.StateKeys.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The state of one host within the stores.
final class StoreHost implements HostState {

  private static final long HEARD_EACH_MILLIS = 3_600_000;
  private static final long UNCOUNTED = -1;

  private final HostId id;
  private final byte[] key;
  private final HostStates states;
  private final Tables tables;
  private final Cell<Boots> boots;
  private final Cell<Long> heard;
  private final Cell<HostStatus> status;
  private final Map<BootId, StoreBoot> open = new HashMap<>(2);
  private long lineages = UNCOUNTED;

  StoreHost(HostId id, HostStates states, Tables tables) {
    this.id = id;
    this.key = id.toString().getBytes(StandardCharsets.US_ASCII);
    this.states = states;
    this.tables = tables;
    boots = states.boots.cell(StateKeys.ofHost(id, Kind.BOOTS));
    heard = states.numbers.cell(StateKeys.ofHost(id, Kind.HEARD));
    status = states.statuses.cell(StateKeys.ofHost(id, Kind.STATUS));
  }

  /// Whether this is the key of the host's records.
  boolean hasKey(byte[] recordKey) {
    return Arrays.equals(key, recordKey);
  }

  /// Takes down, to the hour, when the host was heard of.
  void heardAt(long millis) {
    if (millis - heard.orElse(0L) >= HEARD_EACH_MILLIS) {
      heard.put(millis);
    }
  }

  @Override
  public Boots boots() {
    return boots.orElse(Boots.NONE);
  }

  @Override
  public void put(Boots changed) {
    boots.put(changed);
    open.keySet().removeIf(boot -> changed.known().stream().noneMatch(b -> b.id().equals(boot)));
  }

  @Override
  public StoreBoot boot(BootId boot) {
    StoreBoot known = open.get(boot);
    if (known != null) {
      return known;
    }
    StoreBoot opened = new StoreBoot(id, boot, states, tables);
    open.put(boot, opened);
    return opened;
  }

  @Override
  public Optional<HostStatus> status() {
    return status.get();
  }

  @Override
  public void put(HostStatus said) {
    status.put(said);
    tables.said(said);
  }

  /// Its row ends.
  void forgetStatus() {
    if (status.get().isPresent()) {
      tables.forgotten(id);
    }
  }

  @Override
  public Optional<Sightings> lineage(UUID fingerprint) {
    return states.lineages.at(StateKeys.lineage(id, fingerprint)).get();
  }

  @Override
  public void put(Lineage lineage) {
    Cell<Sightings> cell = states.lineages.at(StateKeys.lineage(id, lineage.fingerprint()));
    if (lineages != UNCOUNTED && cell.get().isEmpty()) {
      lineages++;
    }
    cell.put(new Sightings(lineage.firstNanos(), lineage.lastNanos(), lineage.hours()));
    tables.executed(lineage);
  }

  @Override
  public long lineages() {
    if (lineages == UNCOUNTED) {
      lineages = states.accountKeys(StateKeys.ofHost(id, Kind.LINEAGE)).size();
    }
    return lineages;
  }
}
