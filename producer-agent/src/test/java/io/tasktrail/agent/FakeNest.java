package io.tasktrail.agent;

import io.tasktrail.agent.health.Canary;
import java.util.ArrayList;
import java.util.List;

/// Starts nothing, and remembers what it was to start.
final class FakeNest implements Canary.Nest {

  final List<String> started = new ArrayList<>();
  boolean taken;
  boolean failed;
  int cleared;

  @Override
  public boolean isTaken() {
    return taken;
  }

  @Override
  public boolean hasFailed() {
    return failed;
  }

  @Override
  public void start(String mark) {
    started.add(mark);
  }

  @Override
  public void clear() {
    cleared++;
  }
}
