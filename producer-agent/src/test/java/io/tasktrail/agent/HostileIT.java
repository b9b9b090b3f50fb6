package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.agent.ring.TestCapture;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Agents in surroundings that lack something, each in a mount namespace of its own; needs root and
/// BPF. Whatever an agent can't do there, the capture goes on, and the next one finds all of it.
class HostileIT {

  private static final int PROGRAMS = 10;

  @TempDir private Path dir;
  private MarkedProgram marked;
  private TestCapture capture;

  @BeforeEach
  void arm() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    marked = MarkedProgram.in(dir);
    Files.writeString(dir.resolve("uninitialized"), "uninitialized\n");
    capture = TestCapture.arm(TestCapture.RING);
  }

  @AfterEach
  void remove() {
    if (capture != null) {
      capture.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          machine-id is empty         | mount --bind /dev/null /etc/machine-id           | /etc/machine-id: run systemd-machine-id-setup, or set host.id
          machine-id is uninitialized | mount --bind DIR/uninitialized /etc/machine-id   | /etc/machine-id: run systemd-machine-id-setup, or set host.id
          machine-id is missing       | mount -t tmpfs none /etc                         | /etc/machine-id: run systemd-machine-id-setup, or set host.id
          bpffs is not mounted        | umount -l /sys/fs/bpf                            | /sys/fs/bpf: no bpf file system is mounted here; as root: mount -t bpf bpf /sys/fs/bpf
          another bpffs is mounted    | mount -t bpf none /sys/fs/bpf                    | no capture is armed here; as root: tasktrail-arm --pin
          """)
  void oneLineTellsTheCureAndTheCaptureGoesOn(String what, String hostile, String said)
      throws Exception {
    marked.run(PROGRAMS);
    try (AgentProcess agent = agent(hostile, List.of())) {
      assertThat(agent.status()).as(what).isEqualTo(1);
      assertThat(agent.said()).as(what).contains(said).hasLineCount(1);
    }
    marked.run(PROGRAMS);

    assertThat(recorded("true", List.of())).isEqualTo(2 * PROGRAMS);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no machine-id, but a host.id | mount -t tmpfs none /etc                       | host.id=11111111-2222-4333-8444-555555555555
          /proc hides others           | mount -t proc -o hidepid=2 proc /proc          | host.id=
          the mount is read-only       | mount -o remount,bind,ro /sys/fs/bpf           | host.id=
          """)
  void agentWorks(String what, String hostile, String setting) throws Exception {
    marked.run(PROGRAMS);

    assertThat(recorded(hostile, List.of("--set", setting))).as(what).isEqualTo(PROGRAMS);
  }

  private int recorded(String hostile, List<String> more) throws Exception {
    Path file = dir.resolve("capture.avro");
    List<String> arguments = new ArrayList<>(List.of("--output", file.toString(), "--for", "1s"));
    arguments.addAll(more);
    try (AgentProcess agent = agent(hostile, arguments)) {
      assertThat(agent.status()).as(agent.said()).isZero();
    }
    List<TaskEvent> events = new ArrayList<>();
    CaptureFile.read(file, events::add);
    return marked.execsIn(events).size();
  }

  private AgentProcess agent(String hostile, List<String> more) throws IOException {
    String script = hostile.replace("DIR", dir.toString()) + " && exec \"$@\"";
    List<String> arguments = new ArrayList<>(List.of("--pin", capture.dir().toString()));
    // Where it tells its health would be a line more.
    arguments.addAll(List.of("--set", "http.listen=off"));
    arguments.addAll(more);
    return new AgentProcess.Launcher(dir, List.of("unshare", "-m", "sh", "-c", script, "sh"))
        .start(arguments);
  }

  /// A file system of its own: the one of this host is everybody's.
  @Test
  void readOnlyBpffsIsOneLineAndOnceItIsWritableTheNextAgentReadsAll() throws Exception {
    capture.close();
    Path bpffs = Files.createDirectory(dir.resolve("bpf"));
    run("mount -t bpf none " + bpffs);
    try {
      capture = TestCapture.armIn(bpffs, TestCapture.RING);
      run("mount -o remount,ro " + bpffs);
      marked.run(PROGRAMS);
      try (AgentProcess agent = agent("true", List.of())) {
        assertThat(agent.status()).isEqualTo(1);
        assertThat(agent.said()).contains("mount -o remount,rw " + bpffs).hasLineCount(1);
      }

      run("mount -o remount,rw " + bpffs);
      assertThat(recorded("true", List.of())).isEqualTo(PROGRAMS);
    } finally {
      capture.close();
      run("umount " + bpffs);
    }
  }

  private static void run(String script) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("/bin/sh", "-c", script).inheritIO().start().waitFor()).isZero();
  }
}
