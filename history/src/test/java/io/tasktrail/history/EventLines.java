package io.tasktrail.history;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Image;
import io.tasktrail.event.Place;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/// Reads the `events` files of scenarios.
final class EventLines {

  /// Boot at 2026-01-01T00:00:00Z.
  static final long WALL_OFFSET_NANOS = 1_767_225_600_000_000_000L;

  private static final HostId HOST = new HostId(new UUID(1, 1));
  /// Every boot is an hour after the one before.
  private static final long NANOS_BETWEEN_BOOTS = 3_600_000_000_000L;

  private final List<TaskEvent> delivered = new ArrayList<>();
  private final Map<Source, Long> lastSequences = new HashMap<>();
  private final Map<Integer, TaskKey> tasks = new HashMap<>();
  private final Map<TaskKey, TaskKey> parents = new HashMap<>();
  private FoldLimits limits = FoldLimits.DEFAULT;

  private EventLines() {}

  static EventLines parse(List<String> lines) {
    EventLines parsed = new EventLines();
    lines.forEach(parsed::read);
    return parsed;
  }

  FoldLimits limits() {
    return limits;
  }

  List<TaskEvent> delivered() {
    return delivered;
  }

  private void read(String line) {
    boolean lost = line.startsWith("- ");
    String[] words = line.substring(lost ? 2 : 0).strip().split("\\s+");
    if (words[0].equals("limits")) {
      limits = limits(limits, fields(words, 1));
      return;
    }
    long nanos = nanos(words[0]);
    Map<String, String> fields = fields(words, 3);
    Header header = header(words[1], nanos, fields);
    TaskEvent event = new TaskEvent(header, fact(words[2], nanos, fields));
    if (!lost) {
      delivered.add(event);
    }
  }

  private Header header(String source, long nanos, Map<String, String> fields) {
    String[] parts = source.split("#", 2);
    CaptureId capture = new CaptureId(new UUID(3, fields.getOrDefault("capture", "A").charAt(0)));
    Source from = new Source(capture, cpu(parts[0]));
    long last = lastSequences.getOrDefault(from, 0L);
    long sequence = parts.length > 1 ? Long.parseLong(parts[1]) : last + 1;
    lastSequences.put(from, Math.max(last, sequence));
    int boot = fields.getOrDefault("boot", "A").charAt(0) - 'A';
    Header loud =
        new Header(
            HOST,
            "scenario",
            new BootId(new UUID(2, 2 + boot)),
            capture,
            from.cpu(),
            sequence,
            nanos,
            WALL_OFFSET_NANOS + boot * NANOS_BETWEEN_BOOTS);
    return fields.containsKey("quiet") ? loud.quieted() : loud;
  }

  private static int cpu(String source) {
    return switch (source) {
      case "agent" -> Header.AGENT_CPU;
      case "snapshot" -> Header.SNAPSHOT_CPU;
      default -> Integer.parseInt(source.substring("cpu".length()));
    };
  }

  private Fact fact(String kind, long nanos, Map<String, String> fields) {
    return switch (kind) {
      case "fork" -> forked(nanos, fields);
      case "exec" -> executed(fields);
      case "exit" -> exited(fields);
      case "seen" -> seen(fields);
      case "exec_failed" -> new Fact.ExecFailed(actor(fields), executable(fields), 2);
      case "signal" ->
          new Fact.Signalled(
              actor(fields),
              task(fields.get("target")),
              (int) number(fields, "signal"),
              fields.containsKey("kernel") ? 128 : 0,
              fields.containsKey("kernel") ? SignalOrigin.KERNEL : SignalOrigin.TASK);
      case "module_load" -> new Fact.ModuleLoaded(actor(fields), text(fields.get("name")), 0);
      case "module_unload" -> new Fact.ModuleUnloaded(actor(fields), text(fields.get("name")));
      case "module_load_failed" ->
          new Fact.ModuleLoadFailed(actor(fields), text(fields.get("name")), 2);
      case "audit_record" ->
          new Fact.AuditRecord(
              actor(fields),
              List.of(fields.get("type")),
              List.of(),
              Fact.AuditOutcome.UNKNOWN,
              1,
              text(fields.get("type")),
              false,
              Arguments.NONE);
      case "module_request" -> new Fact.ModuleRequested(actor(fields), text(fields.get("name")));
      case "module_seen" -> new Fact.ModuleSeen(text(fields.get("name")), 0);
      case "unrecognized" -> new Fact.Unrecognized(7, text("x"));
      case "snapshot_started" -> new Fact.SnapshotStarted();
      case "snapshot_finished" -> new Fact.SnapshotFinished(number(fields, "tasks"));
      case "agent_started" ->
          new Fact.AgentStarted("test", 99, nanos(fields.get("armed")), "test", 1 << 20);
      case "agent_stopping" -> new Fact.AgentStopping("test");
      case "heartbeat" ->
          new Fact.Heartbeat(List.of(), 0, 0, Fact.Shortfalls.NONE, Fact.Canary.NONE);
      case "lost" ->
          new Fact.EventsLost(
              cpu(fields.get("of")),
              number(fields, "first"),
              number(fields, "last"),
              List.of(),
              Fact.LossCause.RING_FULL,
              nanos(fields.get("from")),
              nanos(fields.get("to")));
      default -> throw new IllegalArgumentException("no such kind: " + kind);
    };
  }

