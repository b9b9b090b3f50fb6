package io.tasktrail.agent.spool;

import java.util.function.Consumer;

/// An event that was published and is safe nowhere yet: in bytes, for an exec is as large as its
/// command line.
final class Kept {

  private final byte[] event;
  private final Runnable safe;
  private final Consumer<String> refused;

  Kept(byte[] event, Runnable safe, Consumer<String> refused) {
    this.event = event;
    this.safe = safe;
    this.refused = refused;
  }

  byte[] event() {
    return event;
  }

  /// Kafka or the disk has it.
  void isSafe() {
    safe.run();
  }

  /// Kafka will never take it.
  void isRefused(String why) {
    refused.accept(why);
  }
}
