package io.tasktrail.wire;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.FirstSeen;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.Lineage;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/// The values of the topics in Confluent's wire format: every Confluent client reads them.
///
/// Schemas are registered and found by Confluent's own serializer and client, so that every setting
/// of theirs (`schema.registry.url`, `basic.auth.*`, `bearer.auth.*`, `schema.registry.ssl.*`,
/// `auto.register.schemas`, …) works here; the records themselves are made and read by ourselves.
/// What is malformed, or of another schema, is a
/// [org.apache.kafka.common.errors.SerializationException] that names the topic; a registry that
/// fails is what Confluent's serializers throw. Each serializer and deserializer may be used by
/// several threads at once.
public final class WireFormat {

  private WireFormat() {}

  /// Values of `tasktrail.task-events`.
  ///
  /// @param settings at least `schema.registry.url`; all of it goes to Confluent's serializers
  public static Serde<TaskEvent> taskEvents(Map<String, ?> settings) {
    return serde(TaskEventForm::new, settings);
  }

  /// Values of `tasktrail.audit-events`.
  ///
  /// @param settings see [#taskEvents]
  public static Serde<AuditEvent> auditEvents(Map<String, ?> settings) {
    return serde(AuditEventForm::new, settings);
  }

  /// Values of `tasktrail.task-history`.
  ///
  /// @param settings see [#taskEvents]
  public static Serde<TaskHistory> taskHistories(Map<String, ?> settings) {
    return serde(TaskHistoryForm::new, settings);
  }

  /// Values of `tasktrail.modules`.
  ///
  /// @param settings see [#taskEvents]
  public static Serde<LoadedModule> loadedModules(Map<String, ?> settings) {
    return serde(LoadedModuleForm::new, settings);
  }

  /// Values of `tasktrail.lineages`.
  ///
  /// @param settings see [#taskEvents]
  public static Serde<Lineage> lineages(Map<String, ?> settings) {
    return serde(LineageForm::new, settings);
  }

  /// Values of `tasktrail.hosts`.
  ///
  /// @param settings see [#taskEvents]
  public static Serde<HostStatus> hostStatuses(Map<String, ?> settings) {
    return serde(HostStatusForm::new, settings);
  }

  /// Values of `tasktrail.first-seen`.
  ///
  /// @param settings see [#taskEvents]
  public static Serde<FirstSeen> firstSeen(Map<String, ?> settings) {
    return serde(FirstSeenForm::new, settings);
  }

  /// Reads values of `tasktrail.task-events` for one who writes [#enrichedEvents].
  ///
  /// @param settings see [#taskEvents]
  public static Deserializer<ArrivedEvent> arrivedEvents(Map<String, ?> settings) {
    return new FramedDeserializer<>(ArrivedEventForm::new, settings);
  }

  /// Writes values of `tasktrail.audit-events`: the same as [#auditEvents], in less time.
  ///
  /// @param settings see [#taskEvents]
  public static Serializer<EnrichedEvent> enrichedEvents(Map<String, ?> settings) {
    return new FramedSerializer<>(new EnrichedEventForm(), settings);
  }

  /// Writes values of `tasktrail.task-events` that [BinaryCodec#taskEvents] made.
  ///
  /// @param settings see [#taskEvents]
  public static Serializer<byte[]> encodedTaskEvents(Map<String, ?> settings) {
    return new FramedSerializer<>(new EncodedForm(Contract.TASK_EVENT), settings);
  }

  /// The schema of the values of `tasktrail.task-events`: JSON, as it is registered.
  public static String taskEventSchema() {
    return Contract.TASK_EVENT.toString();
  }

  private static <D> Serde<D> serde(Supplier<Form<D>> forms, Map<String, ?> settings) {
    return Serdes.serdeFrom(
        new FramedSerializer<>(forms.get(), settings),
        new FramedDeserializer<D>(forms::get, settings));
  }
}