  private Fact forked(long nanos, Map<String, String> fields) {
    Actor creator = actor(fields);
    String[] child = fields.get("child").split("@", 2);
    TaskKey born =
        new TaskKey(Integer.parseInt(child[0]), child.length > 1 ? nanos(child[1]) : nanos);
    tasks.put(born.pid(), born);
    TaskKey parent = fields.containsKey("parent") ? task(fields.get("parent")) : creator.task();
    parents.put(born, parent);
    long flags = Long.decode(fields.getOrDefault("flags", "0"));
    return new Fact.Forked(creator, born, parent, flags, 1);
  }

  private Fact executed(Map<String, String> fields) {
    Actor actor = actor(fields);
    ByteText executable = executable(fields);
    return new Fact.Executed(
        actor,
        parent(actor, fields),
        Integer.parseInt(fields.getOrDefault("old_pid", "" + actor.task().pid())),
        new Image(executable, ByteText.EMPTY, executable, 8 << 20, 1, false, false),
        arguments(fields),
        new Place(text("/"), "", new Place.Namespaces(1, 2, 3, 4), 1));
  }

  private static Arguments arguments(Map<String, String> fields) {
    List<ByteText> values =
        fields.containsKey("args")
            ? Arrays.stream(fields.get("args").split(",")).map(EventLines::text).toList()
            : List.of();
    return new Arguments(values, values.size(), 0, false);
  }

  private Fact exited(Map<String, String> fields) {
    Actor actor = actor(fields);
    OptionalInt signal = optional(fields, "signal");
    OptionalInt code =
        signal.isPresent() ? OptionalInt.empty() : OptionalInt.of((int) number(fields, "code"));
    boolean oom = fields.containsKey("oom");
    return new Fact.Exited(actor, parent(actor, fields), code, signal, false, oom, 0, 0, 0);
  }

  private Fact seen(Map<String, String> fields) {
    Actor actor = actor(fields);
    boolean kernelThread = fields.containsKey("kernel_thread");
    return new Fact.TaskSeen(
            actor,
            parent(actor, fields),
            kernelThread ? ByteText.EMPTY : executable(fields),
            kernelThread || fields.containsKey("never_executed"),
            kernelThread,
            1)
        .with(arguments(fields));
  }

  private Actor actor(Map<String, String> fields) {
    return new Actor(
        task(fields.get("")),
        number(fields, "n"),
        text(fields.get("comm")),
        new Credentials(
            number(fields, "uid"),
            number(fields, "uid"),
            0,
            0,
            fields.containsKey("auid") ? number(fields, "auid") : Credentials.UNSET,
            Credentials.UNSET));
  }

  private TaskKey parent(Actor actor, Map<String, String> fields) {
    if (fields.containsKey("parent")) {
      parents.put(actor.task(), task(fields.get("parent")));
    }
    return parents.getOrDefault(actor.task(), TaskKey.ROOT);
  }

  /// `pid@start`, or the last task of that pid.
  private TaskKey task(String word) {
    String[] parts = word.split("@", 2);
    int pid = Integer.parseInt(parts[0]);
    if (parts.length > 1) {
      tasks.put(pid, new TaskKey(pid, nanos(parts[1])));
    }
    return pid == 0 ? TaskKey.ROOT : tasks.computeIfAbsent(pid, EventLines::unheardOf);
  }

  private static TaskKey unheardOf(int pid) {
    throw new IllegalArgumentException("since when? Say " + pid + "@seconds");
  }

  private static ByteText executable(Map<String, String> fields) {
    return text(fields.getOrDefault("exe", "/bin/" + fields.get("comm")));
  }

  /// `\xNN` is a byte.
  private static ByteText text(String word) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < word.length(); i++) {
      boolean escaped = word.startsWith("\\x", i);
      bytes.write(escaped ? Integer.parseInt(word, i + 2, i + 4, 16) : word.charAt(i));
      i += escaped ? 3 : 0;
    }
    return ByteText.of(bytes.toByteArray());
  }

  private static Map<String, String> fields(String[] words, int from) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String word : Arrays.asList(words).subList(from, words.length)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        fields.put(word.substring(0, equals), word.substring(equals + 1));
      } else {
        fields.put(Character.isLetter(word.charAt(0)) ? word : "", word);
      }
    }
    return fields;
  }

  private static FoldLimits limits(FoldLimits others, Map<String, String> fields) {
    FoldLimits limits = others;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      Bound bound = Bound.valueOf(field.getKey().toUpperCase(Locale.ROOT));
      String value = field.getValue();
      limits =
          limits.with(
              bound, bound.unit() == Bound.Unit.NANOS ? nanos(value) : Long.parseLong(value));
    }
    return limits;
  }

  private static OptionalInt optional(Map<String, String> fields, String name) {
    return fields.containsKey(name)
        ? OptionalInt.of(Integer.parseInt(fields.get(name)))
        : OptionalInt.empty();
  }

  private static long number(Map<String, String> fields, String name) {
    return Long.parseLong(fields.getOrDefault(name, "0"));
  }

  private static long nanos(String seconds) {
    return new BigDecimal(seconds).movePointRight(9).longValueExact();
  }
}
