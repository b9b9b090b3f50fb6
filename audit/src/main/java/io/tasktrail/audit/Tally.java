package io.tasktrail.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What became of the lines: `lines = records + corrupt`, each corrupt one with its reason; the
/// reasons of the first are kept.
public final class Tally {

  /// Corrupt lines whose reason is kept.
  public static final int REASONS_MAX = 16;

  private final List<String> reasons = new ArrayList<>();
  private final Map<String, Long> byReason = new TreeMap<>();
  private long lines;
  private long records;
  private long corrupt;
  private long events;
  private long missing;
  private long late;
  private long overlong;
  private long withoutTask;
  private long threads;
  private long confirmed;

  Tally() {}

  void line() {
    lines++;
  }

  void record() {
    records++;
  }

  void corrupt(String reason) {
    corrupt++;
    byReason.merge(reason, 1L, Long::sum);
    if (reasons.size() < REASONS_MAX) {
      reasons.add("line " + lines + ": " + reason);
    }
  }

  void event() {
    events++;
  }

  void missing(long count) {
    missing += count;
  }

  void late() {
    late++;
  }

  void overlong() {
    overlong++;
  }

  void withoutTask() {
    withoutTask++;
  }

  void thread() {
    threads++;
  }

  void confirmed() {
    confirmed++;
  }

  /// Lines read; empty ones are none.
  public long lines() {
    return lines;
  }

  /// Lines that are records.
  public long records() {
    return records;
  }

  /// Lines that are not.
  public long corruptLines() {
    return corrupt;
  }

  /// Why the first of them are not: the number of the line and the reason.
  public List<String> reasons() {
    return List.copyOf(reasons);
  }

  /// How many lines are not, by reason: a reason is one of those that this room has.
  public Map<String, Long> corruptByReason() {
    return Map.copyOf(byReason);
  }

  /// Events that the records made.
  public long events() {
    return events;
  }

  /// Serials between those of the events that nothing was read of.
  public long missingSerials() {
    return missing;
  }

  /// Records that came after their event had been told, and were left out.
  public long lateRecords() {
    return late;
  }

  /// Records left out of an event that had too many.
  public long overlongRecords() {
    return overlong;
  }

  /// Events that name no task, and so have no history: they are left out.
  public long eventsWithoutTask() {
    return withoutTask;
  }

  /// Events of single threads: they make no task and end none.
  public long threadEvents() {
    return threads;
  }

  /// Forks that were read after their child had acted: it is known by its parent already.
  public long lateForks() {
    return confirmed;
  }
}
