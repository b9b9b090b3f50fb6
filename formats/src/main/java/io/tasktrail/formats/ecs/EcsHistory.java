package io.tasktrail.formats.ecs;

import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Doubt;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.Omitted;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.formats.json.JsonLine;
import io.tasktrail.history.text.TextForm;
import java.util.HexFormat;

/// The history within `tasktrail.*`: as text, link by link, and how far it can be trusted.
record EcsHistory(JsonLine json, Header header, WallTime time) {

  void write(AuditedTask task) {
    History history = task.history();
    json.text("origin", task.origin().name());
    summary(history);
    json.array("doubtful", () -> history.doubts().forEach(this::doubt));
    json.array("chain", () -> history.links().forEach(this::link));
    omitted(history.omitted());
  }

  /// What a history is without its links.
  void summary(History history) {
    json.text("history", TextForm.TASKTRACKER.of(history, time.offsetNanos()));
    json.text("completeness", history.completeness().name());
    json.number("exec_count", history.execCount());
    json.number("missing_links", history.missingLinks());
  }

  private void doubt(Doubt doubt) {
    json.object(
        () -> {
          json.number("first", doubt.first());
          json.number("last", doubt.last());
          json.text("reason", doubt.reason().name());
          doubt.loss().ifPresent(id -> json.text("loss", id.toString()));
        });
  }

  private void link(Link link) {
    json.object(
        () -> {
          json.number("ordinal", link.ordinal());
          json.text("comm", link.comm());
          json.textIfAny("executable", link.executable());
          json.number("pid", link.task().pid());
          json.text("start", time.show(link.startNanos()));
          json.text("entity_id", header.taskId(link.task()).uuid().toString());
          new EcsTask(json, header, time).owners(link);
          json.text("source", link.source().name());
        });
  }

  private void omitted(Omitted omitted) {
    if (omitted.count() > 0) {
      json.number("omitted_links", omitted.count());
      json.text("omitted_digest", HexFormat.of().formatHex(omitted.digest().toBytes()));
    }
  }
}
