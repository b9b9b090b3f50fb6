package io.tasktrail.wire;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.FirstSeen;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.Lineage;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/// A record of the contract with all that a test needs of it.
record Subject<D>(
    Supplier<Form<D>> forms,
    Supplier<BinaryCodec<D>> codecs,
    List<D> samples,
    Function<RandomRecords, D> random) {

  static List<Subject<?>> all() {
    return List.of(
        taskEvents(),
        auditEvents(),
        taskHistories(),
        loadedModules(),
        lineages(),
        hostStatuses(),
        firstSeen());
  }

  static Subject<TaskEvent> taskEvents() {
    return new Subject<>(
        TaskEventForm::new, BinaryCodec::taskEvents, Samples.events(), RandomRecords::event);
  }

  static Subject<AuditEvent> auditEvents() {
    return new Subject<>(
        AuditEventForm::new,
        BinaryCodec::auditEvents,
        Samples.auditEvents(),
        RandomRecords::auditEvent);
  }

  private static Subject<TaskHistory> taskHistories() {
    return new Subject<>(
        TaskHistoryForm::new,
        BinaryCodec::taskHistories,
        Samples.taskHistories(),
        RandomRecords::taskHistory);
  }

  private static Subject<LoadedModule> loadedModules() {
    return new Subject<>(
        LoadedModuleForm::new,
        BinaryCodec::loadedModules,
        Samples.loadedModules(),
        RandomRecords::loadedModule);
  }

  private static Subject<Lineage> lineages() {
    return new Subject<>(
        LineageForm::new, BinaryCodec::lineages, Samples.lineages(), RandomRecords::lineage);
  }

  private static Subject<HostStatus> hostStatuses() {
    return new Subject<>(
        HostStatusForm::new,
        BinaryCodec::hostStatuses,
        Samples.hostStatuses(),
        RandomRecords::hostStatus);
  }

  private static Subject<FirstSeen> firstSeen() {
    return new Subject<>(
        FirstSeenForm::new, BinaryCodec::firstSeen, Samples.firstSeen(), RandomRecords::firstSeen);
  }

  Schema schema() {
    return forms.get().schema();
  }

  String name() {
    return schema().getName();
  }

  /// Reads what was written with this schema.
  D decode(Schema writer, byte[] payload) {
    return PayloadReader.of(forms.get(), writer).read(payload, 0, payload.length);
  }

  @Override
  public String toString() {
    return name();
  }
}
