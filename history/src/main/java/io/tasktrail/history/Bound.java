package io.tasktrail.history;

/// The bounds of the fold: nothing that it remembers, and no work for one event, grows without end.
/// What happens where one bites is said at each; [Ledger] counts it.
public enum Bound {

  /// How long an ended task is remembered where something may still come late, in its host's own
  /// boot time; see [Grace].
  GRACE(
      Unit.NANOS,
      10_000_000_000L,
      0,
      "How long an ended task is remembered while events of its host may still come late, in the"
          + " host's own time.",
      "What arrives later finds no history."),

  /// How many ended tasks are remembered at most.
  ENDED_TASKS(
      Unit.COUNT,
      10_000,
      0,
      "How many ended tasks of one boot of a host are remembered at most.",
      "Over it the first to end are forgotten before their grace is over."),

  /// How many ended tasks one event may forget; at least 2, so that the queue shrinks.
  EXPIRIES(
      Unit.COUNT,
      8,
      2,
      "How many ended tasks, or events that can't be corrected any more, one event may forget.",
      "A smaller number spreads the work over more events."),

  /// How many tasks of one boot are remembered.
  TASKS(
      Unit.COUNT,
      1_000_000,
      1,
      "How many tasks of one boot of a host are remembered.",
      "Over it a new task is not remembered: its events and those of its children say that their"
          + " history is INFERRED."),

  /// Links kept from the start of a long history, the root included.
  FIRST_LINKS(
      Unit.COUNT,
      32,
      1,
      "Links kept from the start of a long history, the root included.",
      "What is between the first and the last is counted and digested."),

  /// Links kept from the end of a long history; what is between is counted and digested, see
  /// [Chains].
  LAST_LINKS(
      Unit.COUNT,
      96,
      1,
      "Links kept from the end of a long history.",
      "What is between the first and the last is counted and digested."),

  /// Doubts of one history.
  DOUBTS(
      Unit.COUNT,
      16,
      1,
      "Doubts of one history.",
      "Over it the nearest two become one that covers what is between them too."),

  /// Bytes kept of a command line.
  COMMAND_LINE(
      Unit.BYTES,
      1024,
      0,
      "Bytes kept of the command line of a task's current image.",
      "Its later events, and those of its children, carry it cut there."),

  /// Ranges of missing numbers that are remembered of one source.
  GAPS(
      Unit.COUNT,
      64,
      1,
      "Ranges of missing sequence numbers that are remembered of one cpu.",
      "Over it the lowest is forgotten, and what arrives out of it late counts as a duplicate."),

  /// Announced losses that are remembered of one boot, to name them in doubts.
  LOSSES(
      Unit.COUNT,
      64,
      0,
      "Announced losses that are remembered of one boot of a host, to name them in doubts.",
      "Over it the oldest is forgotten."),

  /// Captures of one boot whose numbers are remembered.
  CAPTURES(
      Unit.COUNT,
      8,
      1,
      "Captures of one boot of a host whose sequence numbers are remembered.",
      "Over it the oldest is forgotten."),

  /// Cpus and pseudo-cpus of one capture.
  SOURCES(
      Unit.COUNT,
      8192,
      1,
      "Cpus of one capture whose sequence numbers are remembered.",
      "The events of those over it are not checked for duplicates."),

  /// How far up a presumed history is looked for.
  ANCESTORS(
      Unit.COUNT,
      16,
      0,
      "How many ancestors are asked for what a task found alive has likely inherited.",
      "A history lacks the links of those further up."),

  /// How long an event with a doubtful history can be corrected, in its host's own boot time.
  CORRECTION(
      Unit.NANOS,
      60_000_000_000L,
      0,
      "How long an event with a doubtful history can be corrected, in the host's own time.",
      "Later its task gets one history_corrected event instead."),

  /// How many events of one boot can be corrected.
  CORRECTABLE_EVENTS(
      Unit.COUNT,
      4096,
      0,
      "How many events of one boot of a host can be corrected: 4096 take about 4 MB.",
      "Over it the oldest can't be any more: its task gets one history_corrected event instead."),

  /// Boots of one host that are kept apart.
  BOOTS(
      Unit.COUNT,
      64,
      1,
      "Boots of one host that are remembered side by side.",
      "Over it the one that was first heard of is taken for ended."),

  /// After how much of a new boot's time a silent older one is over.
  BOOT_SILENCE(
      Unit.NANOS,
      60_000_000_000L,
      0,
      "After how much time of a new boot of a host an earlier one that is silent is over.",
      "What arrives of it later finds no history."),

  /// Modules of one boot.
  MODULES(
      Unit.COUNT,
      4096,
      0,
      "Loaded kernel modules of one boot of a host that are remembered.",
      "The unload of those over it is not paired with a load."),

  /// Lineages of one host.
  LINEAGES(
      Unit.COUNT,
      65_536,
      0,
      "Lineages of one host that are remembered.",
      "Over it no event says whether its lineage is new.");

  /// What a bound is measured in.
  public enum Unit {
    /// Nanoseconds of a host's own boot time.
    NANOS,
    /// Pieces.
    COUNT,
    /// Bytes.
    BYTES
  }

  private final Unit unit;
  private final long preset;
  private final long least;
  private final String meaning;
  private final String consequence;

  Bound(Unit unit, long preset, long least, String meaning, String consequence) {
    this.unit = unit;
    this.preset = preset;
    this.least = least;
    this.meaning = meaning;
    this.consequence = consequence;
  }

  /// What it is measured in.
  public Unit unit() {
    return unit;
  }

  /// What it is unless something else is said.
  public long preset() {
    return preset;
  }

  /// The least that it can be.
  public long least() {
    return least;
  }

  /// What it bounds, as a sentence.
  public String meaning() {
    return meaning;
  }

  /// What happens where it bites, as a sentence.
  public String consequence() {
    return consequence;
  }
}
