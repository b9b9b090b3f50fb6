package io.tasktrail.bench.streams;

import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.util.function.Consumer;

/// How long the command lines are that were executed.
final class CommandLines implements Consumer<TaskEvent> {

  private long count;
  private long bytes;

  @Override
  public void accept(TaskEvent event) {
    if (event.fact() instanceof Fact.Executed exec) {
      count++;
      bytes += exec.arguments().bytes();
    }
  }

  double meanBytes() {
    return count == 0 ? 0 : (double) bytes / count;
  }
}
