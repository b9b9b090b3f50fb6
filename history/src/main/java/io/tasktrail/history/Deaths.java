package io.tasktrail.history;

import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Fact;
import io.tasktrail.event.FatalSignal;
import io.tasktrail.event.SignalOrigin;
import java.util.Optional;

/// Which signal brought an end about.
final class Deaths {

  private Deaths() {}

  /// A signal as its target remembers it.
  static FatalSignal sentBy(AuditedTask sender, Fact.Signalled signalled) {
    return new FatalSignal(signalled.signal(), sender, signalled.origin());
  }

  /// The last signal that was sent, where it is the one that ended the task: a task can have exited
  /// by itself meanwhile, or have died of another that nobody saw.
  ///
  /// That memory had run out, the kernel says only at the end.
  static Optional<FatalSignal> signalOf(Fact.Exited end, Optional<FatalSignal> sent) {
    return sent.filter(signal -> end.signal().orElse(0) == signal.signal())
        .map(signal -> end.oomKilled() ? forMemory(signal) : signal);
  }

  /// A task that was chosen can be killed by somebody else before the kernel does.
  private static FatalSignal forMemory(FatalSignal signal) {
    return signal.origin() == SignalOrigin.TASK
        ? signal
        : new FatalSignal(signal.signal(), signal.sender(), SignalOrigin.OUT_OF_MEMORY);
  }
}
