package io.tasktrail.formats.ecs;

import io.tasktrail.event.AgentReport;
import io.tasktrail.event.Fact;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.formats.json.JsonLine;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// What the capture and the agent say of themselves, within `tasktrail.*`.
record EcsCapture(JsonLine json, WallTime time, EcsTask task) {

  void write(Fact.OfCapture fact) {
    switch (fact) {
      case Fact.SnapshotStarted _, Fact.AgentStopping _ -> {}
      case Fact.SnapshotFinished finished ->
          json.object("snapshot", () -> json.number("tasks", finished.tasks()));
      case Fact.ModuleSeen seen ->
          json.object("module", () -> new EcsModule(json, time, task).seen(seen));
      case Fact.EventsLost lost -> json.object("lost", () -> lost(lost));
      case Fact.AgentStarted started -> json.object("agent", () -> started(started));
      case Fact.Heartbeat heartbeat -> json.object("heartbeat", () -> heartbeat(heartbeat));
      case Fact.Unrecognized other -> json.object("unrecognized", () -> unrecognized(other));
    }
  }

  private void lost(Fact.EventsLost fact) {
    json.number("count", fact.count());
    if (fact.isNumbered()) {
      json.number("cpu", fact.cpu());
      json.number("first", fact.first());
      json.number("last", fact.last());
    }
    json.text("cause", fact.cause().name());
    if (fact.fromNanos() != 0) {
      json.text("from", time.show(fact.fromNanos()));
    }
    json.text("to", time.show(fact.toNanos()));
    kinds("kinds", fact.kinds());
  }

  private void kinds(String name, List<Fact.LostOfKind> kinds) {
    json.array(name, () -> kinds.forEach(this::lostOfKind));
  }

  private void lostOfKind(Fact.LostOfKind kind) {
    json.object(
        () -> {
          json.text("kind", kind.kind());
          json.number("count", kind.count());
        });
  }

  private void started(Fact.AgentStarted fact) {
    json.number("pid", fact.pid());
    json.text("armed", time.show(fact.armedNanos()));
    json.text("armed_by", fact.armedBy());
    json.number("ring_bytes", fact.ringBytes());
  }

  private void heartbeat(Fact.Heartbeat fact) {
    json.number("acknowledged", fact.acknowledged());
    json.number("lost", fact.lost());
    shortfalls(fact.shortfalls());
    fact.canary().nanos().ifPresent(nanos -> json.number("canary_nanos", nanos));
    json.bool("canary_missing", fact.canary().isMissing());
    json.number("filtered", fact.filtered());
    json.array("watermarks", () -> fact.watermarks().forEach(this::watermark));
    fact.report().ifPresent(report -> json.object("agent", () -> report(report)));
  }

  private void report(AgentReport report) {
    json.text("version", report.version());
    json.text("source", report.source());
    json.text("kernel", report.kernel());
    json.text("architecture", report.architecture());
    json.text("armed_by", report.armedBy());
    json.texts("capabilities", report.capabilities());
  }

  private void shortfalls(Fact.Shortfalls shortfalls) {
    kinds("ring_full", shortfalls.ringFull());
    shortfalls.recursionMisses().ifPresent(misses -> json.number("recursion_misses", misses));
    json.number("argument_faults", shortfalls.argumentFaults());
    json.number("malformed", shortfalls.malformed());
    json.number("refused", shortfalls.refused());
  }

  private void watermark(Fact.Watermark watermark) {
    json.object(
        () -> {
          json.number("cpu", watermark.cpu());
          json.number("number", watermark.sequence());
        });
  }

  private void unrecognized(Fact.Unrecognized fact) {
    json.text("schema", HexFormat.of().toHexDigits(fact.schema()));
    json.text("original", Base64.getEncoder().encodeToString(fact.original().toBytes()));
  }
}
