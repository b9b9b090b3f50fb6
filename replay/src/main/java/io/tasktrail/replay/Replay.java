package io.tasktrail.replay;

import io.tasktrail.audit.AuditSource;
import io.tasktrail.audit.Origin;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.history.Fleet;
import io.tasktrail.role.Failure;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Capture files and audit logs through the fold, in the order in which they are given: of a log
/// that was rotated the oldest part first. Events of several hosts are kept apart, and what several
/// files hold of one boot becomes one history.
///
/// @param fleet what is known of all hosts
record Replay(Fleet fleet, Selection selection, Format format, LineOutput out, Progress progress) {

  /// @throws Failure if a file is not there or the output can't be written
  /// @throws IOException if a file can't be read: says which and why
  void run(List<Path> files) throws IOException {
    files.forEach(Replay::require);
    AuditSource audit = new AuditSource(Origin::ofNode, this::take);
    for (Path file : files) {
      if (AuditLog.is(file)) {
        AuditLog.read(file, audit);
        progress.read(file, audit.tally());
      } else {
        read(file);
      }
    }
    audit.flush();
    progress.account(audit.tally());
    out.flush();
  }

  /// All files are looked for before the first is read.
  private static void require(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new Failure(
          Files.isDirectory(file) ? "a directory" : "no such file",
          file.toString(),
          "--input takes capture files (capture*.avro) and logs of audit (audit.log)");
    }
  }

  private void read(Path file) throws IOException {
    long[] count = {0};
    boolean whole =
        CaptureFile.read(
            file,
            event -> {
              count[0]++;
              progress.event(file);
              take(event);
            });
    if (!whole) {
      progress.torn(file, count[0]);
    }
  }

  private void take(TaskEvent event) {
    for (AuditEvent audit : fleet.apply(event)) {
      if (selection.test(audit)) {
        out.line(format.format(audit));
      }
    }
  }
}
