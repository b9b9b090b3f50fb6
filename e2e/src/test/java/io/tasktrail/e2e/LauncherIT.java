package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user is told when something is missing: one line, and an exit status.
class LauncherIT {

  private static final Duration SHORT = Duration.ofMinutes(1);
  private static final Duration LONG = Duration.ofMinutes(3);

  /// What hides a folder from one command: a mount name space of its own.
  private static final List<String> HIDING = List.of("unshare", "--mount", "sh", "-c");

  @TempDir private Path folder;

  @Test
  void badUsageIsStatusTwo() {
    assertThat(run("nonsense").status()).isEqualTo(2);
    assertThat(run().status()).isEqualTo(2);
    assertThat(run("demo", "--nonsense").status()).isEqualTo(2);
    assertThat(run("doctor", "--nonsense").status()).isEqualTo(2);
    assertThat(run("test", "--nonsense").status()).isEqualTo(2);
  }

  @Test
  void everyCommandHasHelp() {
    for (String command :
        List.of(
            "demo", "agent", "doctor", "streams", "sink", "topics", "replay", "bench", "test")) {
      var help = run(command, "--help");
      assertThat(help.status()).as(command + ": " + help.err()).isZero();
      assertThat(help.out()).as(command).isNotBlank();
    }
  }

  @Test
  void logsAreJsonForWhoAsksAndHoldNoSecretEither() throws IOException {
    Path config =
        Files.writeString(folder.resolve("topics.properties"), "basic.auth.user.info=me:canary\n");
    ProcessBuilder command =
        Launcher.command(
            "topics",
            "--check",
            "--verbose",
            "--config",
            config.toString(),
            "--set",
            "bootstrap.servers=nonsense");
    command.environment().put("TASKTRAIL_LOG_FORMAT", "json");

    var told = Launcher.run(SHORT, command);

    assertThat(told.status()).isOne();
    assertThat(told.err().lines())
        .hasSizeGreaterThan(1)
        .allMatch(line -> line.startsWith("{\"@timestamp\":\"") && line.endsWith("}"))
        .anyMatch(line -> line.contains("\"log.level\":\"DEBUG\",\"message\":\"settings in effect"))
        .last()
        .asString()
        .contains("\"log.level\":\"ERROR\"", "\"message\":\"tasktrail topics: ");
    assertThat(told.err()).doesNotContain("canary");
    command.environment().put("TASKTRAIL_LOG_FORMAT", "xml");
    assertThat(Launcher.run(SHORT, command).status()).isEqualTo(2);
  }

  @Test
  void theDoctorTellsCheckAndCureALineEach() {
    var told = run("doctor", "--pin", "/sys/fs/bpf/tasktrail-none", "--set", "nonsense=1");
    assertThat(told.status()).isOne();
    assertThat(told.out()).contains("FAIL  settings", "unknown key 'nonsense'", "ok    clock");
    assertThat(told.err()).contains("failed").hasLineCount(1);
  }

  @Test
  void anOldJdkAloneIsNotEnough() {
    Needs.root();
    var told =
        hiding(
            "for jvm in /usr/lib/jvm/*; do case $jvm in *25*) mount -t tmpfs none $jvm;; esac; done;"
                + " unset JAVA_HOME; exec $0 demo --for 1s");
    assertFails(told, "no JDK 25 found", "apt-get install", "dnf install", "JAVA_HOME");
  }

  @Test
  void withoutLoaderAndCompilerTheDemoNamesThePackages() throws IOException {
    Needs.root();
    Path bin = Files.createDirectory(folder.resolve("bin"));
    for (String tool :
        List.of("sh", "dirname", "readlink", "sed", "find", "head", "id", "uname", "cat", "rm")) {
      Files.createSymbolicLink(bin.resolve(tool), onPath(tool));
    }
    String loader = Launcher.HOME.resolve(Launcher.LOADER).getParent().toString();
    var told =
        hiding("mount -t tmpfs none " + loader + " && PATH=" + bin + " exec $0 demo --for 1s");
    assertFails(told, "no C compiler", "apt-get install", "dnf install");
  }

  @Test
  void withoutRootTheDemoReplaysTheSampleAndSaysWhy() throws IOException {
    Needs.root();
    Needs.command("setpriv");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path out = folder.resolve("out");
    var told =
        Launcher.run(
            LONG,
            new ProcessBuilder(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--inh-caps=-all",
                Launcher.HOME.resolve("tasktrail").toString(),
                "demo",
                "--out",
                out.toString()));
    assertThat(told.status()).as(told.err()).isZero();
    assertThat(told.err()).contains("needs root").contains("sample");
    assertThat(AuditLog.read(out.resolve("audit-events.ecs.jsonl")).action("exec").lines())
        .isNotEmpty();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertFails(run("demo", "--for", "1s", "--port", port), "--port", port);
    }
  }

  @Test
  void anOutFolderThatCannotBeIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertFails(run("demo", "--for", "1s", "--out", file.resolve("out").toString()), "--out");
  }

  @Test
  void aFullDiskIsNamed() throws IOException {
    Needs.root();
    Path full = Files.createDirectory(folder.resolve("full"));
    var told =
        hiding(
            "mount -t tmpfs -o size=64k none "
                + full
                + " && dd if=/dev/zero of="
                + full
                + "/filler bs=1k count=64 2>/dev/null; exec $0 demo --for 5s --out "
                + full);
    assertFails(told, full.toString(), "space");
  }

  private static void assertFails(Launcher.Ended ended, String... told) {
    assertThat(ended.status()).as(ended.err()).isEqualTo(1);
    List<String> lines = ended.err().lines().filter(line -> line.startsWith("tasktrail")).toList();
    assertThat(lines.getLast()).contains(told);
  }

  private static Launcher.Ended run(String... words) {
    return Launcher.run(SHORT, Launcher.command(words));
  }

  private static Launcher.Ended hiding(String script) {
    List<String> command = new java.util.ArrayList<>(HIDING);
    command.add(script);
    command.add(Launcher.HOME.resolve("tasktrail").toString());
    return Launcher.run(LONG, new ProcessBuilder(command));
  }

  private static Path onPath(String tool) {
    return List.of("/usr/bin", "/bin").stream()
        .map(folder -> Path.of(folder, tool))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }
}
