package io.tasktrail.wire;

import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import org.apache.avro.Schema;

/// `TaskEvent`, of which the bytes are kept.
final class ArrivedEventForm implements ReadingForm<ArrivedEvent> {

  private final TaskEventForm events = new TaskEventForm();

  @Override
  public Schema schema() {
    return events.schema();
  }

  @Override
  public ArrivedEvent read(AvroInput in) {
    int start = in.position();
    TaskEvent event = events.read(in);
    return in.foreign().isPresent() || event.fact() instanceof Fact.Unrecognized
        ? ArrivedEvent.of(event)
        : new ArrivedEvent(event, in.array(), start, in.position() - start);
  }
}
