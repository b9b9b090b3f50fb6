package io.tasktrail.audit;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Puts the records of one node together to events, and tells them in the order of their serials.
///
/// Records of several events interleave, and an event's serial may be written after a later one's.
/// So each is held until [#HOLD_MILLIS] of the log's own time have passed since its first record
/// and [#HELD_LEAST] others are held, or too much is. Whether its end was seen (`EOE`, or
/// `PROCTITLE` where auditd leaves that out) makes no difference: `PROCTITLE` may come before
/// others. An event's own time says little: it is that of the syscall's begin, which may be long
/// ago.
///
/// Serials have 32 bits and roll over. They begin anew at a boot: a lower serial than the last
/// told one, of a time clearly later, is of a new boot.
final class Reassembly {

  /// What go-libaudit and auditd's own tools wait.
  static final long HOLD_MILLIS = 2000;

  /// Events that are held before any is told: a log of a quiet host has long silences between the
  /// records of one event, though they were written at once.
  static final int HELD_LEAST = 16;

  /// Events that are held at most.
  static final int HELD_MAX = 4096;

  /// Characters of them.
  static final long HELD_SIZE_MAX = 4L << 20;

  /// Serials of told events that are remembered to recognise late records.
  private static final int TOLD_MAX = 1024;

  /// What auditd says of itself has serials of its own, in no order with the kernel's.
  private static final String OF_DAEMON = "DAEMON_";

  private static final String OF_TASKTRAIL = "op=tasktrail-";

  /// What becomes of events.
  interface Listener {

    /// In the order of serials.
    void event(AuditedEvent event);

    /// Serials that nothing was read of, before the next event.
    void missing(long count);

    /// The next event is of a new boot.
    void boot();
  }

  private final Listener listener;
  private final Tally tally;
  private final Map<Stamp, AuditedEvent> open = new HashMap<>();
  private final TreeMap<Long, AuditedEvent> byOrder = new TreeMap<>();
  private final Set<Stamp> told = new HashSet<>();
  private boolean any;
  private long newestOrder;
  private long newestMillis;
  private boolean anyTold;
  private long lastTold;
  private long held;

  Reassembly(Listener listener, Tally tally) {
    this.listener = listener;
    this.tally = tally;
  }

  void take(RecordLine record) {
    Stamp stamp = record.stamp();
    if (record.type().startsWith(OF_DAEMON)) {
      tellApart(record);
      return;
    }
    AuditedEvent event = open.get(stamp);
    if (event == null) {
      if (told.contains(stamp)) {
        tally.late();
        return;
      }
      event = begin(stamp, isOfTasktrail(record));
    }
    int before = event.size();
    if (!event.add(record)) {
      tally.overlong();
    }
    held += event.size() - before;
    release();
  }

  private void tellApart(RecordLine record) {
    AuditedEvent event = new AuditedEvent(record.stamp(), record.stamp().serial(), newestMillis);
    event.add(record);
    tally.event();
    listener.event(event);
  }

  private AuditedEvent begin(Stamp stamp, boolean inArrivalOrder) {
    if (!inArrivalOrder && isOfNewBoot(stamp)) {
      flush();
      any = false;
      anyTold = false;
      told.clear();
      listener.boot();
    }
    long order = order(stamp, inArrivalOrder);
    while (byOrder.containsKey(order)) {
      order++;
    }
    newestOrder = any ? Math.max(newestOrder, order) : order;
    newestMillis = any ? Math.max(newestMillis, stamp.millis()) : stamp.millis();
    any = true;
    AuditedEvent event = new AuditedEvent(stamp, order, newestMillis);
    open.put(stamp, event);
    byOrder.put(order, event);
    return event;
  }

  private long order(Stamp stamp, boolean inArrivalOrder) {
    if (inArrivalOrder) {
      return newestOrder + 1;
    }
    return any ? newestOrder + (int) (stamp.serial() - newestOrder) : stamp.serial();
  }

  /// Whether tasktrail itself wrote it, as its format `audit`: such serials tell events of one
  /// millisecond apart and nothing else, and the order is that in which they stand.
  private static boolean isOfTasktrail(RecordLine record) {
    return record.body().contains(OF_TASKTRAIL)
        && record.field("op").filter(op -> op.startsWith("tasktrail-")).isPresent();
  }

  private boolean isOfNewBoot(Stamp stamp) {
    if (!any) {
      return false;
    }
    long order = newestOrder + (int) (stamp.serial() - newestOrder);
    return order < newestOrder && stamp.millis() > newestMillis + HOLD_MILLIS;
  }

  private void release() {
    while (!byOrder.isEmpty()) {
      AuditedEvent first = byOrder.firstEntry().getValue();
      boolean due =
          byOrder.size() > HELD_LEAST && newestMillis - first.arrivedMillis() >= HOLD_MILLIS;
      if (!due && byOrder.size() <= HELD_MAX && held <= HELD_SIZE_MAX) {
        return;
      }
      tell(first);
    }
  }

  /// Tells all that is held: nothing more comes, or nothing came for long.
  void flush() {
    while (!byOrder.isEmpty()) {
      tell(byOrder.firstEntry().getValue());
    }
  }

  private void tell(AuditedEvent event) {
    byOrder.remove(event.order());
    open.remove(event.stamp());
    held -= event.size();
    if (told.size() == TOLD_MAX) {
      told.clear();
    }
    told.add(event.stamp());
    if (anyTold && event.order() > lastTold + 1) {
      long count = event.order() - lastTold - 1;
      tally.missing(count);
      listener.missing(count);
    }
    lastTold = anyTold ? Math.max(lastTold, event.order()) : event.order();
    anyTold = true;
    tally.event();
    listener.event(event);
  }

  /// Whether it has what it did not tell yet.
  boolean holds() {
    return !byOrder.isEmpty();
  }

  void save(StateOutput out) throws IOException {
    out.flag(any);
    out.number(newestOrder);
    out.number(newestMillis);
    out.flag(anyTold);
    out.number(lastTold);
    out.count(told.size());
    for (Stamp stamp : told) {
      stamp.save(out);
    }
    out.count(byOrder.size());
    for (AuditedEvent event : byOrder.values()) {
      event.save(out);
    }
  }

  void restore(String node, StateInput in) throws IOException {
    any = in.flag();
    newestOrder = in.number();
    newestMillis = in.number();
    anyTold = in.flag();
    lastTold = in.number();
    for (int left = in.count(TOLD_MAX); left > 0; left--) {
      told.add(Stamp.restored(node, in));
    }
    for (int left = in.count(HELD_MAX + 1); left > 0; left--) {
      AuditedEvent event = AuditedEvent.restored(node, in);
      open.put(event.stamp(), event);
      byOrder.put(event.order(), event);
      held += event.size();
    }
  }
}
