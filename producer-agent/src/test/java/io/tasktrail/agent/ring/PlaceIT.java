package io.tasktrail.agent.ring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.agent.place.Whereabouts;
import io.tasktrail.agent.ring.Recording.Family;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Fact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where processes of this machine are, who they act as, and with what arguments; needs root and
/// BPF.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaceIT {

  private static final String ID = "4f3c2b1a09876543".repeat(4);

  private TestCapture capture;
  private CaptureRing ring;
  private final Recording recording = new Recording();
  private final Whereabouts whereabouts = new Whereabouts(Accounts::nameOf);

  @BeforeAll
  void arm() {
    capture = TestCapture.arm(TestCapture.RING);
    ring = CaptureRing.open(capture.dir());
  }

  @AfterAll
  void disarm() {
    whereabouts.close();
    if (ring != null) {
      ring.close();
      capture.close();
    }
  }

  private Family run(String... command) {
    Shell.Ended ended = Shell.run(command);
    return recording.drain(ring).family(ended.pid());
  }

  private Fact.Executed runIn(TestCgroup cgroup) {
    return run(
            "/bin/sh",
            "-c",
            "echo $$ > \"$1/cgroup.procs\" && exec /bin/true",
            "sh",
            cgroup.path().toString())
        .lastExec();
  }

  private Fact.Executed completed(Fact.Executed exec) {
    return (Fact.Executed) whereabouts.read(exec, 0);
  }

  /// The longest path of all hierarchies: what `/proc/self/cgroup` says of each.
  private static String deepestOfProc() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
        .map(line -> line.split(":", 3)[2])
        .max(Comparator.comparingLong(path -> path.chars().filter(c -> c == '/').count()))
        .orElseThrow();
  }

  @Test
  void theCgroupIsThatOfProc() throws IOException {
    Cgroup cgroup = run("/bin/true").lastExec().place().cgroup();

    long depth = deepestOfProc().chars().filter(c -> c == '/').count();
    assertThat(cgroup.path().toString().chars().filter(c -> c == '/').count()).isEqualTo(depth);
    assertThat(
            Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                .map(line -> line.split(":", 3)[2]))
        .contains(cgroup.path().toString());
  }

  @Test
  void aTaskSeenHasItsCgroupAndItsArguments() throws IOException {
    Process sleeper = new ProcessBuilder("sleep", "60").start();
    try {
      assertThat(ring.startSnapshot()).isTrue();
      Fact.TaskSeen seen =
          recording.drain(ring).events.stream()
              .map(KernelEvent::fact)
              .filter(Fact.TaskSeen.class::isInstance)
              .map(Fact.TaskSeen.class::cast)
              .filter(each -> each.actor().task().pid() == sleeper.pid())
              .reduce((_, last) -> last)
              .orElseThrow();

      assertThat(
              Files.readAllLines(Path.of("/proc/" + sleeper.pid() + "/cgroup")).stream()
                  .map(line -> line.split(":", 3)[2]))
          .contains(seen.cgroup().path().toString());
      assertThat(seen.arguments()).isEqualTo(Arguments.NONE);
      assertThat(((Fact.TaskSeen) whereabouts.read(seen, 0)).arguments().values())
          .containsExactly(ByteText.of("sleep"), ByteText.of("60"));
    } finally {
      sleeper.destroyForcibly();
    }
  }

  @Test
  void aContainersCgroupNamesIt() {
    try (TestCgroup outer = TestCgroup.unified("tasktrail-test.slice");
        TestCgroup scope = outer.below("docker-" + ID + ".scope");
        TestCgroup inner = scope.below("init.scope")) {
      Cgroup cgroup = completed(runIn(inner)).place().cgroup();

      assertThat(cgroup.path())
          .hasToString("/tasktrail-test.slice/docker-" + ID + ".scope/init.scope");
      assertThat(cgroup.containerId()).isEqualTo(ID);
      assertThat(cgroup.containerRuntime()).isEqualTo("docker");
      assertThat(cgroup.unit()).isEqualTo("docker-" + ID + ".scope");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ID\"}", "xID", "docker-ID.scope =>x;\u001b[2J"})
  void hostileNamesOfCgroupsAreNoContainers(String name) {
    String odd = name.replace("ID", ID);
    try (TestCgroup outer = TestCgroup.unified("tasktrail-test");
        TestCgroup like = outer.below(odd)) {
      Cgroup cgroup = completed(runIn(like)).place().cgroup();

      assertThat(cgroup.path()).hasToString("/tasktrail-test/" + odd);
      assertThat(cgroup.containerId()).isEmpty();
      assertThat(cgroup.unit()).isEmpty();
    }
  }

  @Test
  void theKernelTakesNoLineBreakInTheNameOfACgroup() {
    try (TestCgroup outer = TestCgroup.unified("tasktrail-test")) {
      assertThatThrownBy(() -> outer.below("a\ndocker-" + ID + ".scope"))
          .hasMessageContaining("Invalid argument");
    }
  }

  @Test
  void aDeepCgroupIsToldWhole() {
    String name = "d".repeat(240);
    Deque<TestCgroup> nested = new ArrayDeque<>(List.of(TestCgroup.unified(name)));
    try {
      while (nested.size() < 16) {
        nested.push(nested.peek().below(name));
      }

      Cgroup cgroup = completed(runIn(nested.peek())).place().cgroup();

      assertThat(cgroup.path()).hasToString(("/" + name).repeat(16));
    } finally {
      nested.forEach(TestCgroup::close);
    }
  }

  @Test
  void aProcessInANestedNamespaceHasAPidOfItsOwn() {
    Family family = run(NativeBuild.odd().toString(), "nested");

    Fact.Executed exec = family.lastExec();
    assertThat(exec.place().ownPid()).isEqualTo(1);
    assertThat(exec.actor().task().pid()).isGreaterThan(1);
    assertThat(exec.actor().task()).isEqualTo(family.forks().getLast().child());
    assertThat(exec.place().namespaces().pid())
        .isNotEqualTo(family.execs().getFirst().place().namespaces().pid());
  }

  @Test
  void outsideOfNamespacesThePidIsItsOwn() {
    Fact.Executed exec = run("/bin/true").lastExec();

    assertThat(exec.place().ownPid()).isEqualTo(exec.actor().task().pid());
  }

  @Test
  void everyNamespaceThatIsLeftIsTold() {
    assumeTrue(Shell.find("unshare").isPresent(), "skipped: no unshare (util-linux)");
    Fact.Executed outside = run("/bin/true").lastExec();

    Fact.Executed inside = run("unshare", "-U", "-r", "-n", "-m", "/bin/true").lastExec();

    assertThat(inside.place().namespaces().user())
        .isNotEqualTo(outside.place().namespaces().user());
    assertThat(inside.place().namespaces().net()).isNotEqualTo(outside.place().namespaces().net());
    assertThat(inside.place().namespaces().mnt()).isNotEqualTo(outside.place().namespaces().mnt());
    assertThat(inside.place().namespaces().pid()).isEqualTo(outside.place().namespaces().pid());
    assertThat(inside.actor().credentials().uid()).isZero();
  }

  @Test
  void usersAreNamedAsTheHostDoes() {
    assumeTrue(Shell.find("setpriv").isPresent(), "skipped: no setpriv (util-linux)");
    String name = Shell.run("id", "-un", "65534").output().strip();

    Fact.Executed exec =
        completed(run("setpriv", "--ruid=65534", "--euid=0", "/bin/true").lastExec());

    assertThat(exec.names().user()).isEqualTo(name);
    assertThat(exec.names().effective()).isEqualTo("root");
  }

  @Test
  void whoHasNoNameHasNone() {
    assertThat(Accounts.nameOf(3_999_999_999L)).isEmpty();
    assertThat(Accounts.nameOf(0)).isEqualTo("root");
  }

  @Test
  void theUserWhoLoggedInStays() {
    assumeTrue(
        Files.exists(Path.of("/proc/self/loginuid")), "skipped: this kernel has no audit ids");
    Family family =
        run("/bin/sh", "-c", "echo 65534 > /proc/self/loginuid && exec /bin/true; exit 9");
    assumeTrue(
        family.exits().getLast().code().getAsInt() == 0, "skipped: loginuid can't be set here");

    Fact.Executed exec = completed(family.lastExec());

    assertThat(exec.actor().credentials().auid()).isEqualTo(65534);
    assertThat(exec.actor().credentials().session()).isLessThan(0xFFFF_FFFFL);
    assertThat(exec.names().login()).isEqualTo(Accounts.nameOf(65534)).isNotEmpty();
    assertThat(exec.names().user()).isEqualTo("root");
  }

  @Test
  void aCapabilityOfAFileIsAGain(@TempDir Path dir) throws IOException {
    assumeTrue(Shell.find("setcap").isPresent(), "skipped: no setcap (libcap2-bin)");
    assumeTrue(Shell.find("setpriv").isPresent(), "skipped: no setpriv (util-linux)");
    Path program = Files.copy(Path.of("/bin/true"), dir.resolve("capable"));
    Shell.run("chmod", "755", dir.toString(), program.toString());
    assumeTrue(
        Shell.run("setcap", "cap_net_raw+ep", program.toString()).status() == 0,
        "skipped: this file system keeps no capabilities");

    Fact.Executed exec = run("setpriv", "--reuid=65534", program.toString()).lastExec();

    assertThat(exec.image().secure()).isTrue();
    assertThat(exec.actor().credentials().euid()).isEqualTo(65534);
  }

  @Test
  void anExecutableThatWasRemovedSaysSo() {
    Fact.Executed exec = run(NativeBuild.odd().toString(), "removed").lastExec();

    assertThat(exec.image().unlinked()).isTrue();
    assertThat(exec.image().executable().toString()).startsWith("/tmp/tasktrail-removed-");
  }

  @Test
  void theChangeOfAnExecutableIsToldToTheNanosecond(@TempDir Path dir) throws IOException {
    Path program = Files.copy(Path.of("/bin/true"), dir.resolve("fresh"));
    Shell.run("chmod", "755", program.toString());

    Fact.Executed exec = run(program.toString()).lastExec();

    Map<String, Object> stat = Files.readAttributes(program, "unix:ctime");
    assertThat(exec.image().changedNanos())
        .isEqualTo(((FileTime) stat.get("ctime")).to(TimeUnit.NANOSECONDS));
  }

  @Test
  void anExecutableHasTheDigestOfItsFile(@TempDir Path dir) throws IOException {
    Path program = Files.copy(Path.of("/bin/true"), dir.resolve("fresh"));
    Shell.run("chmod", "755", program.toString());
    Fact.Executed exec = run(program.toString()).lastExec();
    String sha256 = Shell.run("sha256sum", program.toString()).output().substring(0, 64);

    try (Whereabouts hashing = Whereabouts.hashing(Accounts::nameOf, Path.of("/"))) {
      await().untilAsserted(() -> assertThat(hashed(hashing, exec)).isEqualTo(sha256));
    }
    Files.write(program, new byte[] {0}, StandardOpenOption.APPEND);
    try (Whereabouts hashing = Whereabouts.hashing(Accounts::nameOf, Path.of("/"))) {
      assertThat(hashed(hashing, exec)).isEmpty();
    }
  }

  private static String hashed(Whereabouts hashing, Fact.Executed exec) {
    Fact.Executed completed = (Fact.Executed) hashing.read(exec, 0);
    return HexFormat.of().formatHex(completed.image().sha256().toBytes());
  }

  /// `seed, arguments, bytes of each at most`: none, one empty, around pages and the bound.
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0",
    "2, 2, 3",
    "3, 1, 4095",
    "4, 3, 5000",
    "5, 40, 200",
    "6, 500, 9",
    "7, 16, 4096",
    "8, 4000, 0",
    "9, 12, 9000",
    "10, 64, 1500",
    "11, 3000, 60",
    "12, 100000, 3"
  })
  void argumentsAreThoseThatTheChildFinds(int seed, int count, int length, @TempDir Path dir)
      throws IOException {
    Path own = dir.resolve("own");

    Fact.Executed exec =
        run(
                NativeBuild.arguments().toString(),
                "run",
                Integer.toString(seed),
                Integer.toString(count),
                Integer.toString(length),
                own.toString())
            .lastExec();

    byte[] found = Files.readAllBytes(own);
    Arguments arguments = exec.arguments();
    assertThat(arguments.count()).isEqualTo(count);
    assertThat(arguments.bytes()).isEqualTo(found.length);
    assertThat(arguments.truncated()).isEqualTo(found.length > 65_536);
    assertThat(flat(arguments.values(), found.length > 65_536))
        .isEqualTo(Arrays.copyOf(found, Math.min(found.length, 65_536)));
  }

  /// The last one of a cut argv has lost its NUL, unless it was cut right behind that.
  private static byte[] flat(List<ByteText> values, boolean isCut) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ByteText value : values) {
      out.writeBytes(value.toBytes());
      out.write(0);
    }
    byte[] all = out.toByteArray();
    return isCut ? Arrays.copyOf(all, 65_536) : all;
  }

  /// Since Linux 5.18 the kernel puts an empty one in its place.
  @Test
  void noArgumentAtAllIsAnEmptyOne(@TempDir Path dir) throws IOException {
    Path own = dir.resolve("own");

    Fact.Executed exec = run(NativeBuild.arguments().toString(), "none", own.toString()).lastExec();

    assertThat(exec.arguments().values()).hasSize((int) exec.arguments().count());
    assertThat(flat(exec.arguments().values(), false)).isEqualTo(Files.readAllBytes(own));
  }

  @Test
  void whatAProcessMakesOfItsArgumentsLaterIsNotTold() {
    Fact.Executed exec = run(NativeBuild.odd().toString(), "renamed").lastExec();

    assertThat(exec.arguments().values())
        .containsExactly(
            ByteText.of(NativeBuild.odd().toString().getBytes(US_ASCII)), ByteText.of("renamed"));
  }
}
