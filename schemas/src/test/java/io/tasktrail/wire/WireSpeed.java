package io.tasktrail.wire;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Birth;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Image;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.Omitted;
import io.tasktrail.event.Place;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.IntFunction;
import org.apache.kafka.common.serialization.Serde;

/// What writing and reading costs: run by hand, on a quiet machine. Prints nanoseconds of processor
/// time, the best of some runs, and bytes per record for a mix of forks, execs and exits in equal
/// parts, of tasks with 8 links.
final class WireSpeed {

  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
  private static final int RECORDS = 3 * 1024;
  private static final int ROUNDS = 600;
  private static final int RUNS = 5;
  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "mock://wire-speed");

  private static final HostId HOST = new HostId(UUID.randomUUID());
  private static final BootId BOOT = new BootId(UUID.randomUUID());
  private static final CaptureId CAPTURE = new CaptureId(UUID.randomUUID());

  /// So that nothing is found to be in vain.
  private static Object last;

  private WireSpeed() {}

  public static void main(String[] args) {
    measureEvents();
    measureAudits();
    measureTasks();
    System.out.println(last.getClass().getSimpleName() + " was the last");
  }

  private static void measureEvents() {
    BinaryCodec<TaskEvent> codec = BinaryCodec.taskEvents();
    byte[][] bytes = new byte[RECORDS][];
    for (int i = 0; i < RECORDS; i++) {
      bytes[i] = codec.encode(event(i));
    }
    List<TaskEvent> events = new ArrayList<>();
    for (byte[] payload : bytes) {
      events.add(codec.decode(payload));
    }
    report("TaskEvent decode", mean(bytes), i -> codec.decode(bytes[i]));
    report("TaskEvent encode", mean(bytes), i -> codec.encode(events.get(i)));
    report("event id", 16, i -> events.get(i).header().eventId().uuid());
    try (Serde<TaskEvent> serde = WireFormat.taskEvents(REGISTRY)) {
      byte[][] framed = new byte[RECORDS][];
      for (int i = 0; i < RECORDS; i++) {
        framed[i] = serde.serializer().serialize("events", events.get(i));
      }
      report(
          "TaskEvent deserialize",
          mean(framed),
          i -> serde.deserializer().deserialize("events", framed[i]));
      report(
          "TaskEvent serialize",
          mean(framed),
          i -> serde.serializer().serialize("events", events.get(i)));
    }
  }

  private static void measureAudits() {
    List<AuditEvent> audits = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      audits.add(AuditEvent.of(event(i), audited(i)));
    }
    BinaryCodec<AuditEvent> codec = BinaryCodec.auditEvents();
    byte[][] bytes = new byte[RECORDS][];
    for (int i = 0; i < RECORDS; i++) {
      bytes[i] = codec.encode(audits.get(i));
    }
    report("AuditEvent encode", mean(bytes), i -> codec.encode(audits.get(i)));
    report("AuditEvent decode", mean(bytes), i -> codec.decode(bytes[i]));
    measureSplice(audits);
  }

  private static void measureSplice(List<AuditEvent> audits) {
    List<EnrichedEvent> enriched = new ArrayList<>();
    BinaryCodec<TaskEvent> codec = BinaryCodec.taskEvents();
    for (AuditEvent audit : audits) {
      byte[] payload = codec.encode(audit.event());
      enriched.add(
          new EnrichedEvent(audit, new ArrivedEvent(audit.event(), payload, 0, payload.length)));
    }
    try (var serializer = WireFormat.enrichedEvents(REGISTRY)) {
      report(
          "AuditEvent splice, tail with 8 links, serialize",
          0,
          i -> serializer.serialize("audits", enriched.get(i)));
    }
    AuditEventForm form = new AuditEventForm();
    AvroOutput out = new AvroOutput();
    report(
        "AuditEvent tail with 8 links",
        0,
        i -> {
          out.clear();
          form.writeRest(audits.get(i), out);
          return out;
        });
  }

  private static void measureTasks() {
    BinaryCodec<TaskHistory> codec = BinaryCodec.taskHistories();
    List<TaskHistory> tasks = new ArrayList<>();
    byte[][] bytes = new byte[RECORDS][];
    for (int i = 0; i < RECORDS; i++) {
      tasks.add(task(i));
      bytes[i] = codec.encode(tasks.get(i));
    }
    report("TaskHistory encode", mean(bytes), i -> codec.encode(tasks.get(i)));
    report("TaskHistory decode", mean(bytes), i -> codec.decode(bytes[i]));
  }

  private static int mean(byte[][] records) {
    long sum = 0;
    for (byte[] one : records) {
      sum += one.length;
    }
    return (int) (sum / records.length);
  }

  private static void report(String what, int bytes, IntFunction<?> work) {
    double best = Double.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      long start = CLOCK.getCurrentThreadCpuTime();
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < RECORDS; i++) {
          last = work.apply(i);
        }
      }
      best =
          Math.min(best, (CLOCK.getCurrentThreadCpuTime() - start) / (double) (ROUNDS * RECORDS));
    }
    System.out.printf("%-50s %7.0f ns %5d bytes%n", what, best, bytes);
  }

  private static TaskEvent event(int i) {
    Header header =
        new Header(
            HOST,
            "web-17.example.org",
            BOOT,
            CAPTURE,
            i % 8,
            1_000_000 + i,
            86_400_000_000_000L + i * 1_000_003L,
            1_790_000_000_000_000_000L);
    return new TaskEvent(header, fact(i));
  }

  private static Fact fact(int i) {
    Actor actor =
        new Actor(
            key(i),
            7,
            ByteText.of("java-worker"),
            new Credentials(1000, 1000, 1000, 1000, 1000, 42));
    return switch (i % 3) {
      case 0 -> new Fact.Forked(actor, key(i + 1), key(i), 0x0120_0011, 77_000);
      case 1 ->
          new Fact.Executed(
              actor,
              key(i - 1),
              4250,
              new Image(
                  ByteText.of("/usr/bin/x86_64-linux-gnu-gcc-12"),
                  ByteText.EMPTY,
                  ByteText.of("/usr/bin/x86_64-linux-gnu-gcc-12"),
                  8L << 20 | 1,
                  1_234_567,
                  false,
                  false),
              new Arguments(
                  List.of(
                      ByteText.of("gcc"),
                      ByteText.of("-O2"),
                      ByteText.of("-Wall"),
                      ByteText.of("-I/usr/local/include/project/headers"),
                      ByteText.of("-c"),
                      ByteText.of("src/main/c/some/where/file.c"),
                      ByteText.of("-o"),
                      ByteText.of("build/objects/some/where/file.o")),
                  8,
                  160,
                  false),
              new Place(
                  ByteText.of("/home/builder/project"),
                  "pts0",
                  new Place.Namespaces(4_026_531_836L, 4_026_531_841L, 4_026_531_840L, 1L << 32),
                  77_000));
      default ->
          new Fact.Exited(
              actor,
              key(i - 1),
              OptionalInt.of(0),
              OptionalInt.empty(),
              false,
              false,
              1_234_567,
              40_960,
              8192);
    };
  }

  private static TaskKey key(int i) {
    return new TaskKey(4000 + i, 86_300_000_000_000L + i * 1_000_003L);
  }

  private static AuditedTask audited(int i) {
    return new AuditedTask(
        new TaskId(HOST, BOOT, key(i)),
        TaskOrigin.OBSERVED,
        ByteText.of("cc\0-c\0main.c"),
        new AuditedTask.Parent(
            key(i - 1),
            ByteText.of("make"),
            ByteText.of("/usr/bin/make"),
            ByteText.of("make\0-j2\0all")),
        Optional.empty(),
        history(i));
  }

  private static TaskHistory task(int i) {
    return TaskHistory.born(
        new TaskId(HOST, BOOT, key(i)),
        new Birth(key(i - 1), 6),
        key(i - 1),
        ByteText.of("java-worker"),
        ByteText.of("gcc\0-O2\0-Wall\0-c\0file.c"),
        history(i));
  }

  private static History history(int i) {
    List<Link> links = new ArrayList<>();
    links.add(Link.ROOT);
    for (int link = 1; link < 8; link++) {
      links.add(
          new Link(
              link,
              key(i - 8 + link),
              ByteText.of("systemd-exec" + link),
              ByteText.of("/usr/lib/systemd/systemd-executor" + link),
              1000,
              1000,
              86_300_000_000_000L + i,
              LinkSource.EXECUTED));
    }
    return new History(links, Omitted.NONE, 7, List.of());
  }
}
