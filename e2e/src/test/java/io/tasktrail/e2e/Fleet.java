package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tasktrail.loopback.LoopbackProcess;
import io.tasktrail.wire.Topics;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// The roles as processes of their own, started by `./tasktrail` against one broker and registry; a
/// capture with pins of its own.
final class Fleet implements AutoCloseable {

  private static final Duration ENDING = Duration.ofSeconds(40);
  private static final Duration CHECKING = Duration.ofMinutes(2);
  private static final Duration STARTING = Duration.ofMinutes(1);
  private static final int PARTITIONS = 2;
  private static final Map<String, String> TOPICS =
      Map.of("topics.partitions", Integer.toString(PARTITIONS), "replication.factor", "1");
  private static final Pattern RING_USED = Pattern.compile("ring: (\\d+) of");
  private static final long ROOM_FOR_SOME = 64 << 10;

  private final Path folder;
  private LoopbackProcess kafka;
  private final String pin = "/sys/fs/bpf/tasktrail-e2e-" + ProcessHandle.current().pid();
  private final List<Process> roles = new ArrayList<>();
  private int started;
  private boolean isArmed;

  private Fleet(Path folder, LoopbackProcess kafka) {
    this.folder = folder;
    this.kafka = kafka;
  }

  /// Starts broker, registry, streams and a sink that writes [#audit]; arms a capture.
  static Fleet start(Path folder, long ringBytes) throws IOException {
    Fleet fleet = startWithoutCapture(folder);
    fleet.arm(ringBytes);
    return fleet;
  }

  /// Starts broker and registry, makes the topics, and arms a capture.
  static Fleet startWithoutStreams(Path folder, long ringBytes) throws IOException {
    Fleet fleet = new Fleet(folder, LoopbackProcess.start(folder.resolve("kafka")));
    var made = Launcher.run(STARTING, Launcher.command(fleet.words("topics", TOPICS, "--create")));
    assertThat(made.status()).as(made.err()).isZero();
    fleet.arm(ringBytes);
    return fleet;
  }

  private void arm(long ringBytes) {
    arm("--ring", Long.toString(ringBytes), "--how", "e2e");
    isArmed = true;
  }

  /// The same without a capture.
  static Fleet startWithoutCapture(Path folder) throws IOException {
    Fleet fleet = new Fleet(folder, LoopbackProcess.start(folder.resolve("kafka")));
    fleet.streams();
    fleet.awaitTopics();
    fleet.role(
        "sink", Map.of("sink.file.path", fleet.audit().toString(), "http.listen", "127.0.0.1:0"));
    return fleet;
  }

  /// Starts the streams role.
  void streams() throws IOException {
    Map<String, String> settings = new TreeMap<>(TOPICS);
    settings.put("state.dir", folder.resolve("state").toString());
    role("streams", settings);
  }

  /// The broker and the registry, to be killed or frozen.
  LoopbackProcess kafka() {
    return kafka;
  }

  /// Starts both again, where they were.
  void restartKafka() throws IOException {
    kafka = kafka.restart();
  }

