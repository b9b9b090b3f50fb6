package io.tasktrail.bench.streams;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.history.Fleet;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.wire.BinaryCodec;
import java.util.Comparator;
import java.util.stream.Stream;

/// What a yardstick enriches every event with: a task whose chain takes about 350 bytes.
final class TypicalTask {

  private static final int BYTES = 350;
  private static final int SEARCHED = 2000;

  private TypicalTask() {}

  /// An audit event that holds it.
  static AuditEvent event() {
    Fleet fleet = new Fleet(new Fold(FoldLimits.DEFAULT));
    Host host = new BusyHost(1, 10);
    BinaryCodec<AuditEvent> codec = BinaryCodec.auditEvents();
    return Stream.<TaskEvent>generate(host::next)
        .limit(SEARCHED)
        .flatMap(event -> fleet.apply(event).stream())
        .min(Comparator.comparingInt(audited -> Math.abs(taskBytes(codec, audited) - BYTES)))
        .orElseThrow();
  }

  private static int taskBytes(BinaryCodec<AuditEvent> codec, AuditEvent audited) {
    AuditEvent bare = AuditEvent.of(audited.event());
    return codec.encode(audited).length - codec.encode(bare).length;
  }
}
