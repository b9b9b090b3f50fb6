package io.tasktrail.agent.ring;

import io.tasktrail.event.SignalOrigin;
import java.util.Set;

/// A signal as the kernel sent it, and what that says of its origin.
///
/// @param number of asm-generic/signal.h
/// @param code `si_code`
/// @param fromKernel no system call of sending: the kernel's own code sent it, and made up the code
/// @param toItself the target is who the kernel was at work for
record SentSignal(int number, int code, boolean fromKernel, boolean toItself) {

  private static final int SI_KERNEL = 0x80;
  private static final int SI_TIMER = -2;
  private static final int SIGHUP = 1;
  private static final int SIGINT = 2;
  private static final int SIGQUIT = 3;
  private static final int SIGALRM = 14;
  private static final int SIGVTALRM = 26;
  private static final int SIGPROF = 27;

  private static final Set<Integer> OF_TERMINALS = Set.of(SIGHUP, SIGINT, SIGQUIT);
  private static final Set<Integer> OF_TIMERS = Set.of(SIGALRM, SIGVTALRM, SIGPROF);

  SignalOrigin origin() {
    if (fromKernel) {
      return ofKernel();
    }
    if (code <= 0) {
      return SignalOrigin.TASK;
    }
    return toItself ? SignalOrigin.FAULT : SignalOrigin.KERNEL;
  }

  private SignalOrigin ofKernel() {
    if (code == SI_TIMER) {
      return SignalOrigin.TIMER;
    }
    if (code != SI_KERNEL) {
      return SignalOrigin.KERNEL;
    }
    if (OF_TIMERS.contains(number)) {
      return SignalOrigin.TIMER;
    }
    return OF_TERMINALS.contains(number) ? SignalOrigin.TERMINAL : SignalOrigin.KERNEL;
  }
}
