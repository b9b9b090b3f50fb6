package io.tasktrail.bench.streams;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.history.Fleet;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.wire.BinaryCodec;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The fold without Kafka: says the bytes of each audit event.
final class LoneFold implements Consumer<TaskEvent> {

  private final Fleet fleet = new Fleet(new Fold(FoldLimits.DEFAULT));
  private final BinaryCodec<AuditEvent> codec = BinaryCodec.auditEvents();
  private final ExpectedOutput said =
      new ExpectedOutput("the fold alone", UnaryOperator.identity());

  @Override
  public void accept(TaskEvent event) {
    String host = event.header().host().toString();
    fleet.apply(event).forEach(audited -> said.add(host, codec.encode(audited)));
  }

  ExpectedOutput said() {
    return said;
  }
}
