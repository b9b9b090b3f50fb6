package io.tasktrail.history;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.Header;
import io.tasktrail.event.Notice;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.history.Boots.Boot;
import java.util.List;
import java.util.Optional;

/// One boot of a host follows the other. An earlier boot is over when nothing was heard of it for a
/// while in which a later one was heard of: what its agent had kept comes first. Two boots that
/// live at the same time are two machines with one machine id.
final class Succession {

  private static final long NOTED_EACH = 1_000_000_000L;

  /// A boot that is itself silent for long does not tell that others are.
  private static final long COUNTED_AT_ONCE = 10_000_000_000L;

  private final FoldLimits limits;

  Succession(FoldLimits limits) {
    this.limits = limits;
  }

  /// The state of the boot of an event. One that is over leaves nothing in the state: what comes of
  /// it so late finds no history.
  BootState state(HostState host, BootId boot) {
    return host.boots().ended().contains(boot) ? new InMemoryBootState() : host.boot(boot);
  }

  /// An event comes in: what there is to tell on that occasion stands before the event itself.
  ///
  /// @param told is what it is added to
  void enter(HostState host, TaskEvent event, List<AuditEvent> told) {
    Boots boots = host.boots();
    Header header = event.header();
    if (boots.isOnly(header.boot()) || boots.ended().contains(header.boot())) {
      return;
    }
    Boots noted =
        boots.isNewest(header.boot()) ? passing(boots, header) : heard(boots, event, told);
    Boots left = withoutEnded(host, noted, event, told);
    if (!left.equals(boots)) {
      host.put(left);
    }
  }

  /// The newest boot is heard of: time passes for the others.
  private static Boots passing(Boots boots, Header header) {
    Boot newest = boots.known().getLast();
    long passed = header.bootNanos() - newest.lastNanos();
    if (passed < NOTED_EACH) {
      return boots;
    }
    Boots noted = boots;
    for (Boot boot : boots.known()) {
      noted = noted.with(boot.silentFor(Math.min(passed, COUNTED_AT_ONCE)));
    }
    return noted.with(newest.heardAt(header.bootNanos()));
  }

  /// A boot that is new, or an earlier one. If it speaks of a time when the newest was heard of
  /// already, it is not an earlier one but another machine.
  private static Boots heard(Boots boots, TaskEvent event, List<AuditEvent> told) {
    Header header = event.header();
    long wallNanos = header.wallOffsetNanos() + header.bootNanos();
    Optional<Boot> known = boots.boot(header.boot());
    if (known.isEmpty()) {
      return boots.with(new Boot(header.boot(), wallNanos, header.bootNanos(), 0, false));
    }
    Boot heard = known.get();
    Boot newest = boots.known().getLast();
    if (!heard.shared() && wallNanos > newest.wallNanos()) {
      told.add(AuditEvent.of(event, Notice.ofBoot(Notice.Kind.HOST_ID_SHARED, newest.id())));
      return boots.with(heard.heardAt(header.bootNanos()).toldShared());
    }
    return heard.silenceNanos() == 0 ? boots : boots.with(heard.heardAt(header.bootNanos()));
  }

  private Boots withoutEnded(HostState host, Boots boots, TaskEvent event, List<AuditEvent> told) {
    Boots left = boots;
    for (Boot boot : boots.known()) {
      boolean tooMany = left.known().size() > limits.count(Bound.BOOTS);
      boolean silent = boot.silenceNanos() > limits.get(Bound.BOOT_SILENCE);
      boolean speaks = boot.id().equals(event.header().boot());
      if ((tooMany || silent) && !speaks && !left.isNewest(boot.id())) {
        host.boot(boot.id()).forgetAll();
        told.add(AuditEvent.of(event, Notice.ofBoot(Notice.Kind.BOOT_ENDED, boot.id())));
        left = left.without(boot.id());
      }
    }
    return left;
  }
}
