package io.tasktrail.packages;

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
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The package on a Debian that really runs, with systemd. It is installed, upgraded and downgraded
/// while a broker takes what it publishes; then the host boots twice: armed by the initramfs that
/// the host itself made, while there is no Kafka at all, and by the loader as the init of
/// initramfs-tools, with Kafka once somebody is logged in; there the package is erased. A copy of
/// the host is armed by the unit of dracut, and never has Kafka: what it spooled is on its disk.
/// How the first disk is made stands in `src/test/boot/disk`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BootIT {

  private static final Path WORK = Path.of("target/boot").toAbsolutePath();
  private static final String DISK = "disk";
  private static final Path KERNELS = Path.of("/boot");
  private static final Duration SOON = Duration.ofMinutes(10);
  private static final List<String> LEFT_BY_INSTALLATION =
      List.of(
          "installed",
          "upgraded",
          "count",
          "unit",
          "security",
          "journal",
          "manual",
          "completion",
          "update-initramfs");

  private static final String AGENT_READS =
      "until journalctl -b -u tasktrail-agent | grep -q 'AgentRole - reading'; do sleep 1; done";

  private static final String SPOOL = "/var/lib/tasktrail/spool";

  private static final String AGENT_SPOOLS =
      "until ls " + SPOOL + "/*.avro > /dev/null 2>&1; do sleep 1; done";

  private static final String END_OF_TRACE =
      "echo 0 > /sys/kernel/tracing/tracing_on; cp /sys/kernel/tracing/trace /var/tmp/trace;"
          + " tasktrail-arm --status > /var/tmp/status; /usr/bin/env marker=traced true";

  private LoopbackProcess kafka;
  private TaskEventsTopic topic;
  private Map<String, Duration> stages;
  private Captured whileInstalled;
  private final Map<Boot, Seen> boots = new LinkedHashMap<>();

  /// A boot, by how it is armed.
  enum Boot {
    SCRIPT("initramfs, init-top", "initrd-script", DISK),
    DRACUT("initramfs, dracut", "initrd-dracut", "disk-copy"),
    INIT("initramfs, as init", "initrd-init", DISK);

    private final String how;
    private final String initrd;
    private final String disk;

    Boot(String how, String initrd, String disk) {
      this.how = how;
      this.initrd = initrd;
      this.disk = disk;
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
  void installAndBoot() throws Exception {
    Needs.root();
    for (String tool :
        List.of(
            "qemu-system-x86_64",
            "mmdebstrap",
            "mke2fs",
            "debugfs",
            "busybox",
            "unshare",
            "rpmbuild",
            "rpmsign",
            "gpg")) {
      Needs.command(tool);
    }
    String version = kernelVersion();
    Files.createDirectories(WORK);
    kafka = LoopbackProcess.start(Files.createTempDirectory(WORK, "kafka"));
    topic =
        TaskEventsTopic.create(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "schema.registry.url",
                kafka.registryUrl()));
    List<Integer> ports =
        List.of(
            Integer.parseInt(kafka.bootstrapServers().replaceFirst(".*:", "")),
            URI.create(kafka.registryUrl()).getPort());
    makeDisk(version, ports);
    try (Beside initramfs = Beside.of(() -> makeInitramfs(version))) {
      install(version, ports);
      initramfs.get();
    }
    kafka.kill();
    copy(DISK, Boot.DRACUT.disk);
    bothWithoutKafka(Boot.SCRIPT, Boot.DRACUT);
    bootWithKafka(ports);
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

  private static void makeDisk(String version, List<Integer> ports) throws Exception {
    Built built = Built.shared();
    try (Beside debian = Beside.of(DebianRoot::archive);
        Beside next = Beside.of(() -> built.rpm(Built.NEW, "agent"))) {
      List<String> words =
          new ArrayList<>(List.of("src/test/boot/disk", version, DebianRoot.ARCHIVE.toString()));
      words.add(built.rpm(Built.OLD, "agent").toString());
      next.get();
      words.add(built.rpm(Built.NEW, "agent").toString());
      words.add(WORK.toString());
      ports.forEach(port -> words.add(Integer.toString(port)));
      debian.get();
      make("disk", words);
    }
  }

  private static Path makeInitramfs(String version) throws IOException {
    String rpm = Built.shared().rpm(Built.OLD, "agent").toString();
    make("initramfs", List.of("src/test/boot/initramfs", version, rpm, WORK.toString()));
    return WORK;
  }

  private static void make(String what, List<String> words) throws IOException {
    Command.Ended ended = Command.run(words.toArray(String[]::new));
    Files.writeString(WORK.resolve(what + ".log"), ended.text());
    ended.done();
  }

  private void install(String version, List<Integer> ports) throws Exception {
    try (Guest guest = Guest.boot(WORK, DISK, "initrd-plain", ports)) {
      stages =
          new Installation(guest, topic)
              .run(
                  List.of(
                      "bootstrap.servers=" + kafka.bootstrapServers(),
                      "schema.registry.url=" + kafka.registryUrl(),
                      "spool.bytes.free=0",
                      "stop.timeout=25s"));
      guest.type("reboot");
      guest.awaitOff();
    }
    whileInstalled = new Captured(topic.all());
    takeFromDisk(DISK, "/boot/initrd.img-" + version, Boot.SCRIPT.initrd);
    for (String file : LEFT_BY_INSTALLATION) {
      takeFromDisk(DISK, "/var/tmp/" + file, file);
    }
  }

  private static void copy(String disk, String to) {
    Command.run("cp", "--sparse=always", WORK.resolve(disk).toString(), WORK.resolve(to).toString())
        .done();
  }

  /// At the same time: each of them is busy with one processor most of the time.
  private static void bothWithoutKafka(Boot one, Boot other) throws Exception {
    try (Beside first = Beside.of(() -> bootWithoutKafka(one))) {
      bootWithoutKafka(other);
      first.get();
    }
  }

  private static Boot bootWithoutKafka(Boot boot) throws Exception {
    try (Guest guest = Guest.boot(WORK, boot.disk, boot.initrd, List.of())) {
      guest.logIn();
      guest.run(AGENT_READS);
      guest.run(END_OF_TRACE);
      guest.run(AGENT_SPOOLS);
      guest.type("reboot");
      guest.awaitOff();
    }
    takeTrace(boot);
    return boot;
  }

  private void bootWithKafka(List<Integer> ports) throws Exception {
    try (Guest guest = Guest.boot(WORK, Boot.INIT.disk, Boot.INIT.initrd, ports)) {
      guest.logIn();
      guest.run(AGENT_READS);
      guest.run(END_OF_TRACE);
      kafka = kafka.restart();
      await()
          .atMost(SOON)
          .until(
              () ->
                  bootIds().size() == 3
                      && Installation.hasMarker(eventsOf(bootIds().getLast()), "traced"));
      guest.run("erase");
      guest.type("poweroff");
      guest.awaitOff();
    }
    takeTrace(Boot.INIT);
    takeFromDisk(DISK, "/var/tmp/erase-said", "erase-said");
    takeFromDisk(DISK, "/var/tmp/erased", "erased");
  }

  private List<BootId> bootIds() {
    return topic.events().stream().map(each -> each.header().boot()).distinct().toList();
  }

  private List<TaskEvent> eventsOf(BootId id) {
    return topic.events().stream().filter(each -> each.header().boot().equals(id)).toList();
  }

  private static void takeTrace(Boot boot) {
    takeFromDisk(boot.disk, "/var/tmp/trace", boot.initrd + "-trace");
    takeFromDisk(boot.disk, "/var/tmp/status", boot.initrd + "-status");
  }

  /// Takes a file that the guest left on its disk.
  private static void takeFromDisk(String disk, String path, String as) {
    debugfs(disk, "dump %s %s".formatted(path, WORK.resolve(as)));
  }

  private static void debugfs(String disk, String request) {
    Command.run("debugfs", "-R", request, WORK.resolve(disk).toString()).done();
  }

  /// What a guest spooled, and nobody has sent.
  private static List<TaskEvent> spooledOn(String disk) throws IOException {
    Path to = WORK.resolve(disk + "-spool");
    Command.run("rm", "-rf", to.toString()).done();
    Files.createDirectory(to);
    debugfs(disk, "rdump %s %s".formatted(SPOOL, to));
    try (Stream<Path> files = Files.list(to.resolve("spool"))) {
      return Captured.of(files.filter(file -> file.toString().endsWith(".avro")).sorted().toList())
          .events();
    }
  }

  private static String left(String file) throws IOException {
    return Files.readString(WORK.resolve(file));
  }

  private void fold() throws IOException {
    List<TaskEvent> sent = topic.all();
    keep(Boot.SCRIPT, sent, bootIds().get(1));
    keep(Boot.INIT, sent, bootIds().getLast());
    List<TaskEvent> spooled = spooledOn(Boot.DRACUT.disk);
    keep(Boot.DRACUT, spooled, spooled.getLast().header().boot());
  }

  private void keep(Boot boot, List<TaskEvent> events, BootId id) throws IOException {
    Fold fold = new Fold(FoldLimits.DEFAULT);
    InMemoryHostState host = new InMemoryHostState();
    List<AuditEvent> told = new ArrayList<>();
    events.forEach(event -> told.addAll(fold.apply(host, event)));
    boots.put(
        boot,
        new Seen(
            BootTrace.parse(left(boot.initrd + "-trace").lines().toList()),
            left(boot.initrd + "-status"),
            events.stream().filter(each -> each.header().boot().equals(id)).toList(),
            told.stream().filter(each -> each.event().header().boot().equals(id)).toList()));
  }

  private void print() {
    System.out.printf("%nthe package on a running host (emulated: no figure of a real one):%n");
    stages.forEach(
        (stage, took) -> System.out.printf("  %-45s %6.1f s%n", stage, took.toMillis() / 1e3));
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

    assertThat(seen.all(Fact.EventsLost.class)).isEmpty();
    assertThat(new Captured(seen.events()).missing()).isEmpty();
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

  @Test
  void installingStartsNothing() throws IOException {
    assertThat(left("installed").lines()).containsExactly("disabled", "disabled");
  }

  @Test
  void unitsRunAsAUserOfTheirOwnWithoutAnyCapability() throws IOException {
    assertThat(left("unit").lines())
        .contains("enabled", "active", "tasktrail tasktrail")
        .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1")
        .doesNotContain("disabled", "inactive", "failed");
    assertThat(left("security")).contains("exit status 0");
  }

  @Test
  void noNumberIsMissingThroughUpgradeAndDowngrade() throws IOException {
    int executed = Integer.parseInt(left("count").strip());

    assertThat(left("upgraded")).contains("-2.x86_64");
    assertThat(whileInstalled.captures()).isEqualTo(3);
    assertThat(whileInstalled.execsOf("/usr/bin/marked")).hasSize(executed).doesNotHaveDuplicates();
    assertThat(whileInstalled.missing()).isEmpty();
  }

  @Test
  void logsAreInTheJournal() throws IOException {
    assertThat(left("journal"))
        .contains("INFO AgentRole - reading /sys/fs/bpf/tasktrail")
        .contains("Stopped tasktrail-agent.service", "Started tasktrail-agent.service")
        .doesNotContain("Failed with result");
  }

  @Test
  void manualsAndCompletionAreFound() throws IOException {
    assertThat(left("manual"))
        .contains("tasktrail - ", "bootstrap.servers")
        .doesNotContain("No manual entry");
    assertThat(left("completion"))
        .contains("complete -F _tasktrail tasktrail", "tasktrail doc: doctor");
  }

  @Test
  void initramfsIsMadeByTheHostItself() throws IOException {
    assertThat(left("update-initramfs")).contains("Generating").doesNotContain("W: tasktrail");
  }

  @Test
  void erasingLeavesNothingButEditedSettingsAndEventsOfTheSpool() throws IOException {
    assertThat(left("erase-said")).endsWith("exit status 0\n");
    assertThat(left("erased").lines().filter(line -> !line.startsWith("/var/lib/tasktrail")))
        .containsExactly(
            "/etc/tasktrail",
            "/etc/tasktrail/agent.d",
            "/etc/tasktrail/agent.d/site.properties",
            "/etc/tasktrail/agent.properties.rpmsave");
    assertThat(left("erased").lines().filter(line -> line.startsWith("/var/lib/tasktrail/")))
        .allMatch(line -> line.matches(".*/spool(/spool-\\d+\\.avro)?"));
  }
}
