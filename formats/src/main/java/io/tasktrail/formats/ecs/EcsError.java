package io.tasktrail.formats.ecs;

import io.tasktrail.event.Fact;
import io.tasktrail.formats.facts.Errno;
import io.tasktrail.formats.json.JsonLine;

/// `error.*`: what was refused, and what went wrong in the pipeline.
final class EcsError {

  private EcsError() {}

  static void write(JsonLine json, Fact fact) {
    switch (fact) {
      case Fact.EventsLost lost -> json.object("error", () -> json.text("message", message(lost)));
      case Fact.ExecFailed failed -> refused(json, "exec", failed.errno());
      case Fact.ModuleLoadFailed failed -> refused(json, "load of a module", failed.errno());
      default -> {}
    }
  }

  private static void refused(JsonLine json, String what, int errno) {
    json.object(
        "error",
        () -> {
          json.text("code", Errno.name(errno));
          json.text("message", what + " failed: " + Errno.name(errno));
        });
  }

  private static String message(Fact.EventsLost lost) {
    return lost.isNumbered()
        ? ofNumbers(lost)
        : "up to " + lost.count() + " events were lost without numbers: " + lost.cause();
  }

  private static String ofNumbers(Fact.EventsLost lost) {
    return lost.count()
        + " events of cpu "
        + lost.cpu()
        + " were lost, numbers "
        + lost.first()
        + " to "
        + lost.last()
        + ": "
        + lost.cause();
  }
}
