package io.tasktrail.formats.ocsf;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.ModuleOrigin;
import io.tasktrail.event.Notice;
import io.tasktrail.formats.facts.AuditKey;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.formats.json.JsonLine;
import io.tasktrail.history.text.TextForm;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// `unmapped`: what OCSF has no attributes for. The history as text, how far it can be trusted, and
/// what is particular of each kind.
record OcsfUnmapped(JsonLine json, OcsfTask task, WallTime time) {

  void write(AuditEvent audit) {
    json.number("revision", audit.revision());
    Header header = audit.event().header();
    json.text("capture", header.capture().toString());
    json.number("cpu", header.cpu());
    json.number("sequence", header.sequence());
    audit.task().ifPresent(known -> history(known.history()));
    audit.firstSeenOnHost().ifPresent(first -> json.bool("first_seen_on_host", first));
    audit.notice().ifPresentOrElse(notice -> notice(notice, header), () -> fact(audit));
    if (!json.escaped().isEmpty()) {
      json.texts("non_utf8", json.escaped());
    }
  }

  private void history(History history) {
    json.text("history", TextForm.TASKTRACKER.of(history, time.offsetNanos()));
    json.text("completeness", history.completeness().name());
    json.number("exec_count", history.execCount());
    json.number("missing_links", history.missingLinks());
  }

  private void notice(Notice notice, Header header) {
    notice.boot().ifPresent(boot -> json.text("boot", boot.toString()));
    json.text("occasion", header.eventId().uuid().toString());
  }

  private void fact(AuditEvent audit) {
    switch (audit.event().fact()) {
      case Fact.OfTask fact -> ofTask(fact, audit);
      case Fact.OfCapture fact -> ofCapture(fact);
    }
  }

  private void ofTask(Fact.OfTask fact, AuditEvent audit) {
    AuditKey.of(fact).ifPresent(key -> json.text("key", key));
    switch (fact) {
      case Fact.Forked forked -> {
        json.number("clone_flags", forked.cloneFlags());
        json.text("parent_uid", task.header().taskId(forked.parent()).uuid().toString());
      }
      case Fact.Executed executed -> executed(executed);
      case Fact.ExecFailed failed -> json.number("errno", failed.errno());
      case Fact.Exited exited -> exited(exited, audit);
      case Fact.Signalled sent -> {
        json.number("signal", sent.signal());
        json.number("signal_code", sent.code());
        json.text("signal_origin", sent.origin().name().toLowerCase(Locale.ROOT));
        audit.other().ifPresent(target -> beside("target", target));
      }
      case Fact.TaskSeen seen -> {
        json.bool("forked_without_exec", seen.forkedWithoutExec());
        json.bool("kernel_thread", seen.kernelThread());
      }
      case Fact.ModuleLoaded loaded -> {
        json.number("taints", loaded.taints());
        parameters(loaded.origin());
      }
      case Fact.ModuleUnloaded _ -> audit.module().ifPresent(this::load);
      case Fact.ModuleLoadFailed failed -> {
        json.number("errno", failed.errno());
        parameters(failed.origin());
      }
      case Fact.ModuleRequested _ -> {}
      case Fact.AuditRecord record -> recorded(record);
    }
  }

  private void executed(Fact.Executed fact) {
    json.bytes("args", fact.arguments().values());
    json.number("args_count", fact.arguments().count());
    json.number("argv_bytes", fact.arguments().bytes());
    json.bool("argv_truncated", fact.arguments().truncated());
    if (fact.arguments().bestEffort()) {
      json.bool("argv_best_effort", true);
    }
    json.texts("argv_masked_by", fact.arguments().maskedBy());
    json.text("filename", fact.image().filename());
    json.textIfAny("interpreter", fact.image().interpreter());
    json.bool("secure", fact.image().secure());
    json.bool("unlinked", fact.image().unlinked());
    if (!fact.place().tty().isEmpty()) {
      json.text("tty", fact.place().tty());
    }
    if (!fact.place().cgroup().unit().isEmpty()) {
      json.text("systemd_unit", fact.place().cgroup().unit());
    }
  }

  private void exited(Fact.Exited fact, AuditEvent audit) {
    fact.signal()
        .ifPresent(
            signal -> {
              json.number("signal", signal);
              json.bool("core_dumped", fact.coreDumped());
              json.bool("oom_killed", fact.oomKilled());
            });
    audit
        .signalOrigin()
        .ifPresent(it -> json.text("signal_origin", it.name().toLowerCase(Locale.ROOT)));
    audit.other().ifPresent(killer -> beside("killer", killer));
    json.number("cpu_nanos", fact.cpuNanos());
    json.number("read_bytes", fact.readBytes());
    json.number("write_bytes", fact.writeBytes());
  }

  private void beside(String name, AuditedTask other) {
    json.object(
        name,
        () -> {
          task.known(other);
          history(other.history());
        });
  }

  private void parameters(ModuleOrigin origin) {
    json.textIfAny("parameters", origin.parameters());
    if (origin.parametersTruncated()) {
      json.bool("parameters_truncated", true);
    }
  }

  private void load(LoadedModule module) {
    json.number("taints", module.taints());
    module.loadedNanos().ifPresent(nanos -> json.text("loaded_at", time.show(nanos)));
    module.loader().ifPresent(loader -> beside("loaded_by", loader));
  }

  private void recorded(Fact.AuditRecord record) {
    json.texts("record_types", record.types());
    json.bytes("keys", record.keys());
    json.number("serial", record.serial());
    json.text("text", record.text());
    json.bool("text_truncated", record.textTruncated());
    json.bytes("command", record.command().values());
  }

  private void ofCapture(Fact.OfCapture fact) {
    switch (fact) {
      case Fact.SnapshotStarted _, Fact.AgentStopping _ -> {}
      case Fact.SnapshotFinished finished -> json.number("tasks", finished.tasks());
      case Fact.ModuleSeen seen -> {
        json.number("taints", seen.taints());
        json.texts("missing_from", seen.missingFrom().stream().map(Enum::name).toList());
      }
      case Fact.EventsLost lost -> lost(lost);
      case Fact.AgentStarted started -> {
        json.number("pid", started.pid());
        json.text("armed", time.show(started.armedNanos()));
        json.text("armed_by", started.armedBy());
        json.number("ring_bytes", started.ringBytes());
      }
      case Fact.Heartbeat heartbeat -> {
        json.number("acknowledged", heartbeat.acknowledged());
        json.number("lost", heartbeat.lost());
        json.number("filtered", heartbeat.filtered());
        json.bool("canary_missing", heartbeat.canary().isMissing());
        heartbeat.report().ifPresent(report -> json.text("agent_version", report.version()));
        kinds("ring_full", heartbeat.shortfalls().ringFull());
      }
      case Fact.Unrecognized other -> {
        json.text("schema", HexFormat.of().toHexDigits(other.schema()));
        json.text("original", Base64.getEncoder().encodeToString(other.original().toBytes()));
      }
    }
  }

  private void lost(Fact.EventsLost fact) {
    if (fact.isNumbered()) {
      json.number("lost_cpu", fact.cpu());
      json.number("first", fact.first());
      json.number("last", fact.last());
    }
    json.text("cause", fact.cause().name());
    json.text("to", time.show(fact.toNanos()));
    kinds("kinds", fact.kinds());
  }

  private void kinds(String name, List<Fact.LostOfKind> kinds) {
    json.array(
        name,
        () ->
            kinds.forEach(
                it ->
                    json.object(
                        () -> {
                          json.text("kind", it.kind());
                          json.number("count", it.count());
                        })));
  }
}
