package io.tasktrail.streams;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.BinaryCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What the fold alone makes of events: by host, in order, the payloads in hex.
final class ExpectedOutput {

  /// What names the schema: its id depends on the registry.
  private static final int SCHEMA_BYTES = 5;

  private ExpectedOutput() {}

  static Map<String, List<String>> of(Collection<TaskEvent> events) {
    FoldAlone fold = new FoldAlone();
    BinaryCodec<AuditEvent> codec = BinaryCodec.auditEvents();
    Map<String, List<String>> byHost = new TreeMap<>();
    for (TaskEvent event : events) {
      for (AuditEvent audited : fold.apply(event)) {
        listOf(byHost, event.header().host().toString())
            .add(HexFormat.of().formatHex(codec.encode(audited)));
      }
    }
    return byHost;
  }

  /// What a topic holds, shown in the same way.
  static Map<String, List<String>> in(Collection<ConsumerRecord<String, byte[]>> records) {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      listOf(byKey, record.key()).add(payload(record.value()));
    }
    return byKey;
  }

  static String payload(byte[] value) {
    return HexFormat.of().formatHex(value, SCHEMA_BYTES, value.length);
  }

  private static List<String> listOf(Map<String, List<String>> lists, String key) {
    return lists.computeIfAbsent(key, _ -> new ArrayList<>());
  }
}
