package io.tasktrail.formats;

import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskKey;

/// The task of which a fact speaks: of a fork the child, else the actor.
final class Subject {

  private Subject() {}

  static TaskKey of(Fact.OfTask fact) {
    return fact instanceof Fact.Forked forked ? forked.child() : fact.actor().task();
  }
}
