package io.tasktrail.history;

import io.tasktrail.event.BootId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The boots of a host.
///
/// @param known those that are not over, in the order in which they were first heard of; nearly
///     always it is one
/// @param ended the last of those that are over, the latest last
public record Boots(List<Boot> known, List<BootId> ended) {

  private static final int ENDED_MAX = 8;

  /// Nothing was heard of the host.
  public static final Boots NONE = new Boots(List.of(), List.of());

  public Boots {
    known = List.copyOf(known);
    ended = List.copyOf(ended);
  }

  /// A boot. What changes is taken down about once a second, and only while there is another boot.
  ///
  /// @param wallNanos when it was first heard of, by its own clock: nanoseconds since 1970
  /// @param lastNanos the highest boot time that was taken down
  /// @param silenceNanos for how long it has been silent while the newest boot was heard of
  /// @param shared whether it was told that it lives beside another
  public record Boot(BootId id, long wallNanos, long lastNanos, long silenceNanos, boolean shared) {

    Boot heardAt(long nanos) {
      return new Boot(id, wallNanos, Math.max(nanos, lastNanos), 0, shared);
    }

    Boot silentFor(long moreNanos) {
      return new Boot(id, wallNanos, lastNanos, silenceNanos + moreNanos, shared);
    }

    Boot toldShared() {
      return new Boot(id, wallNanos, lastNanos, silenceNanos, true);
    }
  }

  boolean isOnly(BootId id) {
    return known.size() == 1 && known.getFirst().id().equals(id);
  }

  Optional<Boot> boot(BootId id) {
    return known.stream().filter(boot -> boot.id().equals(id)).findFirst();
  }

  boolean isNewest(BootId id) {
    return !known.isEmpty() && known.getLast().id().equals(id);
  }

  /// With this boot in place of what was known of it, or as the newest.
  Boots with(Boot changed) {
    List<Boot> boots = new ArrayList<>(known);
    boots.replaceAll(boot -> boot.id().equals(changed.id()) ? changed : boot);
    if (boot(changed.id()).isEmpty()) {
      boots.add(changed);
    }
    return new Boots(boots, ended);
  }

  /// Once this boot is over.
  Boots without(BootId id) {
    List<BootId> more = new ArrayList<>(ended);
    more.add(id);
    return new Boots(
        known.stream().filter(boot -> !boot.id().equals(id)).toList(),
        more.subList(Math.max(0, more.size() - ENDED_MAX), more.size()));
  }
}