  /// The streams role makes the topics; a sink without one ends at once.
  private void awaitTopics() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> admin.listTopics().names().get().contains(Topics.AUDIT_EVENTS));
    }
  }

  /// Where the sink writes.
  Path audit() {
    return folder.resolve("audit-events.ecs.jsonl");
  }

  /// A new agent on the capture; the launcher executes it, so the pid is the agent's.
  Process agent() throws IOException {
    return agent(Map.of());
  }

  /// The same with more settings.
  Process agent(Map<String, String> more) throws IOException {
    Map<String, String> settings = new TreeMap<>(more);
    settings.put("capture.pin", pin);
    settings.put("spool.dir", spool().toString());
    return role("agent", settings);
  }

  /// Where agents spool.
  Path spool() {
    return folder.resolve("spool");
  }

  /// A new agent that reads records of audit.
  Process auditAgent(Map<String, String> settings) throws IOException {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("capture.source", "audit");
    all.put("http.listen", "off");
    all.put("spool.dir", spool().toString());
    return role("agent", all);
  }

  /// What listens to the proc connector, and a new agent that reads it.
  Process procAgent() throws IOException {
    Map<String, String> all =
        Map.of(
            "capture.source",
            "proc",
            "http.listen",
            "off",
            "proc.state",
            folder.resolve("proc").toString(),
            "spool.dir",
            spool().toString());
    return start("agent", List.of(Launcher.HOME.resolve(Launcher.LISTENER).toString(), "--"), all);
  }

  /// What an agent needs to publish to this fleet, as a file of settings.
  String connection() {
    return "bootstrap.servers="
        + kafka.bootstrapServers()
        + "\nschema.registry.url="
        + kafka.registryUrl();
  }

  private String[] words(String name, Map<String, String> settings, String... options) {
    List<String> words = new ArrayList<>(List.of(name));
    words.addAll(List.of(options));
    Map<String, String> all = new TreeMap<>(settings);
    all.put("bootstrap.servers", kafka.bootstrapServers());
    all.put("schema.registry.url", kafka.registryUrl());
    all.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    return words.toArray(String[]::new);
  }

  private Process role(String name, Map<String, String> settings) throws IOException {
    return start(name, List.of(), settings);
  }

  /// @param prefix what starts the role
  private Process start(String name, List<String> prefix, Map<String, String> settings)
      throws IOException {
    File log = folder.resolve(name + "-" + started++ + ".log").toFile();
    List<String> command = new ArrayList<>(prefix);
    command.addAll(Launcher.command(words(name, settings)).command());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    roles.add(process);
    return process;
  }

  /// Ends an agent in good order.
  static void stop(Process agent) throws InterruptedException {
    agent.destroy();
    assertThat(agent.waitFor(ENDING.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    assertThat(agent.exitValue()).isZero();
  }

  /// Waits until the checker, which is not Java, finds every promise kept and this many lines of
  /// these actions and this executable in the file.
  JsonNode awaitKeptPromises(Path executable, Map<String, Integer> counts) {
    List<JsonNode> checked = new ArrayList<>();
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              AuditLog theirs =
                  AuditLog.read(audit(), executable.toString())
                      .where(
                          line ->
                              line.at("/process/executable")
                                  .asText()
                                  .equals(executable.toString()));
              counts.forEach(
                  (action, count) ->
                      assertThat(theirs.action(action).count()).as(action).isEqualTo(count));
              checked.add(check(CHECKING));
            });
    return checked.getLast();
  }

  /// Waits until the checker finds every promise kept.
  JsonNode awaitChecked(Duration atMost) {
    List<JsonNode> checked = new ArrayList<>();
    await()
        .atMost(atMost)
        .pollInterval(Duration.ofSeconds(3))
        .untilAsserted(() -> checked.add(check(atMost)));
    return checked.getLast();
  }

  /// What the checker says, which must find every promise kept.
  JsonNode check(Duration atMost) throws IOException {
    Path checker = Launcher.HOME.resolve("e2e/target/checker/check.mjs");
    var ended =
        Launcher.run(
            atMost,
            new ProcessBuilder(
                "node", checker.toString(), kafka.bootstrapServers(), kafka.registryUrl()));
    assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
    return new ObjectMapper().readTree(ended.out());
  }

  /// Waits until an agent reads the ring: before that, what others do on this machine may fill it.
  void awaitReader(Process agent) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> arm("--status").contains("read by pid " + agent.pid() + " "));
    awaitRoomInTheRing();
  }

  /// Waits until something of an agent is in Kafka: then the registry has told it its schema, too.
  void awaitPublished() {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      ends.put(new TopicPartition(Topics.TASK_EVENTS, partition), OffsetSpec.latest());
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  admin.listOffsets(ends).all().get().values().stream()
                      .anyMatch(end -> end.offset() > 0));
    }
  }

  /// Waits until the ring, which was full, has room again for what is to be captured next.
  void awaitRoomInTheRing() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              Matcher used = RING_USED.matcher(arm("--status"));
              return used.find() && Long.parseLong(used.group(1)) < ROOM_FOR_SOME;
            });
  }

  private String arm(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Launcher.HOME.resolve(Launcher.LOADER).toString());
    command.addAll(List.of("--pin", pin));
    command.addAll(List.of(options));
    var ended = Launcher.run(ENDING, new ProcessBuilder(command));
    assertThat(ended.status()).as(ended.err()).isZero();
    return ended.out();
  }

  @Override
  public void close() throws IOException {
    if (isArmed) {
      arm("--remove");
    }
    for (Process role : roles.reversed()) {
      role.destroyForcibly();
    }
    kafka.close();
  }

  /// What the roles said, for the report of a failure.
  String said() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var logs = Files.newDirectoryStream(folder, "*.log")) {
      for (Path log : logs) {
        all.append(log.getFileName()).append(":\n").append(Files.readString(log)).append('\n');
      }
    }
    return all.toString();
  }
}
