package io.tasktrail.wire;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Credentials;

/// `Actor` with its `Credentials`.
final class ActorForm {

  private ActorForm() {}

  static void write(Actor actor, AvroOutput out) {
    TaskKeyForm.write(actor.task(), out);
    out.number(actor.execCount());
    out.text(actor.comm());
    Credentials who = actor.credentials();
    out.number(who.uid());
    out.number(who.euid());
    out.number(who.gid());
    out.number(who.egid());
    out.number(who.auid());
    out.number(who.session());
  }

  static Actor read(AvroInput in) {
    return new Actor(TaskKeyForm.read(in), in.number(), in.text(), credentials(in));
  }

  private static Credentials credentials(AvroInput in) {
    return new Credentials(
        in.number(), in.number(), in.number(), in.number(), in.number(), in.number());
  }
}
