package io.tasktrail.wire;

import io.tasktrail.event.Completeness;
import io.tasktrail.event.Doubt;
import io.tasktrail.event.Fact;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.Notice;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskOrigin;

/// The enums of the contract: each value's place among the symbols. UNKNOWN is the first symbol of
/// each: it is what Avro makes of a symbol that only a newer writer knows.
final class Symbols {

  private Symbols() {}

  static int of(HostStatus.State state) {
    return switch (state) {
      case UNKNOWN -> 0;
      case RUNNING -> 1;
      case STOPPED -> 2;
    };
  }

  static HostStatus.State agentState(AvroInput in) {
    return switch (in.integer()) {
      case 0 -> HostStatus.State.UNKNOWN;
      case 1 -> HostStatus.State.RUNNING;
      case 2 -> HostStatus.State.STOPPED;
      default -> throw in.malformed("not an AgentState");
    };
  }

  static int of(LinkSource source) {
    return switch (source) {
      case ROOT -> 1;
      case EXECUTED -> 2;
      case SEEN -> 3;
      case PRESUMED -> 4;
    };
  }

  /// What is not known is not known to be better than presumed.
  static LinkSource linkSource(AvroInput in) {
    return switch (in.integer()) {
      case 1 -> LinkSource.ROOT;
      case 2 -> LinkSource.EXECUTED;
      case 3 -> LinkSource.SEEN;
      case 0, 4 -> LinkSource.PRESUMED;
      default -> throw in.malformed("not a LinkSource");
    };
  }

  static int of(Doubt.Reason reason) {
    return switch (reason) {
      case CREATOR_UNKNOWN -> 1;
      case LOST -> 2;
      case BEFORE_CAPTURE -> 3;
    };
  }

  /// What is not known may be the worst.
  static Doubt.Reason doubtReason(AvroInput in) {
    return switch (in.integer()) {
      case 0, 1 -> Doubt.Reason.CREATOR_UNKNOWN;
      case 2 -> Doubt.Reason.LOST;
      case 3 -> Doubt.Reason.BEFORE_CAPTURE;
      default -> throw in.malformed("not a DoubtReason");
    };
  }

  /// It derives from the doubts and is not read.
  static int of(Completeness completeness) {
    return switch (completeness) {
      case INFERRED -> 1;
      case GAP -> 2;
      case SINCE_SNAPSHOT -> 3;
      case WHOLE -> 4;
    };
  }

  static int of(TaskOrigin origin) {
    return switch (origin) {
      case OBSERVED -> 1;
      case SNAPSHOT -> 2;
      case INFERRED -> 3;
    };
  }

  /// What is not known is not known to be better than inferred.
  static TaskOrigin taskOrigin(AvroInput in) {
    return switch (in.integer()) {
      case 1 -> TaskOrigin.OBSERVED;
      case 2 -> TaskOrigin.SNAPSHOT;
      case 0, 3 -> TaskOrigin.INFERRED;
      default -> throw in.malformed("not a TaskOrigin");
    };
  }

  static int of(Fact.LossCause cause) {
    return switch (cause) {
      case UNKNOWN -> 0;
      case RING_FULL -> 1;
      case AGENT_KILLED -> 2;
      case RECURSION -> 3;
      case SPOOL_FULL -> 4;
      case AUDIT_SERIALS -> 5;
      case SOCKET_FULL -> 6;
    };
  }

  static Fact.LossCause lossCause(AvroInput in) {
    return switch (in.integer()) {
      case 0 -> Fact.LossCause.UNKNOWN;
      case 1 -> Fact.LossCause.RING_FULL;
      case 2 -> Fact.LossCause.AGENT_KILLED;
      case 3 -> Fact.LossCause.RECURSION;
      case 4 -> Fact.LossCause.SPOOL_FULL;
      case 5 -> Fact.LossCause.AUDIT_SERIALS;
      case 6 -> Fact.LossCause.SOCKET_FULL;
      default -> throw in.malformed("not a LossCause");
    };
  }

  static int of(SignalOrigin origin) {
    return switch (origin) {
      case UNKNOWN -> 0;
      case TASK -> 1;
      case FAULT -> 2;
      case TERMINAL -> 3;
      case TIMER -> 4;
      case OUT_OF_MEMORY -> 5;
      case KERNEL -> 6;
    };
  }

  static SignalOrigin signalOrigin(AvroInput in) {
    return switch (in.integer()) {
      case 0 -> SignalOrigin.UNKNOWN;
      case 1 -> SignalOrigin.TASK;
      case 2 -> SignalOrigin.FAULT;
      case 3 -> SignalOrigin.TERMINAL;
      case 4 -> SignalOrigin.TIMER;
      case 5 -> SignalOrigin.OUT_OF_MEMORY;
      case 6 -> SignalOrigin.KERNEL;
      default -> throw in.malformed("not a SignalOrigin");
    };
  }

  static int of(Fact.AuditOutcome outcome) {
    return switch (outcome) {
      case UNKNOWN -> 0;
      case SUCCESS -> 1;
      case FAILURE -> 2;
    };
  }

  static Fact.AuditOutcome auditOutcome(AvroInput in) {
    return switch (in.integer()) {
      case 0 -> Fact.AuditOutcome.UNKNOWN;
      case 1 -> Fact.AuditOutcome.SUCCESS;
      case 2 -> Fact.AuditOutcome.FAILURE;
      default -> throw in.malformed("not an AuditOutcome");
    };
  }

  static int of(Fact.ModuleView view) {
    return switch (view) {
      case UNKNOWN -> 0;
      case PROC_MODULES -> 1;
      case SYS_MODULE -> 2;
      case CAPTURE -> 3;
    };
  }

  static Fact.ModuleView moduleView(AvroInput in) {
    return switch (in.integer()) {
      case 0 -> Fact.ModuleView.UNKNOWN;
      case 1 -> Fact.ModuleView.PROC_MODULES;
      case 2 -> Fact.ModuleView.SYS_MODULE;
      case 3 -> Fact.ModuleView.CAPTURE;
      default -> throw in.malformed("not a ModuleView");
    };
  }

  static int of(Notice.Kind kind) {
    return switch (kind) {
      case HISTORY_CORRECTED -> 1;
      case TASK_VANISHED -> 2;
      case BOOT_ENDED -> 3;
      case HOST_ID_SHARED -> 4;
    };
  }

  /// What a notice of another kind says can't be told, and an event it is not.
  static Notice.Kind noticeKind(AvroInput in) {
    return switch (in.integer()) {
      case 1 -> Notice.Kind.HISTORY_CORRECTED;
      case 2 -> Notice.Kind.TASK_VANISHED;
      case 3 -> Notice.Kind.BOOT_ENDED;
      case 4 -> Notice.Kind.HOST_ID_SHARED;
      default -> throw in.malformed("not a NoticeKind that this version knows");
    };
  }
}
