package io.tasktrail.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.agent.CaptureSource;
import io.tasktrail.agent.doctor.Finding.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trees of files in place of a host's.
class HostTest {

  private static final Account AGENT = new Account("agent", 4242, Set.of(4242L));
  private static final Instant BUILT = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");

  @TempDir private Path root;

  @BeforeEach
  void goodHost() throws IOException {
    put("proc/sys/kernel/osrelease", "6.1.0-28-amd64");
    put("proc/sys/kernel/unprivileged_bpf_disabled", "2");
    put("proc/sys/kernel/hostname", "web7");
    put("proc/sys/kernel/random/boot_id", "3141c990-e199-4ed4-8eae-7a23e957e5e7");
    put("proc/self/mounts", "proc /proc proc rw 0 0\nbpf /sys/fs/bpf bpf rw,mode=711 0 0");
    put("sys/kernel/btf/vmlinux", "");
    put("sys/kernel/security/lockdown", "[none] integrity confidentiality");
    put("etc/machine-id", "0123456789abcdef0123456789abcdef");
  }

  @Test
  void goodHostIsInOrder() {
    assertThat(kernel()).allSatisfy(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.OK));
    assertThat(host(NOW))
        .allSatisfy(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.OK));
  }

  @Test
  void oldKernelFailsAndUntestedOneWarns() throws IOException {
    put("proc/sys/kernel/osrelease", "5.10.0-9-amd64");
    assertThat(kernel().getFirst().outcome()).isEqualTo(Outcome.FAIL);
    put("proc/sys/kernel/osrelease", "5.15.0");
    assertThat(kernel().getFirst().outcome()).isEqualTo(Outcome.WARN);
  }

  @Test
  void beforeLinux519UnprivilegedAgentsAreShutOut() throws IOException {
    put("proc/sys/kernel/osrelease", "5.15.0");
    assertThat(kernel().get(3).outcome()).isEqualTo(Outcome.FAIL);
    assertThat(kernel().get(3).cure()).contains("CAP_BPF");
    put("proc/sys/kernel/unprivileged_bpf_disabled", "0");
    assertThat(kernel().get(3).outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void missingTypeDataAndLockdownAreNamed() throws IOException {
    Files.delete(root.resolve("sys/kernel/btf/vmlinux"));
    put("sys/kernel/security/lockdown", "none integrity [confidentiality]");

    assertThat(kernel().get(1).cure()).contains("CONFIG_DEBUG_INFO_BTF");
    assertThat(kernel().get(2).found()).contains("confidentiality");
  }

  @Test
  void whereBpfCanNotBeLoadedItIsSaidWhatCanBeHad() throws Exception {
    Files.delete(root.resolve("sys/kernel/btf/vmlinux"));
    assertThat(kernel().get(1).cure()).doesNotContain("without BPF");
    put("proc/self/loginuid", "4294967295");
    assertThat(kernel().get(1).cure()).contains("capture.source=audit");
    put("proc/net/connector", "Name            ID\ncn_proc         1:1");
    assertThat(kernel().get(1).cure()).contains("capture.source=proc");
    assertThat(look(new OtherSources(root, AGENT).besides()).found())
        .contains("capture.source=proc", "capture.source=audit");
  }

  @Test
  void whoeverReadsRecordsNeedsThemAndNoBpf() throws Exception {
    OtherSources sources = new OtherSources(root, AGENT);
    assertThat(look(sources.of(CaptureSource.PROC, "-")).outcome()).isEqualTo(Outcome.FAIL);
    put("proc/net/connector", "cn_proc         1:1");
    assertThat(look(sources.of(CaptureSource.PROC, "-")).outcome()).isEqualTo(Outcome.OK);
    assertThat(look(sources.of(CaptureSource.AUDIT, "-")).outcome()).isEqualTo(Outcome.OK);
    assertThat(look(sources.of(CaptureSource.AUDIT, "/var/log/audit/audit.log")).cure())
        .contains("auditd");
  }

  @Test
  void machineIdThatIsNoneIsNamedWithTheCommand() throws IOException {
    for (String none : List.of("", "uninitialized", "00000000000000000000000000000000")) {
      put("etc/machine-id", none);
      assertThat(host(NOW).getFirst().outcome()).as(none).isEqualTo(Outcome.FAIL);
      assertThat(host(NOW).getFirst().cure()).contains("systemd-machine-id-setup");
    }
  }

  @Test
  void clockBeforeTheBuildOrFarAfterItWarns() {
    assertThat(host(Instant.EPOCH).get(1).outcome()).isEqualTo(Outcome.WARN);
    assertThat(host(Instant.parse("2077-01-01T00:00:00Z")).get(1).outcome())
        .isEqualTo(Outcome.WARN);
  }

  @Test
  void hiddenProcessesWarnAndHiddenKernelFails() throws IOException {
    put("proc/self/mounts", "proc /proc proc rw,hidepid=invisible 0 0");
    assertThat(host(NOW).get(2).outcome()).isEqualTo(Outcome.WARN);
    put("proc/self/mounts", "proc /proc proc rw,subset=pid 0 0");
    assertThat(host(NOW).get(2).outcome()).isEqualTo(Outcome.FAIL);
  }

  @Test
  void placeThatIsNotInABpfFileSystemIsRefusedWithTheMountCommand() throws Exception {
    put("proc/self/mounts", "sysfs /sys sysfs rw 0 0");
    Finding bpffs =
        new CaptureChecks(root, Path.of("/sys/fs/bpf/tasktrail"), AGENT)
            .all()
            .getFirst()
            .look()
            .look();

    assertThat(bpffs.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(bpffs.cure()).contains("mount -t bpf");
  }

  private List<Finding> kernel() {
    return findings(new KernelChecks(root, AGENT).all());
  }

  private List<Finding> host(Instant now) {
    return findings(new HostChecks(root, Optional.empty(), now, Optional.of(BUILT)).all());
  }

  private static List<Finding> findings(List<Check> checks) {
    return checks.stream().map(HostTest::look).toList();
  }

  private static Finding look(Check check) {
    try {
      return check.look().look();
    } catch (Exception broken) {
      throw new AssertionError(check.what(), broken);
    }
  }

  private void put(String path, String text) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), text + "\n");
  }
}
