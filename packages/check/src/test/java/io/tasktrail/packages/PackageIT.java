package io.tasktrail.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Builds the packages and does with them what administrators do. Needs root, rpm, rpmlint, and
/// Debian's mirror; nothing of this machine is changed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackageIT {

  private Path dir;
  private Built built;
  private DebianRoot empty;
  private DebianRoot installed;

  @BeforeAll
  void build(@TempDir Path shared) throws IOException {
    dir = shared;
    Needs.root();
    for (String command : List.of("rpmbuild", "rpmsign", "rpmlint", "gpg", "mmdebstrap")) {
      Needs.command(command);
    }
    empty = DebianRoot.unpack(dir.resolve("empty"));
    built = Built.shared();
    built.folder(Built.OLD, Built.ROLES);
    installed = empty.copy(dir.resolve("installed"));
    install(installed, Built.ROLES);
  }

  @Test
  void whatIsBuiltTwiceIsTheSameByteForByte() throws Exception {
    assertThat(built.rpm(Built.AGAIN, "agent"))
        .hasSameBinaryContentAs(built.rpm(Built.OLD, "agent"));
  }

  @Test
  void packagesAreSigned() throws Exception {
    String database = Files.createDirectory(dir.resolve("keyring")).toString();
    Command.run("rpm", "--dbpath", database, "--initdb").done();
    Command.run("rpmkeys", "--dbpath", database, "--import", built.publicKey().toString()).done();

    for (String role : Built.ROLES) {
      String rpm = built.rpm(Built.OLD, role).toString();
      assertThat(Command.run("rpmkeys", "--dbpath", database, "-Kv", rpm).done())
          .containsPattern("Header V4 RSA/SHA(256|512) Signature, key ID \\w+: OK")
          .doesNotContain("NOKEY", "BAD");
    }
  }

  @Test
  void rpmlintFindsNothingThatHasNoReason() throws Exception {
    String reasons = Command.HOME.resolve("packages/rpmlint.toml").toString();
    for (String role : Built.ROLES) {
      String rpm = built.rpm(Built.OLD, role).toString();
      assertThat(Command.run("rpmlint", "-c", reasons, rpm).text())
          .contains("0 errors, 0 warnings");
    }
  }

  @Test
  void unitsAreInOrderAndHardened() throws Exception {
    Needs.command("systemd-analyze");
    Path units = installed.at("usr/lib/systemd/system");

    for (String unit : List.of("tasktrail-agent", "tasktrail-streams", "tasktrail-sink")) {
      String file = units.resolve(unit + ".service").toString();
      Command.run("systemd-analyze", "security", "--offline=true", "--threshold=25", file).done();
      assertThat(verified(unit)).isEmpty();
    }
    assertThat(verified("tasktrail-arm")).isEmpty();
    assertThat(verified("tasktrail-listen")).isEmpty();
  }

  /// What is wrong with a unit. The root is that of the guest, too: dracut's own units are links
  /// out of it.
  private List<String> verified(String unit) {
    String root = "--root=" + installed.folder();
    return Command.run("systemd-analyze", "verify", "--man=no", root, unit + ".service")
        .done()
        .lines()
        .filter(line -> !line.startsWith("dracut-"))
        .toList();
  }

  @Test
  void commandsRunWithoutJavaOfTheHost() throws Exception {

    assertThat(installed.run("which", "java").status()).isEqualTo(1);
    assertThat(installed.run("tasktrail", "--version").done()).startsWith("tasktrail 0.");
    assertThat(installed.run("tasktrail", "agent", "--help").done())
        .contains("Usage: tasktrail agent");
    assertThat(installed.run("tasktrail", "mask", "--", "mysql", "--password=x").done())
        .contains("--password=***");
    assertThat(installed.run("tasktrail", "streams", "--help").done())
        .contains("tasktrail streams");
    assertThat(installed.run("tasktrail", "topics", "--help").done()).contains("tasktrail topics");
    assertThat(installed.run("tasktrail-sink", "--help").done()).contains("Usage: tasktrail sink");
    assertThat(installed.run("tasktrail", "doctor", "--user", "tasktrail").text())
        .contains("ok    settings")
        .contains("ok    programs load")
        .doesNotContain("unexpected");
  }

  @Test
  void theArchiveOfClassesIsUsedWhereThePackageIsInstalled() throws Exception {

    String told =
        installed
            .run(
                "env",
                "TASKTRAIL_JAVA_OPTIONS=-Xshare:on -Xlog:class+load",
                "tasktrail",
                "agent",
                "--help")
            .done();

    assertThat(told.lines().filter(line -> line.contains("shared objects file")).count())
        .isGreaterThan(told.lines().filter(line -> line.contains("source: jar")).count() * 10);
    assertThat(told).contains("picocli.CommandLine source: shared objects file");
  }

  @Test
  void manualsTellEverySetting() throws Exception {
    for (String role : Built.ROLES) {
      Path example = installed.at("etc/tasktrail/" + role + ".properties");
      String manual =
          Command.run(
                  "gzip",
                  "-dc",
                  installed
                      .at("usr/share/man/man5/tasktrail-" + role + ".properties.5.gz")
                      .toString())
              .done();
      List<String> keys =
          Files.readAllLines(example).stream()
              .filter(line -> line.matches("#?[a-z][a-z0-9.]*=.*"))
              .map(line -> line.replaceAll("^#|=.*", ""))
              .toList();
      assertThat(keys).isNotEmpty();
      assertThat(manual).contains(keys.stream().map(key -> ".B " + key + "\n").toList());
    }
  }

  @Test
  void erasingLeavesTheEditedSettingsAndTheSpool() throws Exception {
    DebianRoot root = installed.copy(dir.resolve("erased"));
    Files.writeString(root.at("etc/tasktrail/agent.properties"), "bootstrap.servers=kafka:9093\n");
    Files.writeString(root.at("etc/tasktrail/agent.d/site.properties"), "poll.interval=1s\n");
    Files.writeString(root.at("var/lib/tasktrail/spool/spool-1.avro"), "kept");
    Files.createFile(root.at("var/lib/tasktrail/spool/lock"));

    root.rpm("-e", "--nodeps", "tasktrail-agent", "tasktrail-streams", "tasktrail-sink");

    assertThat(root.filesOfTasktrail())
        .containsExactly(
            "etc/tasktrail",
            "etc/tasktrail/agent.d",
            "etc/tasktrail/agent.d/site.properties",
            "etc/tasktrail/agent.properties.rpmsave",
            "var/lib/tasktrail",
            "var/lib/tasktrail/spool",
            "var/lib/tasktrail/spool/spool-1.avro");
  }

  @Test
  void upgradingKeepsEditedSettings() throws Exception {
    DebianRoot root = empty.copy(dir.resolve("upgraded"));
    install(root, List.of("agent"));
    Path settings = root.at("etc/tasktrail/agent.properties");
    Files.writeString(settings, "bootstrap.servers=kafka:9093\n");

    root.rpm("-U", "--nodeps", built.rpm(Built.NEW, "agent").toString());
    assertThat(root.rpm("-q", "tasktrail-agent")).contains("-2.x86_64");
    assertThat(settings).hasContent("bootstrap.servers=kafka:9093");

    root.rpm("-U", "--oldpackage", "--nodeps", built.rpm(Built.OLD, "agent").toString());
    assertThat(root.rpm("-q", "tasktrail-agent")).contains("-1.x86_64");
    assertThat(settings).hasContent("bootstrap.servers=kafka:9093");
    assertThat(root.run("tasktrail", "--version").done()).startsWith("tasktrail 0.");
  }

  @Test
  void captureGoesOnWithoutAHoleThroughUpgradeAndDowngrade() throws Exception {
    Needs.kernelTypes();
    DebianRoot root = empty.copy(dir.resolve("capture"));

    String told =
        root.script(
                "upgrade",
                built.rpm(Built.OLD, "agent").toString(),
                built.rpm(Built.NEW, "agent").toString())
            .done();

    assertThat(told).contains("pinned after erasing: 0");
    int executed = Integer.parseInt(Files.readString(root.at("count")).strip());
    Path spool = root.at("var/lib/tasktrail/spool");
    Captured captured =
        Captured.of(
            List.of(spool.resolve("a.avro"), spool.resolve("b.avro"), spool.resolve("c.avro")));
    assertThat(captured.execsOf("/usr/bin/marked")).hasSize(executed).doesNotHaveDuplicates();
    assertThat(captured.captures()).isEqualTo(3);
    assertThat(captured.missing()).isEmpty();
  }

  private void install(DebianRoot root, List<String> roles) throws IOException {
    for (String role : roles) {
      root.rpm("-i", "--nodeps", built.rpm(Built.OLD, role).toString());
    }
  }
}
