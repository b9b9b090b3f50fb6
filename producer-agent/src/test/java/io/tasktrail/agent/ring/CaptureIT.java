package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.agent.ring.Recording.Family;
import io.tasktrail.event.Actor;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What this machine's kernel says about processes that the test runs; needs root and BPF.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaptureIT {

  private static final long CLONE_VFORK = 0x4000;
  private static final long CLONE_PARENT = 0x8000;

  private TestCapture capture;
  private CaptureRing ring;
  private final Recording recording = new Recording();

  @BeforeAll
  void arm() {
    capture = TestCapture.arm(TestCapture.RING);
    ring = CaptureRing.open(capture.dir());
  }

  @AfterAll
  void disarm() {
    if (ring != null) {
      ring.close();
      capture.close();
    }
  }

  private Family run(String... command) {
    Shell.Ended ended = Shell.run(command);
    return recording.drain(ring).family(ended.pid());
  }

  private Family odd(String name) {
    return run(NativeBuild.odd().toString(), name);
  }

  private static List<String> texts(List<ByteText> bytes) {
    return bytes.stream().map(ByteText::toString).toList();
  }

  private static OptionalInt code(int code) {
    return OptionalInt.of(code);
  }

  @Test
  void shellCommandIsOneForkItsExecsAndOneExit() {
    Family family = run("/bin/sh", "-c", "/bin/true; exit 7");

    Fact.Executed shell = family.execs().get(family.execs().size() - 2);
    assertThat(texts(shell.arguments().values()))
        .containsExactly("/bin/sh", "-c", "/bin/true; exit 7");
    assertThat(shell.arguments().count()).isEqualTo(3);
    assertThat(shell.arguments().bytes()).isEqualTo("/bin/sh -c /bin/true; exit 7 ".length());
    assertThat(shell.image().filename()).hasToString("/bin/sh");
    assertThat(shell.image().executable().toString()).startsWith("/").endsWith("/dash");
    assertThat(shell.place().cwd()).hasToString(Path.of("").toAbsolutePath().toString());
    assertThat(family.lastExec().image().executable().toString()).endsWith("/true");
    assertThat(family.lastExec().parent()).isEqualTo(shell.actor().task());
    assertThat(family.forks()).hasSize(2);
    assertThat(family.exits()).extracting(Fact.Exited::code).containsExactly(code(0), code(7));
  }

  @Test
  void execCountGrowsByOneAtEachExecAndIsInherited() {
    Family family = run("/bin/bash", "-c", "bash -c 'exec -a odd /bin/sleep 0.01'; exit 0");

    Fact.Executed odd = family.lastExec();
    Fact.Executed before = family.execs().get(family.execs().size() - 2);
    Fact.Executed outer = family.execs().get(family.execs().size() - 3);
    assertThat(odd.actor().task()).isEqualTo(before.actor().task());
    assertThat(odd.actor().execCount()).isEqualTo(before.actor().execCount() + 1);
    assertThat(before.actor().execCount()).isEqualTo(outer.actor().execCount() + 1);
    assertThat(odd.actor().comm()).hasToString("sleep");
    assertThat(odd.arguments().values().getFirst()).hasToString("odd");
  }

  @Test
  void signalsAreToldFromCodes() {
    Family family = run("/bin/bash", "-c", "(kill -9 $BASHPID); (kill -SEGV $BASHPID); exit 0");

    assertThat(family.exits())
        .extracting(Fact.Exited::signal)
        .containsExactly(OptionalInt.of(9), OptionalInt.of(11), OptionalInt.empty());
    assertThat(family.exits().getFirst().code()).isEmpty();
  }

  @Test
  void execByAThreadIsTheExecOfItsProcess() {
    Family family = odd("thread-exec");

    Fact.Executed exec = family.lastExec();
    assertThat(exec.actor().task()).isEqualTo(family.forks().getFirst().child());
    assertThat(exec.oldPid()).isNotEqualTo(exec.actor().task().pid());
    assertThat(family.forks()).hasSize(1);
    assertThat(family.exits()).extracting(Fact.Exited::code).containsExactly(code(0));
  }

  @Test
  void leaderThatEndsFirstDoesNotEndItsProcess() {
    Family family = odd("leader-first");

    assertThat(family.exits()).extracting(Fact.Exited::code).containsExactly(code(5));
  }

  @Test
  void threadsThatEndAtOnceAreOneExit() {
    for (int run = 0; run < 20; run++) {
      Family family = odd("threads");
      assertThat(family.exits()).hasSize(1);
      assertThat(family.forks()).hasSize(1);
    }
  }

  @Test
  void vforkSaysSoAndItsChildExecutes() {
    Family family = odd("vfork");

    assertThat(family.forks().getLast().cloneFlags() & CLONE_VFORK).isEqualTo(CLONE_VFORK);
    assertThat(family.lastExec().actor().task()).isEqualTo(family.forks().getLast().child());
    assertThat(family.exits()).hasSize(2);
  }

  @Test
  void daemonIsAdoptedByAnother() {
    Family family = odd("daemon");

    assertThat(family.forks()).hasSize(3);
    assertThat(family.forks().getLast().parent())
        .isEqualTo(family.forks().getLast().actor().task());
  }

  @Test
  void cloneParentHasACreatorThatIsNotTheParent() {
    Family family = odd("clone-parent");

    Fact.Forked fork = family.forks().getLast();
    assertThat(fork.cloneFlags() & CLONE_PARENT).isEqualTo(CLONE_PARENT);
    assertThat(fork.actor().task()).isEqualTo(family.forks().getFirst().child());
    assertThat(fork.parent().pid()).isEqualTo((int) ProcessHandle.current().pid());
  }

  @Test
  void memoryFileHasNoName() {
    Fact.Executed exec = odd("memory-file").lastExec();

    assertThat(exec.image().unlinked()).isTrue();
    assertThat(exec.image().executable()).hasToString("/memfd:nameless");
    assertThat(exec.image().filename().toString()).startsWith("/dev/fd/");
  }

  @Test
  void longCommandLineIsCutAndItsTrueSizeKept() {
    Fact.Executed exec = odd("many-arguments").lastExec();

    assertThat(exec.arguments().count()).isEqualTo(100_000);
    assertThat(exec.arguments().bytes()).isEqualTo(5 + 99_999 * 7);
    assertThat(exec.arguments().truncated()).isTrue();
    assertThat(exec.arguments().values()).hasSize(1 + (65_536 - 5 + 6) / 7);
    assertThat(exec.arguments().values().get(9000)).hasToString("009000");
  }

  @Test
  void argumentsAreBytes() {
    Fact.Executed exec = odd("bytes").lastExec();

    assertThat(texts(exec.arguments().values()))
        .containsExactly("true", "line\nbreak", "\\xff\\xfe", "", "x=>comm=init;st");
    assertThat(exec.arguments().truncated()).isFalse();
  }

  @Test
  void scriptHasItsFileItsInterpreterAndTheInterpretersPath(@TempDir Path dir) throws IOException {
    Path script = dir.resolve("x=>comm=init;st");
    Files.writeString(script, "#!/bin/sh\nexit 0\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));

    Fact.Executed exec = run(script.toString()).lastExec();

    assertThat(exec.image().filename()).hasToString(script.toString());
    assertThat(exec.image().interpreter()).hasToString("/bin/sh");
    assertThat(exec.image().executable().toString()).endsWith("/dash");
    assertThat(exec.actor().comm()).hasToString("x=>comm=init;st");
  }

  @Test
  void setUserIdGainsPrivilege(@TempDir Path dir) throws IOException {
    assumeTrue(Shell.find("setpriv").isPresent(), "skipped: no setpriv (util-linux)");
    Path program = Files.copy(Path.of("/bin/true"), dir.resolve("privileged"));
    Shell.run("chmod", "4755", program.toString());
    Shell.run("chmod", "755", dir.toString());

    Fact.Executed exec = run("setpriv", "--reuid=65534", program.toString()).lastExec();

    Actor actor = exec.actor();
    assertThat(exec.image().secure()).isTrue();
    assertThat(actor.credentials().uid()).isEqualTo(65534);
    assertThat(actor.credentials().euid()).isZero();
  }

  @Test
  void loginUserIdIsRecorded() {
    assumeTrue(
        Files.exists(Path.of("/proc/self/loginuid")), "skipped: this kernel has no audit ids");

    Family family =
        run("/bin/sh", "-c", "echo 1234 > /proc/self/loginuid && exec /bin/true; exit 1");

    assumeTrue(family.exits().getLast().code().equals(code(0)), "skipped: loginuid is immutable");
    assertThat(family.lastExec().actor().credentials().auid()).isEqualTo(1234);
  }

  @Test
  void terminalIsNamed() {
    assumeTrue(Shell.find("script").isPresent(), "skipped: no script(1) (bsdutils)");

    Family family = run("script", "-qc", "/bin/true", "/dev/null");

    assertThat(family.lastExec().place().tty()).startsWith("pts");
  }

  @Test
  void deepPathIsCutAtItsRoot(@TempDir Path dir) throws IOException {
    String step = "d".repeat(200);
    StringBuilder script = new StringBuilder("cd '" + dir + "'");
    for (int depth = 0; depth < 30; depth++) {
      script.append(" && mkdir ").append(step).append(" && cd ").append(step);
    }
    script.append(" && cp /bin/true here && ./here; cd / && rm -r '" + dir + "'/d*");

    Family family = run("/bin/bash", "-c", script.toString());

    Fact.Executed exec = family.execs().get(family.execs().size() - 2);
    assertThat(exec.actor().comm()).hasToString("here");
    assertThat(exec.image().executable().toString()).startsWith("d").endsWith("/here");
    assertThat(exec.image().executable().length()).isBetween(4096, 4096 + 256);
    assertThat(exec.place().cwd().toString()).startsWith("d");
  }

  @Test
  void pathsCrossMountsInAnotherNamespace(@TempDir Path dir) {
    assumeTrue(Shell.find("unshare").isPresent(), "skipped: no unshare (util-linux)");
    String inside = "mount -t tmpfs none " + dir + " && cp /bin/true " + dir + "/t && cd " + dir;

    Family family = run("unshare", "-m", "-p", "-f", "/bin/sh", "-c", inside + " && ./t; exit 0");

    Fact.Executed exec = family.lastExec();
    assertThat(exec.image().executable()).hasToString(dir + "/t");
    assertThat(exec.place().cwd()).hasToString(dir.toString());
    assertThat(exec.place().namespaces().mnt())
        .isNotEqualTo(family.execs().getFirst().place().namespaces().mnt());
    assertThat(exec.place().namespaces().pid())
        .isNotEqualTo(family.execs().getFirst().place().namespaces().pid());
    assertThat(exec.actor().task()).isEqualTo(family.forks().getLast().child());
  }

  @Test
  void namespacesAreThoseOfProc() throws IOException {
    Fact.Executed exec = run("/bin/true").lastExec();

    String pid = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    String mnt = Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")).toString();
    String net = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
    assertThat("pid:[" + exec.place().namespaces().pid() + "]").isEqualTo(pid);
    assertThat("mnt:[" + exec.place().namespaces().mnt() + "]").isEqualTo(mnt);
    assertThat("net:[" + exec.place().namespaces().net() + "]").isEqualTo(net);
    assertThat(exec.image().inode())
        .isEqualTo(Files.getAttribute(Path.of("/bin/true"), "unix:ino"));
  }

  @Test
  void deathOfAProcessHasItsCostAndItsParent() {
    Family family = run("/bin/sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done");

    Fact.Exited exit = family.exits().getLast();
    assertThat(exit.cpuNanos()).isGreaterThan(10_000_000);
    assertThat(exit.parent().pid()).isEqualTo((int) ProcessHandle.current().pid());
  }
}
