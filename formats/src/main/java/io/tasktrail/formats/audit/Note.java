package io.tasktrail.formats.audit;

import io.tasktrail.event.Actor;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import java.util.Optional;

/// What no record of the kernel says: `TRUSTED_APP`, as a program would write it.
record Note(Records records, AuditEvent audit) {

  private static final Credentials NOBODY =
      new Credentials(0, 0, 0, 0, Credentials.UNSET, Credentials.UNSET);

  void write() {
    Caller caller = new Caller(records, audit);
    Optional<Actor> actor = actor();
    Credentials credentials = actor.map(Actor::credentials).orElse(NOBODY);
    records.record("TRUSTED_APP").field("pid", pid(actor)).field("uid", credentials.uid());
    records.field("auid", credentials.auid()).field("ses", credentials.session());
    caller.subject();
    records.message().field("op", AuditFormat.operation(audit));
    if (audit.notice().isPresent()) {
      audit.notice().flatMap(it -> it.boot()).ifPresent(it -> records.field("boot", it.toString()));
    } else {
      said(audit.event().fact());
    }
    actor.ifPresent(it -> records.untrusted("comm", it.comm()));
    if (!caller.executable().isEmpty()) {
      records.untrusted("exe", caller.executable());
    }
    records.field("hostname", "?").field("addr", "?").field("terminal", "?");
    records.field("res", "success").endMessage();
  }

  private Optional<Actor> actor() {
    return audit.notice().isEmpty() && audit.event().fact() instanceof Fact.OfTask fact
        ? Optional.of(fact.actor())
        : Optional.empty();
  }

  private int pid(Optional<Actor> actor) {
    return actor
        .map(it -> it.task().pid())
        .or(() -> audit.task().map(AuditedTask::id).map(id -> id.task().pid()))
        .orElse(0);
  }

  private void said(Fact fact) {
    switch (fact) {
      case Fact.OfTask ofTask -> ofTask(ofTask);
      case Fact.OfCapture ofCapture -> ofCapture(ofCapture);
    }
  }

  private void ofTask(Fact.OfTask fact) {
    switch (fact) {
      case Fact.Exited exited -> {
        records.field("sig", exited.signal().orElse(0));
        records.field("oom", exited.oomKilled() ? 1 : 0);
        audit.other().ifPresent(it -> records.field("opid", it.id().task().pid()));
      }
      case Fact.Signalled sent -> {
        records.field("sig", sent.signal()).field("opid", sent.target().pid());
        records.field("origin", sent.origin().name());
      }
      case Fact.ModuleRequested asked -> records.untrusted("name", asked.name());
      case Fact.AuditRecord record -> recorded(record);
      default -> {}
    }
  }

  private void recorded(Fact.AuditRecord record) {
    records.untrusted("types", ByteText.of(String.join(",", record.types())));
    records.field("serial", record.serial()).field("outcome", record.outcome().name());
    record.keys().stream().findFirst().ifPresent(key -> records.untrusted("key", key));
    records.untrusted("text", record.text());
  }

  private void ofCapture(Fact.OfCapture fact) {
    switch (fact) {
      case Fact.SnapshotStarted _ -> {}
      case Fact.SnapshotFinished finished -> records.field("tasks", finished.tasks());
      case Fact.ModuleSeen seen -> {
        records.untrusted("name", seen.name()).hex("taints", seen.taints());
        seen.missingFrom().forEach(view -> records.field("missing_from", view.name()));
      }
      case Fact.EventsLost lost -> {
        records.field("lost", lost.count()).field("cause", lost.cause().name());
        records.field("cpu", lost.cpu()).field("first", lost.first()).field("last", lost.last());
      }
      case Fact.AgentStarted started ->
          records.field("agent_pid", started.pid()).untrusted("ver", version(started));
      case Fact.AgentStopping stopping ->
          records.untrusted("reason", ByteText.of(stopping.reason()));
      case Fact.Heartbeat beat ->
          records.field("acknowledged", beat.acknowledged()).field("lost", beat.lost());
      case Fact.Unrecognized other -> records.hex("schema", other.schema());
    }
  }

  private static ByteText version(Fact.AgentStarted started) {
    return ByteText.of(started.version());
  }
}
