package io.tasktrail.agent;

import io.tasktrail.agent.filter.Filter;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.util.Optional;

/// Marks events of which nobody is to be told before another publishes them; none is left out.
record FilteringPublisher(Publisher next, Filter filter) implements Publisher {

  @Override
  public boolean hasRoom() {
    return next.hasRoom();
  }

  @Override
  public void publish(TaskEvent event, long token) {
    next.publish(
        event.fact() instanceof Fact.Heartbeat beat
            ? new TaskEvent(event.header(), beat.filtered(filter.tally().events()))
            : filter.filtered(event),
        token);
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
