package io.tasktrail.event;

/// How a signal came to be sent, and so what its sender has to do with it.
public enum SignalOrigin {
  /// Not said, or of a kind that this version does not know.
  UNKNOWN,
  /// The sender sent it, by a system call: kill(2), tgkill(2), sigqueue(3), …
  TASK,
  /// The kernel sent it because of what the target itself did: an address that it may not touch, an
  /// instruction that there is not, a system call that is forbidden. Sender and target are one.
  FAULT,
  /// The terminal did: a key such as Ctrl-C was pressed, or the line was cut. The sender is whoever
  /// the kernel was at work for then, mostly a thread of its own: who pressed the key, it does not
  /// know.
  TERMINAL,
  /// A timer that the target itself had set. Sender and target are one.
  TIMER,
  /// Memory ran out, of the machine or of a cgroup, and the target was chosen. The sender is who
  /// asked for memory in that moment; it did nothing else.
  OUT_OF_MEMORY,
  /// The kernel for another reason, on the occasion of something that the sender did: it wrote into
  /// a pipe that nobody reads, it ended and its children wanted to know, it was the init of a pid
  /// namespace and ended, it wrote to `cgroup.kill`, …
  KERNEL
}
