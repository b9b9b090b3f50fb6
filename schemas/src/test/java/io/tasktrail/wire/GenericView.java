package io.tasktrail.wire;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Fact;
import io.tasktrail.event.FirstSeen;
import io.tasktrail.event.History;
import io.tasktrail.event.HostId;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/// A record of the vocabulary as Avro's own generic record, found by nothing but the names of its
/// components: a second opinion on what the forms write.
final class GenericView {

  private GenericView() {}

  static GenericRecord of(Schema schema, Object value) {
    GenericRecord record = new GenericData.Record(schema);
    Map<String, Object> named = named(value);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), generic(field.schema(), named.get(field.name())));
    }
    return record;
  }

  private static Object generic(Schema schema, Object value) {
    return switch (schema.getType()) {
      case UNION -> value == null ? null : generic(schema.getTypes().getLast(), value);
      case RECORD -> of(schema, value);
      case ENUM -> new GenericData.EnumSymbol(schema, value.toString());
      case FIXED -> new GenericData.Fixed(schema, bytes(value));
      case BYTES -> ((ByteText) value).asBuffer();
      case ARRAY ->
          ((Collection<?>) value)
              .stream().map(item -> generic(schema.getElementType(), item)).toList();
      case LONG -> ((Number) value).longValue();
      default -> value;
    };
  }

  private static byte[] bytes(Object id) {
    UUID uuid =
        switch (id) {
          case HostId host -> host.value();
          case BootId boot -> boot.value();
          case CaptureId capture -> capture.value();
          default -> (UUID) id;
        };
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static Map<String, Object> named(Object value) {
    Map<String, Object> named = components(value);
    switch (value) {
      case TaskEvent event -> {
        named.putAll(components(event.header()));
        named.put(snake(event.fact().getClass().getSimpleName()), event.fact());
        named.put("actor", event.fact() instanceof Fact.OfTask task ? task.actor() : null);
      }
      case AuditEvent audit -> {
        named.put("event_id", audit.id());
        named.put(
            "unrecognized", audit.event().fact() instanceof Fact.Unrecognized fact ? fact : null);
      }
      case Fact.Executed executed -> {
        named.putAll(components(executed.image()));
        named.putAll(components(executed.place()));
        putArguments(executed.arguments(), named);
        named.put("argv_best_effort", executed.arguments().bestEffort());
        putCgroup(executed.place().cgroup(), named);
        named.put("user_name", executed.names().user());
        named.put("effective_user_name", executed.names().effective());
        named.put("login_user_name", executed.names().login());
      }
      case Fact.AuditRecord record -> {
        named.put("command", record.command().values());
        named.put("command_count", record.command().count());
        named.put("command_bytes", record.command().bytes());
        named.put("command_truncated", record.command().truncated());
        named.put("command_masked_by", record.command().maskedBy());
      }
      case Fact.TaskSeen seen -> {
        putArguments(seen.arguments(), named);
        putCgroup(seen.cgroup(), named);
      }
      case Fact.ModuleLoaded module -> named.putAll(components(module.origin()));
      case Fact.ModuleLoadFailed module -> named.putAll(components(module.origin()));
      case Fact.Heartbeat heartbeat -> {
        named.putAll(components(heartbeat.shortfalls()));
        named.put("canary_nanos", unwrapped(heartbeat.canary().nanos()));
        named.put("canary_missing", heartbeat.canary().isMissing());
      }
      case History history -> {
        named.put("missing_links", history.missingLinks());
        named.put("completeness", history.completeness());
        named.put("doubtful", history.doubts());
      }
      case HostStatus status -> {
        named.put("canary_nanos", unwrapped(status.canary().nanos()));
        named.put("canary_missing", status.canary().isMissing());
      }
      case FirstSeen first -> named.put("fingerprint", first.fingerprint());
      case AuditedTask task -> named.putAll(components(task.id()));
      case TaskHistory task -> named.putAll(components(task.id()));
      default -> {}
    }
    return named;
  }

  private static void putArguments(Arguments arguments, Map<String, Object> named) {
    named.put("argv", arguments.values());
    named.put("argv_count", arguments.count());
    named.put("argv_bytes", arguments.bytes());
    named.put("argv_truncated", arguments.truncated());
    named.put("argv_masked_by", arguments.maskedBy());
  }

  private static void putCgroup(Cgroup cgroup, Map<String, Object> named) {
    named.putAll(components(cgroup));
    named.put("cgroup", cgroup.path());
  }

  private static Map<String, Object> components(Object value) {
    Map<String, Object> components = new HashMap<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object held = unwrapped(read(component, value));
      String id =
          held instanceof HostId || held instanceof BootId || held instanceof CaptureId
              ? "_id"
              : "";
      components.put(snake(component.getName()) + id, held);
    }
    return components;
  }

  private static Object read(RecordComponent component, Object value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Object unwrapped(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.orElse(null);
      case OptionalInt optional -> optional.isPresent() ? optional.getAsInt() : null;
      case OptionalLong optional -> optional.isPresent() ? optional.getAsLong() : null;
      default -> value;
    };
  }

  static String snake(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
