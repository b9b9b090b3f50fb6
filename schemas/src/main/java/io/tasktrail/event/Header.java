package io.tasktrail.event;

/// What every event says first: where, by whose count, and when.
///
/// @param hostName the host's name when the event was read
/// @param cpu the cpu that numbered the event, or a pseudo-cpu: [#AGENT_CPU], [#SNAPSHOT_CPU],
///     [#AUDIT_CPU]
/// @param sequence 1, 2, 3, … within (host, boot, capture, cpu); given before the event is written,
///     so that a loss is a gap
/// @param bootNanos when: CLOCK_BOOTTIME
/// @param wallOffsetNanos CLOCK_REALTIME minus CLOCK_BOOTTIME when the event was read
/// @param quiet whether a filter asks that nobody be told of it: the fold takes it, and is silent
public record Header(
    HostId host,
    String hostName,
    BootId boot,
    CaptureId capture,
    int cpu,
    long sequence,
    long bootNanos,
    long wallOffsetNanos,
    boolean quiet) {

  /// Numbers what the agent says of itself.
  public static final int AGENT_CPU = -1;

  /// Numbers what a snapshot sees.
  public static final int SNAPSHOT_CPU = -2;

  /// Numbers what is read of the audit system.
  public static final int AUDIT_CPU = -3;

  /// Of an event that people are told of.
  public Header(
      HostId host,
      String hostName,
      BootId boot,
      CaptureId capture,
      int cpu,
      long sequence,
      long bootNanos,
      long wallOffsetNanos) {
    this(host, hostName, boot, capture, cpu, sequence, bootNanos, wallOffsetNanos, false);
  }

  /// The same, of an event that nobody is told of.
  public Header quieted() {
    return new Header(
        host, hostName, boot, capture, cpu, sequence, bootNanos, wallOffsetNanos, true);
  }

  /// The event's identity.
  public EventId eventId() {
    return new EventId(host, boot, capture, cpu, sequence);
  }

  /// A task of the same host and boot.
  public TaskId taskId(TaskKey task) {
    return new TaskId(host, boot, task);
  }
}
