package io.tasktrail.agent;

import io.tasktrail.agent.health.AuditFigures;
import io.tasktrail.agent.health.Balance;
import io.tasktrail.agent.host.Identity;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.audit.AuditSource;
import io.tasktrail.audit.Origin;
import io.tasktrail.audit.Tally;
import io.tasktrail.event.Header;
import io.tasktrail.role.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lines of audit.
record AuditRecords(AuditSource source, RecordNumbering numbering) implements RecordSource {

  /// So many lines, and none a record: it is no log of audit.
  static final int CORRUPT_ONLY_MAX = 1000;

  /// Records of this host are its own, whether they name it or no node.
  static AuditRecords of(Identity identity, RecordNumbering numbering, RecordOutbox outbox) {
    return new AuditRecords(
        new AuditSource(node -> origin(node, identity, numbering), outbox::add), numbering);
  }

  private static Origin origin(String node, Identity identity, RecordNumbering numbering) {
    return node.isEmpty() || node.equals(identity.hostName())
        ? new Origin(identity.host(), identity.hostName(), Optional.of(numbering.running()))
        : Origin.ofNode(node);
  }

  @Override
  public void take(byte[] bytes, int count) {
    source.take(bytes, count);
  }

  @Override
  public void endFile() {
    source.endFile();
  }

  @Override
  public boolean holds() {
    return source.holds();
  }

  @Override
  public void flush() {
    source.flush();
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public Optional<Failure> refusal(String name, boolean isOver) {
    Tally tally = source.tally();
    boolean isGarbage =
        tally.records() == 0 && tally.corruptLines() >= (isOver ? 1 : CORRUPT_ONLY_MAX);
    return isGarbage
        ? Optional.of(
            new Failure(
                "none of %d lines is a record of audit (%s)"
                    .formatted(tally.corruptLines(), tally.reasons().getFirst()),
                name,
                "a record begins with type=NAME msg=audit(TIME:SERIAL):"))
        : Optional.empty();
  }

  @Override
  public long malformed() {
    return source.tally().corruptLines();
  }

  @Override
  public List<Progress> reached() {
    return List.of(new Progress(Header.AUDIT_CPU, numbering.here().sequence(), 0));
  }

  @Override
  public Balance.Source kind() {
    return Balance.Source.AUDIT;
  }

  @Override
  public Optional<AuditFigures> audit(AuditFigures.Log log) {
    Tally tally = source.tally();
    return Optional.of(
        new AuditFigures(
            tally.records(),
            tally.events(),
            tally.missingSerials(),
            tally.corruptByReason(),
            Map.of("late", tally.lateRecords(), "too_many", tally.overlongRecords()),
            Map.of(
                "no_task", tally.eventsWithoutTask(),
                "thread", tally.threadEvents(),
                "late_fork", tally.lateForks()),
            log));
  }
}
