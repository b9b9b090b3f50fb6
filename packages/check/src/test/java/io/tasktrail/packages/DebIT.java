package io.tasktrail.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The agent's Debian package in a small Debian, by its own dpkg.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DebIT {

  private DebianRoot root;

  @BeforeAll
  void build(@TempDir Path dir) throws IOException {
    Needs.root();
    for (String command : new String[] {"rpmbuild", "rpmsign", "gpg", "mmdebstrap", "dpkg-deb"}) {
      Needs.command(command);
    }
    root = DebianRoot.unpack(dir.resolve("root"));
    Built built = Built.shared();
    Files.copy(built.deb(Built.AGAIN, "agent"), root.at("old.deb"));
    Files.copy(built.deb(Built.NEW, "agent"), root.at("new.deb"));
  }

  @Test
  void isInstalledUpgradedDowngradedAndPurged() throws Exception {
    dpkg("-i", "old.deb");
    assertThat(root.run("stat", "-c", "%U:%G %a", "/etc/tasktrail/agent.properties").done())
        .isEqualTo("root:tasktrail 640\n");
    assertThat(root.run("tasktrail", "mask", "--", "mysql", "--password=x").done())
        .contains("--password=***")
        .doesNotContain("[cds]");
    Path settings = root.at("etc/tasktrail/agent.properties");
    Files.writeString(settings, "bootstrap.servers=kafka:9093\n");
    Files.writeString(root.at("etc/tasktrail/agent.d/site.properties"), "poll.interval=1s\n");

    dpkg("-i", "new.deb");
    assertThat(version()).endsWith("-2");
    assertThat(settings).hasContent("bootstrap.servers=kafka:9093");
    dpkg("-i", "old.deb");
    assertThat(version()).endsWith("-1");
    assertThat(settings).hasContent("bootstrap.servers=kafka:9093");

    dpkg("-r", "tasktrail-agent");
    assertThat(settings).hasContent("bootstrap.servers=kafka:9093");
    assertThat(root.at("usr/lib/tasktrail")).doesNotExist();
    dpkg("-P", "tasktrail-agent");
    assertThat(root.filesOfTasktrail())
        .containsExactly(
            "etc/tasktrail", "etc/tasktrail/agent.d", "etc/tasktrail/agent.d/site.properties");
  }

  private void dpkg(String option, String what) {
    root.run("dpkg", option, what.endsWith(".deb") ? "/" + what : what).done();
  }

  private String version() {
    return root.run("dpkg-query", "-W", "-f", "${Version}", "tasktrail-agent").done();
  }
}
