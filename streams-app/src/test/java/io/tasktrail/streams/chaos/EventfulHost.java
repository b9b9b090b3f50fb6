package io.tasktrail.streams.chaos;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.streams.HostStory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// One boot of a host on which everything happens that an event can say, without end.
final class EventfulHost {

  private static final int ALIVE_MAX = 60;
  private static final int SIGKILL = 9;
  private static final int SNAPSHOTS_ARE_RARE = 8;
  private static final long PAUSE_SECONDS_MAX = 20;
  private static final int LOST_MAX = 5;
  private static final String MODULE = "dummy";

  private final HostStory story;
  private final Random random;
  private final List<TaskKey> alive = new ArrayList<>();
  private final Deque<TaskEvent> happened = new ArrayDeque<>();

  EventfulHost(HostStory story, Random random) {
    this.story = story;
    this.random = random;
    happened.add(story.armed());
    start(TaskKey.ROOT, "/sbin/init");
  }

  TaskEvent next() {
    while (happened.isEmpty()) {
      happen(alive.get(random.nextInt(alive.size())));
    }
    return happened.remove();
  }

  private void happen(TaskKey task) {
    switch (random.nextInt(32)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 -> start(task, "/usr/bin/command-" + random.nextInt(50));
      case 10, 11 -> fork(task);
      case 12, 13 -> exec(task, "/usr/bin/next-" + random.nextInt(50));
      case 14 -> happened.add(story.execFailed(task, "/no/such/file"));
      case 15 -> kill(task);
      case 16 -> happened.add(story.load(task, MODULE + random.nextInt(4)));
      case 17 -> happened.add(story.unload(task, MODULE + random.nextInt(4)));
      case 18 -> snapshot();
      case 19 -> happened.add(story.lost(1 + random.nextInt(LOST_MAX)));
      case 20 -> happened.add(story.heartbeat(pauseNanos()));
      default -> exit(task);
    }
  }

  private void start(TaskKey creator, String path) {
    exec(fork(creator), path);
  }

  private TaskKey fork(TaskKey creator) {
    if (alive.size() == ALIVE_MAX) {
      exit(alive.getLast());
    }
    TaskKey child = story.newTask();
    happened.add(story.fork(creator, child));
    alive.add(child);
    return child;
  }

  private void exec(TaskKey task, String path) {
    happened.add(story.exec(task, path, path, "--an-argument"));
  }

  private void kill(TaskKey sender) {
    TaskKey target = alive.getLast();
    happened.add(story.signal(sender, target, SIGKILL));
    if (end(target)) {
      happened.add(story.killed(target, SIGKILL));
    }
  }

  private void exit(TaskKey task) {
    if (end(task)) {
      happened.add(story.exit(task));
    }
  }

  /// All but init.
  private boolean end(TaskKey task) {
    return alive.indexOf(task) > 0 && alive.remove(task);
  }

  private void snapshot() {
    if (random.nextInt(SNAPSHOTS_ARE_RARE) == 0) {
      happened.addAll(story.snapshot(alive));
    }
  }

  private long pauseNanos() {
    return TimeUnit.SECONDS.toNanos(random.nextLong(PAUSE_SECONDS_MAX));
  }
}
