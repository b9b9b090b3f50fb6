package io.tasktrail.agent;

import io.tasktrail.agent.mask.Masking;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.util.Optional;

/// Masks secrets before another publishes: the one gate through which every event passes, whatever
/// it is published to.
record MaskingPublisher(Publisher next, Masking masking) implements Publisher {

  @Override
  public boolean hasRoom() {
    return next.hasRoom();
  }

  @Override
  public void publish(TaskEvent event, long token) {
    next.publish(event.fact() instanceof Fact.Executed exec ? masked(event, exec) : event, token);
  }

  private TaskEvent masked(TaskEvent event, Fact.Executed exec) {
    Arguments masked = masking.mask(exec.image(), exec.arguments());
    return masked.maskedBy().isEmpty()
        ? event
        : new TaskEvent(
            event.header(),
            new Fact.Executed(
                exec.actor(), exec.parent(), exec.oldPid(), exec.image(), masked, exec.place()));
  }

  @Override
  public int doWork() {
    return next.doWork();
  }

  @Override
  public Optional<SpoolFigures> spool() {
    return next.spool();
  }

  @Override
  public void close() {
    next.close();
  }
}
