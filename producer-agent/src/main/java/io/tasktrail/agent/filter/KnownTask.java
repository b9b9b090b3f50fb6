package io.tasktrail.agent.filter;

import io.tasktrail.event.Cgroup;
import io.tasktrail.event.TaskKey;

/// What is remembered of a live task.
final class KnownTask {

  private final TaskKey creator;
  private boolean quiet;
  private Cgroup cgroup;
  private ProcessMark addedWith;
  private long sweep;
  private long adoption;

  /// @param quiet as the rules judged the program that it executes
  /// @param addedWith the process whose descendant it is, or null
  KnownTask(TaskKey creator, boolean quiet, Cgroup cgroup, ProcessMark addedWith, long sweep) {
    this.creator = creator;
    this.quiet = quiet;
    this.cgroup = cgroup;
    this.addedWith = addedWith;
    this.sweep = sweep;
  }

  TaskKey creator() {
    return creator;
  }

  boolean isQuiet() {
    return quiet;
  }

  Cgroup cgroup() {
    return cgroup;
  }

  /// The process with which it was added; null where it was with none.
  ProcessMark addedWith() {
    return addedWith;
  }

  void addWith(ProcessMark process) {
    addedWith = process;
  }

  /// Whether this is the first time that it is asked with this number.
  boolean isNewTo(long number) {
    boolean isNew = adoption != number;
    adoption = number;
    return isNew;
  }

  /// It executes another program.
  void judged(boolean isQuiet, Cgroup inCgroup) {
    quiet = isQuiet;
    cgroup = inCgroup;
  }

  void seenIn(long number) {
    sweep = number;
  }

  boolean isSeenSince(long number) {
    return sweep >= number;
  }
}
