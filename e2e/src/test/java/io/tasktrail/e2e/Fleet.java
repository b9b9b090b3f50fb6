package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tasktrail.loopback.BrokerSettings;
import io.tasktrail.loopback.EmbeddedBroker;
import io.tasktrail.loopback.LoopbackPort;
import io.tasktrail.loopback.LoopbackRegistry;
import io.tasktrail.wire.Topics;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;

/// The roles as processes of their own, started by `./tasktrail` against one broker and registry; a
/// capture with pins of its own.
final class Fleet implements AutoCloseable {

  private static final Duration ENDING = Duration.ofSeconds(40);
  private static final Duration CHECKING = Duration.ofMinutes(2);
  private static final Pattern RING_USED = Pattern.compile("ring: (\\d+) of");
  private static final long ROOM_FOR_SOME = 64 << 10;

  private final Path folder;
  private final EmbeddedBroker broker;
  private final LoopbackRegistry registry;
  private final String pin = "/sys/fs/bpf/tasktrail-e2e-" + ProcessHandle.current().pid();
  private final List<Process> roles = new ArrayList<>();
  private int started;
  private boolean isArmed;

  private Fleet(Path folder, EmbeddedBroker broker, LoopbackRegistry registry) {
    this.folder = folder;
    this.broker = broker;
    this.registry = registry;
  }

  /// Starts broker, registry, streams and a sink that writes [#audit]; arms a capture.
  static Fleet start(Path folder, long ringBytes) throws IOException {
    Fleet fleet = startWithoutCapture(folder);
    fleet.arm("--ring", Long.toString(ringBytes), "--how", "e2e");
    fleet.isArmed = true;
    return fleet;
  }

  /// The same without a capture.
  static Fleet startWithoutCapture(Path folder) throws IOException {
    EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(folder.resolve("kafka")));
    Fleet fleet = new Fleet(folder, broker, LoopbackRegistry.start(LoopbackPort.free()));
    fleet.role(
        "streams",
        Map.of(
            "state.dir", folder.resolve("state").toString(),
            "topics.partitions", "2",
            "replication.factor", "1"));
    fleet.awaitTopics();
    fleet.role(
        "sink", Map.of("sink.file.path", fleet.audit().toString(), "http.listen", "127.0.0.1:0"));
    return fleet;
  }

  /// The streams role makes the topics; a sink without one ends at once.
  private void awaitTopics() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
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
    return role(
        "agent", Map.of("capture.pin", pin, "spool.dir", folder.resolve("spool").toString()));
  }

  /// A new agent that reads records of audit.
  Process auditAgent(Map<String, String> settings) throws IOException {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("capture.source", "audit");
    all.put("http.listen", "off");
    all.put("spool.dir", folder.resolve("spool").toString());
    return role("agent", all);
  }

  /// What an agent needs to publish to this fleet, as a file of settings.
  String connection() {
    return "bootstrap.servers="
        + broker.bootstrapServers()
        + "\nschema.registry.url="
        + registry.url();
  }

  private Process role(String name, Map<String, String> settings) throws IOException {
    List<String> words = new ArrayList<>(List.of(name));
    settings.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    words.addAll(List.of("--set", "bootstrap.servers=" + broker.bootstrapServers()));
    words.addAll(List.of("--set", "schema.registry.url=" + registry.url()));
    File log = folder.resolve(name + "-" + started++ + ".log").toFile();
    Process process =
        Launcher.command(words.toArray(String[]::new))
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
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
              checked.add(check());
            });
    return checked.getLast();
  }

  private JsonNode check() throws IOException {
    Path checker = Launcher.HOME.resolve("e2e/target/checker/check.mjs");
    var ended =
        Launcher.run(
            CHECKING,
            new ProcessBuilder(
                "node", checker.toString(), broker.bootstrapServers(), registry.url()));
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
    registry.close();
    broker.close();
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
