package io.tasktrail.event;

import java.util.Optional;
import java.util.UUID;

/// What the fold itself tells: it follows from many events, and no single one says it.
///
/// @param boot of which boot; empty when it is about a task
public record Notice(Kind kind, Optional<BootId> boot) {

  /// What it tells.
  public enum Kind {
    /// A fact that came late changed the history of a task whose events were told too long ago to
    /// be corrected one by one. The task of the notice holds its history as known now.
    HISTORY_CORRECTED,
    /// A task was known and a snapshot did not find it: it ended, and nobody told.
    TASK_VANISHED,
    /// The host was booted anew: all tasks of an earlier boot are over.
    BOOT_ENDED,
    /// Two boots live under one host id at the same time: a machine id was cloned. They are kept
    /// apart.
    HOST_ID_SHARED
  }

  /// About a task.
  public static Notice ofTask(Kind kind) {
    return new Notice(kind, Optional.empty());
  }

  /// About a boot.
  public static Notice ofBoot(Kind kind, BootId boot) {
    return new Notice(kind, Optional.of(boot));
  }

  UUID id(UUID occasion, Optional<AuditedTask> task) {
    String subject =
        boot.map(BootId::toString)
            .or(() -> task.map(about -> subject(about.id().task())))
            .orElse("");
    return NameUuid.of(occasion, "notice/" + kind + '/' + subject);
  }

  private static String subject(TaskKey task) {
    return task.pid() + "/" + task.startNanos();
  }
}
