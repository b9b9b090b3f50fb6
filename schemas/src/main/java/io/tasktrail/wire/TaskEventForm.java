package io.tasktrail.wire;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import org.apache.avro.Schema;

/// `TaskEvent`.
final class TaskEventForm implements Form<TaskEvent> {

  private static final long FINGERPRINT = Contract.fingerprint(Contract.TASK_EVENT);

  private final Repeated repeated = new Repeated();

  @Override
  public Schema schema() {
    return Contract.TASK_EVENT;
  }

  @Override
  public void write(TaskEvent event, AvroOutput out) {
    HeaderForm.write(event.header(), out);
    FactForm.write(event.fact(), out);
  }

  @Override
  public TaskEvent read(AvroInput in) {
    int start = in.position();
    Header header = HeaderForm.read(repeated, in);
    Fact fact = FactForm.readOrNull(in);
    return new TaskEvent(header, fact == null ? unrecognized(start, in) : fact);
  }

  private static Fact unrecognized(int start, AvroInput in) {
    return in.foreign()
        .map(Foreign::event)
        .orElseGet(
            () ->
                new Fact.Unrecognized(
                    FINGERPRINT, ByteText.of(in.array(), start, in.position() - start)));
  }
}
