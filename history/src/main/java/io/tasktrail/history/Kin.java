package io.tasktrail.history;

import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.AuditedTask.Parent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Link;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import java.util.Optional;

/// A task together with what is known of its parent and of its reaper.
final class Kin {

  private Kin() {}

  /// The task as it was when its lineage had executed so many images.
  static AuditedTask audited(BootState state, TaskHistory task, long execCount, Chains chains) {
    return audited(state, task, parent(state, task.parent()), execCount, chains);
  }

  /// The task beside a parent that is known already.
  static AuditedTask audited(
      BootState state, TaskHistory task, Parent parent, long execCount, Chains chains) {
    return new AuditedTask(
        task.id(),
        task.origin(),
        task.commandLine(execCount),
        parent,
        task.reaper().map(reaper -> parent(state, reaper)),
        chains.upTo(task.history(), execCount));
  }

  static Parent parent(BootState state, TaskKey key) {
    Optional<TaskHistory> known = state.task(key);
    return known.isPresent()
        ? parent(known.get())
        : new Parent(key, ByteText.EMPTY, ByteText.EMPTY, ByteText.EMPTY);
  }

  static Parent parent(TaskHistory parent) {
    Link image = parent.history().image();
    boolean current = image.ordinal() == parent.history().execCount();
    return new Parent(
        parent.key(),
        parent.comm(),
        current ? image.executable() : ByteText.EMPTY,
        parent.commandLine());
  }

  /// Of a task that executes for the first time since it was forked, and whose creator is its
  /// parent, the image that it had until now is its parent's when it was forked.
  static Parent creator(BootState state, TaskHistory before) {
    boolean asBorn =
        before
            .birth()
            .filter(birth -> birth.creator().equals(before.parent()))
            .filter(birth -> birth.execCount() == before.history().execCount())
            .isPresent();
    Optional<TaskHistory> known = state.task(before.parent());
    if (known.isPresent() || !asBorn) {
      return known.map(Kin::parent).orElseGet(() -> parent(state, before.parent()));
    }
    Parent image = parent(before);
    return new Parent(before.parent(), image.comm(), image.executable(), image.commandLine());
  }
}
