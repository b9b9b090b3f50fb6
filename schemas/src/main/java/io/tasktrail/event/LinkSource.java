package io.tasktrail.event;

/// How a link of a history came to be known.
public enum LinkSource {
  /// Link 0, the kernel itself: nobody executed it.
  ROOT,
  /// Its exec was captured.
  EXECUTED,
  /// The task's own image when a snapshot saw it; its start is the task's, not the exec's.
  SEEN,
  /// The image of a parent that a snapshot or an event named: likely, not proven.
  PRESUMED
}
