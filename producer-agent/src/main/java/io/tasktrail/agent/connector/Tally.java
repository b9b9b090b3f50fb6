package io.tasktrail.agent.connector;

/// What became of what the connector told.
public final class Tally {

  private long numbers;
  private long events;
  private long lost;
  private long overruns;
  private long snapshots;
  private long threads;
  private long covered;
  private long others;
  private long withoutImage;
  private long withoutArguments;

  Tally() {}

  void number() {
    numbers++;
  }

  void event() {
    events++;
  }

  void lost(long count) {
    lost += count;
  }

  void overrun() {
    overruns++;
  }

  void snapshot() {
    snapshots++;
  }

  void thread() {
    threads++;
  }

  void covered() {
    covered++;
  }

  void other() {
    others++;
  }

  void read(boolean hasImage, boolean hasArguments) {
    withoutImage += hasImage ? 0 : 1;
    withoutArguments += hasArguments ? 0 : 1;
  }

  /// Numbered messages that arrived: `numbers = events + threads + inSnapshots + others`.
  public long numbers() {
    return numbers;
  }

  /// Events made of them.
  public long events() {
    return events;
  }

  /// Numbers that never arrived, each told as lost.
  public long lost() {
    return lost;
  }

  /// How often the socket was full.
  public long overruns() {
    return overruns;
  }

  /// Snapshots of what is alive, the first one not counted.
  public long snapshots() {
    return Math.max(0, snapshots - 1);
  }

  /// Forks and ends of threads: they make no task and end none.
  public long threads() {
    return threads;
  }

  /// What a snapshot that was told earlier has in it.
  public long inSnapshots() {
    return covered;
  }

  /// What changes what is known of a task, or nothing: names, users, sessions, traces.
  public long others() {
    return others;
  }

  /// Execs whose task was gone before its executable could be read.
  public long withoutImage() {
    return withoutImage;
  }

  /// Execs whose arguments could not be read.
  public long withoutArguments() {
    return withoutArguments;
  }
}
