package io.tasktrail.agent.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Cgroup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupPathTest {

  private static final String ID = "4f3c2b1a09876543".repeat(4);

  private static Cgroup read(String path) {
    return CgroupPath.read(ByteText.of(path));
  }

  /// `{id}` stands for 64 hexadecimal digits.
  @ParameterizedTest
  @CsvFileSource(resources = "cgroups.csv", numLinesToSkip = 1)
  void pathsOfRealHostsSayWhoseTheyAre(
      String path, String id, String runtime, String unit, String userUnit) {
    Cgroup cgroup = read(path.replace("{id}", ID));

    assertThat(cgroup.containerId()).isEqualTo(text(id).replace("{id}", ID));
    assertThat(cgroup.containerRuntime()).isEqualTo(text(runtime));
    assertThat(cgroup.unit()).isEqualTo(text(unit).replace("{id}", ID));
    assertThat(cgroup.userUnit()).isEqualTo(text(userUnit).replace("{id}", ID));
  }

  private static String text(String cell) {
    return cell == null ? "" : cell;
  }

  @Test
  void thePathItselfStays() {
    ByteText odd = ByteText.of(new byte[] {'/', (byte) 0xff, '\n'});

    assertThat(CgroupPath.read(odd).path()).isEqualTo(odd);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docker-{id}.scope\n",
        "/\ndocker-{id}.scope",
        "/docker-{id}.scope{\"container\"",
        "/a{id}",
        "/{id}a",
        "/{id}{id}",
        "/docker-{ID}.scope",
        "/docker/{ID}",
        "/my-{id}.scope",
        "/docker-{id}.scope.d",
        "/docker-{id}.slice",
        "/docker-{id}",
        "/docker-/{short}.scope",
        "/lxc.payload.a b",
        "/lxc.payload.",
        "/lxc/a\tb",
        "/machine.slice/machine-\u00e9.scope",
        "/libpod-conmon-{id}.scope",
        "/crio-conmon-{id}.scope",
        "/lxc.monitor.web",
        "/machine.slice/machine-qemu\\x2d1\\x2dweb.scope"
      })
  void whatIsOnlyLikeAContainerIsNone(String path) {
    String odd =
        path.replace("{id}", ID)
            .replace("{ID}", ID.toUpperCase(java.util.Locale.ROOT))
            .replace("{short}", ID.substring(1));

    assertThat(read(odd).containerId()).isEmpty();
    assertThat(read(odd).containerRuntime()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/system.slice/evil\n.service",
        "/system.slice/a b.service",
        "/system.slice/.service",
        "/system.slice/x.service\0",
        "/system.slice/\u00fcber.service",
        "/x/ssh.service",
        "/system.slice/ssh.services",
        "system.slice/ssh.service"
      })
  void whatIsOnlyLikeAUnitIsNone(String path) {
    assertThat(read(path).unit()).isEmpty();
  }

  @Test
  void veryLongNamesAreNoUnits() {
    assertThat(read("/" + "a".repeat(300) + ".service").unit()).isEmpty();
  }

  /// A byte that is not UTF-8 is shown as `\xff`, and units may have such letters.
  @Test
  void bytesThatAreNoTextAreNoUnit() {
    byte[] path = "/system.slice/aa.service".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    path[15] = (byte) 0xff;

    assertThat(CgroupPath.read(ByteText.of(path)).unit()).isEmpty();
  }

  @Test
  void whatIsInsideAContainerMayNotNameAnother() {
    String inner = "0".repeat(64);

    assertThat(read("/docker/" + ID + "/docker/" + inner).containerId()).isEqualTo(ID);
    assertThat(read("/kubepods/pod1/" + ID + "/libpod-" + inner + ".scope").containerId())
        .isEqualTo(ID);
  }

  @Test
  void thoseOfLateAreKeptUpToABound() {
    Cgroups cgroups = new Cgroups();
    ByteText first = ByteText.of("/system.slice/ssh.service");
    Cgroup known = cgroups.of(first);

    assertThat(cgroups.of(ByteText.of("/system.slice/ssh.service"))).isSameAs(known);
    for (int other = 0; other < Cgroups.KEPT_MAX; other++) {
      cgroups.of(ByteText.of("/" + other));
    }
    assertThat(cgroups.of(first)).isNotSameAs(known).isEqualTo(known);
  }

  @Test
  void aLongPathTakesNoTime() {
    String dashes = "machine-lxc\\x2d" + "-".repeat(4000);
    String colons = ":".repeat(4000) + "docker:" + ID.substring(1);

    assertThat(List.of(read("/" + dashes), read("/" + colons)))
        .allMatch(cgroup -> cgroup.containerId().isEmpty());
  }
}
