package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.Completeness;
import io.tasktrail.event.Fact;
import io.tasktrail.event.History;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.history.InMemoryHostState;
import io.tasktrail.loopback.LoopbackProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Debian with systemd, armed in its initramfs, boots three times from one disk: armed by the
/// script of initramfs-tools and by the unit of dracut while there is no Kafka at all, then by the
/// loader as the init of initramfs-tools, with Kafka once somebody is logged in. How the disk is
/// made stands in `src/test/boot/build`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BootIT {

  private static final Path WORK = Path.of("target/boot").toAbsolutePath();
  private static final Path KERNELS = Path.of("/boot");
  private static final Duration SOON = Duration.ofMinutes(4);
  private static final long BUILD_SECONDS = 280;

  /// Of the class path what tests alone need; it would make the disk larger.
  private static final String TESTS_ONLY =
      ".*/(scala-|byte-buddy|kafka_|kafka-(?!clients)|assertj|junit|awaitility|rocksdb|log4j-core)"
          + ".*|.*/test-classes";

  private static final String AGENT_READS =
      "until journalctl -b -u tasktrail-agent | grep -q 'AgentRole - reading'; do sleep 1; done";

  private static final String AGENT_SPOOLS =
      "until ls /var/lib/tasktrail/spool/*.avro > /dev/null 2>&1; do sleep 1; done";

  private static final String END_OF_TRACE =
      "echo 0 > /sys/kernel/tracing/tracing_on; cp /sys/kernel/tracing/trace /var/tmp/trace;"
          + " tasktrail-arm --status > /var/tmp/status; /usr/bin/env marker=traced true";

  private LoopbackProcess kafka;
  private TaskEventsTopic topic;
  private final Map<Boot, Seen> boots = new LinkedHashMap<>();

  /// A boot, by how it is armed.
  enum Boot {
    SCRIPT("initramfs, init-top", "initrd-script"),
    DRACUT("initramfs, dracut", "initrd-dracut"),
    INIT("initramfs, as init", "initrd-init");

    private final String how;
    private final String initrd;

    Boot(String how, String initrd) {
      this.how = how;
      this.initrd = initrd;
    }
  }

  /// What is known of one afterwards.
  private record Seen(
      BootTrace trace, String status, List<TaskEvent> events, List<AuditEvent> told) {

    long armedNanos() {
      return all(Fact.AgentStarted.class).getFirst().armedNanos();
    }

    <F extends Fact> List<F> all(Class<F> kind) {
      return events.stream().map(TaskEvent::fact).filter(kind::isInstance).map(kind::cast).toList();
    }

    List<AuditEvent> execs() {
      return told.stream().filter(each -> each.event().fact() instanceof Fact.Executed).toList();
    }
  }

  @BeforeAll
  void bootThreeTimes() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    for (String tool :
        List.of("qemu-system-x86_64", "mmdebstrap", "mke2fs", "debugfs", "busybox", "unshare")) {
      assumeTrue(
          isInPath(tool),
          "skipped: no "
              + tool
              + "; apt install qemu-system-x86 mmdebstrap e2fsprogs busybox-static");
    }
    String version = kernelVersion();
    Files.createDirectories(WORK);
    kafka = LoopbackProcess.start(Files.createTempDirectory(WORK, "kafka"));
    Map<String, Object> connection =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "schema.registry.url",
            kafka.registryUrl());
    TaskEventsTopic.create(connection).close();
    kafka.kill();
    int broker = Integer.parseInt(kafka.bootstrapServers().replaceFirst(".*:", ""));
    int registry = URI.create(kafka.registryUrl()).getPort();
    build(version, broker, registry);
    bootWithoutKafka(Boot.SCRIPT);
    bootWithoutKafka(Boot.DRACUT);
    bootWithKafka(connection, List.of(broker, registry));
    fold();
    print();
  }

  @AfterAll
  void stop() {
    if (topic != null) {
      topic.close();
    }
    if (kafka != null) {
      kafka.close();
    }
  }

  private static boolean isInPath(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(dir -> Files.isExecutable(Path.of(dir, tool)));
  }

  private static String kernelVersion() throws IOException {
    try (Stream<Path> files = Files.exists(KERNELS) ? Files.list(KERNELS) : Stream.empty()) {
      List<String> versions =
          files
              .map(path -> path.getFileName().toString())
              .filter(name -> name.matches("vmlinuz-6\\.1\\..*-amd64"))
              .map(name -> name.substring("vmlinuz-".length()))
              .sorted()
              .toList();
      assumeTrue(!versions.isEmpty(), "skipped: no 6.1 kernel; apt install linux-image-amd64");
      return versions.getLast();
    }
  }

  private static void build(String version, int broker, int registry) throws Exception {
    String classPath =
        Stream.of(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator, -1))
            .filter(entry -> !entry.matches(TESTS_ONLY))
            .collect(Collectors.joining(File.pathSeparator));
    ProcessBuilder build =
        new ProcessBuilder(
            "src/test/boot/build",
            version,
            classPath,
            WORK.toString(),
            Integer.toString(broker),
            Integer.toString(registry));
    build.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Path said = WORK.resolve("build.log");
    Process running = build.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    boolean ended = running.waitFor(BUILD_SECONDS, TimeUnit.SECONDS);
    assertThat(ended && running.exitValue() == 0).as(Files.readString(said)).isTrue();
  }

  private static void bootWithoutKafka(Boot boot) throws Exception {
    try (Guest guest = Guest.boot(WORK, boot.initrd, List.of())) {
      guest.logIn();
      guest.run(AGENT_READS);
      guest.run(END_OF_TRACE);
      guest.run(AGENT_SPOOLS);
      guest.type("reboot");
      guest.awaitOff();
    }
    takeFromDisk(boot);
  }

  private void bootWithKafka(Map<String, Object> connection, List<Integer> ports) throws Exception {
    try (Guest guest = Guest.boot(WORK, Boot.INIT.initrd, ports)) {
      guest.logIn();
      guest.run(AGENT_READS);
      guest.run(END_OF_TRACE);
      kafka = kafka.restart();
      topic = new TaskEventsTopic(connection);
      await()
          .atMost(SOON)
          .until(() -> isTraced(bootIds().size() == 3 ? eventsOf(bootIds().getLast()) : List.of()));
      guest.type("poweroff");
      guest.awaitOff();
    }
    takeFromDisk(Boot.INIT);
  }

  private static boolean isTraced(List<TaskEvent> events) {
    return events.stream()
        .map(TaskEvent::fact)
        .anyMatch(
            fact ->
                fact instanceof Fact.Executed exec
                    && exec.arguments().values().toString().contains("marker=traced"));
  }

  private List<BootId> bootIds() {
    return topic.events().stream().map(each -> each.header().boot()).distinct().toList();
  }

  private List<TaskEvent> eventsOf(BootId id) {
    return topic.events().stream().filter(each -> each.header().boot().equals(id)).toList();
  }

  /// Takes what the guest left on its disk.
  private static void takeFromDisk(Boot boot) throws Exception {
    for (String file : List.of("trace", "status")) {
      Process dump =
          new ProcessBuilder(
                  "debugfs",
                  "-R",
                  "dump /var/tmp/%s %s-%s".formatted(file, boot.initrd, file),
                  "disk")
              .directory(WORK.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(dump.waitFor()).isZero();
    }
  }

  private void fold() throws IOException {
    topic.all();
    Fold fold = new Fold(FoldLimits.DEFAULT);
    InMemoryHostState host = new InMemoryHostState();
    List<AuditEvent> told = new ArrayList<>();
    topic.events().forEach(event -> told.addAll(fold.apply(host, event)));
    keep(Boot.SCRIPT, bootIds().getFirst(), told);
    keep(Boot.DRACUT, bootIds().get(1), told);
    keep(Boot.INIT, bootIds().getLast(), told);
  }

  private void keep(Boot boot, BootId id, List<AuditEvent> told) throws IOException {
    boots.put(
        boot,
        new Seen(
            BootTrace.parse(Files.readAllLines(WORK.resolve(boot.initrd + "-trace"))),
            Files.readString(WORK.resolve(boot.initrd + "-status")),
            eventsOf(id),
            told.stream().filter(each -> each.event().header().boot().equals(id)).toList()));
  }

  private void print() {
    boots.forEach(
        (boot, seen) -> {
          System.out.printf(
              "%n%s: armed at boot + %.3f s, %d programs had been executed before%n",
              boot.how, seen.armedNanos() / 1e9, seen.trace().execsUpTo(seen.armedNanos()));
          System.out.printf(
              "  %d events, %d forks, execs and exits compared with the kernel's own trace%n",
              seen.events().size(), seen.trace().countAfter(seen.armedNanos()));
          System.out.println("  the login shell: " + text(loginShell(seen)));
          System.out.println("  the last of it:  " + text(lastOfLogin(seen)));
        });
  }

  private static History historyOf(AuditEvent exec) {
    return exec.task().orElseThrow().history();
  }

  private static String text(AuditEvent exec) {
    History history = historyOf(exec);
    return history.links().stream()
        .map(link -> link.comm().toString())
        .collect(
            Collectors.joining(
                " => ",
                "",
                " (%s, missing_links=%d, exec count %d)"
                    .formatted(
                        history.completeness(), history.missingLinks(), history.execCount())));
  }

  private static AuditEvent loginShell(Seen seen) {
    return seen.execs().stream()
        .filter(
            exec ->
                ((Fact.Executed) exec.event().fact())
                    .arguments()
                    .values()
                    .toString()
                    .equals("[-bash]"))
        .findFirst()
        .orElseThrow();
  }

  private static AuditEvent lastOfLogin(Seen seen) {
    return seen.execs().stream()
        .filter(
            exec ->
                historyOf(exec).links().stream()
                    .anyMatch(link -> link.comm().toString().equals("login")))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Boot.class)
  void isArmedBeforeTheRealInit(Boot boot) {
    assertThat(boots.get(boot).status()).contains("armed: ").contains(" by " + boot.how + ",");
  }

  @ParameterizedTest
  @EnumSource(Boot.class)
  void historyOfTheLoginShellIsWhole(Boot boot) {
    AuditEvent shell = loginShell(boots.get(boot));

    assertThat(historyOf(shell).completeness()).isEqualTo(Completeness.WHOLE);
    assertThat(historyOf(shell).missingLinks()).isZero();
    assertThat(text(shell)).containsPattern(" => (init|systemd) => agetty => login => bash \\(");
  }

  @ParameterizedTest
  @EnumSource(Boot.class)
  void noHistoryLacksALink(Boot boot) {
    assertThat(boots.get(boot).execs())
        .allSatisfy(exec -> assertThat(historyOf(exec).missingLinks()).isZero());
  }

  @ParameterizedTest
  @EnumSource(Boot.class)
  void noSequenceIsMissing(Boot boot) {
    Seen seen = boots.get(boot);
    Numbers numbers = Numbers.of(seen.events());

    assertThat(seen.all(Fact.EventsLost.class)).isEmpty();
    for (int cpu :
        seen.events().stream()
            .map(event -> event.header().cpu())
            .collect(Collectors.toCollection(TreeSet::new))) {
      assertThat(numbers.unsaid(cpu, numbers.published(cpu).last())).as("cpu %d", cpu).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Boot.class)
  void kernelsOwnTraceSaysTheSame(Boot boot) {
    Seen seen = boots.get(boot);

    assertThat(seen.trace().isWhole()).isTrue();
    assertThat(seen.trace().countAfter(seen.armedNanos())).isGreaterThan(300);
    assertThat(seen.trace().notIn(seen.events(), seen.armedNanos())).isEmpty();
    assertThat(seen.trace().lacks(seen.events(), seen.armedNanos())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Boot.class, names = "INIT", mode = EnumSource.Mode.EXCLUDE)
  void rebootIsTheLastThingOfItsBootAndSpooledForTheNext(Boot boot) {
    Seen seen = boots.get(boot);
    AuditEvent reboot = lastOfLogin(seen);

    assertThat(historyOf(reboot).image().comm()).hasToString("reboot");
    assertThat(historyOf(reboot).completeness()).isEqualTo(Completeness.WHOLE);
    assertThat(seen.all(Fact.AgentStopping.class)).hasSize(1);
  }
}
