package io.tasktrail.formats.facts;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.TaskKey;
import java.util.Optional;

/// The task of which something speaks.
public final class Subject {

  private Subject() {}

  /// Of a fork the child, else the actor.
  public static TaskKey of(Fact.OfTask fact) {
    return fact instanceof Fact.Forked forked ? forked.child() : fact.actor().task();
  }

  /// What the task of an event was started with, joined by NUL; empty where that is not known, and
  /// of an exec, which has the arguments.
  public static ByteText commandLine(AuditEvent audit) {
    return audit
        .task()
        .map(task -> isForkOfParent(audit, task) ? task.parent().commandLine() : task.commandLine())
        .orElse(ByteText.EMPTY);
  }

  private static boolean isForkOfParent(AuditEvent audit, AuditedTask child) {
    return audit.notice().isEmpty()
        && audit.event().fact() instanceof Fact.Forked forked
        && forked.actor().task().equals(child.parent().task());
  }

  /// What a task executes; empty where its last link is missing, and of one that never executed
  /// anything nor inherited it.
  public static Optional<Link> image(AuditedTask task) {
    History history = task.history();
    Link last = history.image();
    boolean executed = last.source() != LinkSource.ROOT || task.id().task().equals(TaskKey.ROOT);
    return Optional.of(last).filter(_ -> executed && last.ordinal() == history.execCount());
  }
}
