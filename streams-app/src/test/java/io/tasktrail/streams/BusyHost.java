package io.tasktrail.streams;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A host on which services start commands all the time: init, some services below it, and short
/// commands in pipelines below those.
final class BusyHost {

  private static final int SERVICES = 4;
  private static final int RUNNING_MAX = 8;

  private BusyHost() {}

  /// So many events, or a few more.
  static List<TaskEvent> events(HostStory host, int atLeast) {
    List<TaskEvent> events = new ArrayList<>();
    events.add(host.armed());
    TaskKey init = started(host, events, TaskKey.ROOT, "/sbin/init");
    List<TaskKey> shells = new ArrayList<>();
    for (int i = 0; i < SERVICES; i++) {
      TaskKey service = started(host, events, init, "/usr/sbin/service-" + i);
      shells.add(started(host, events, service, "/bin/sh"));
    }
    Deque<TaskKey> running = new ArrayDeque<>();
    for (int i = 0; events.size() < atLeast; i++) {
      TaskKey shell = shells.get(i % SERVICES);
      running.add(started(host, events, shell, "/usr/bin/command-" + i % 100));
      if (running.size() > RUNNING_MAX) {
        events.add(host.exit(running.remove()));
      }
    }
    return events;
  }

  private static TaskKey started(
      HostStory host, List<TaskEvent> events, TaskKey creator, String path) {
    TaskKey task = host.newTask();
    events.add(host.fork(creator, task));
    events.add(host.exec(task, path, path, "--an-argument", "another one"));
    return task;
  }
}
