package io.tasktrail.agent.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitPlaceTest {

  private static final String ID = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker/ID",
        "system.slice/docker-ID.scope",
        "kubepods.slice/kubepods-pod1_2.slice/cri-containerd-ID.scope",
        "kubepods/burstable/pod1/ID",
        "machine.slice/libpod-ID.scope/container",
        "kubepods.slice/crio-ID.scope",
        "docker/ID/system.slice/docker-OTHER.scope"
      })
  void aContainerIsKnownByItsId(String path) {
    String whole = path.replace("ID", ID).replace("OTHER", "f".repeat(64));
    assertThat(UnitPlace.of(whole).container()).isEqualTo(ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "system.slice/sshd.service", "docker/IDa", "docker/xID", "-", "/"})
  void whatIsNoIdIsNoContainer(String path) {
    assertThat(UnitPlace.of(path.replace("ID", ID)).container()).isEmpty();
  }

  @Test
  void theUnitIsTheOutermost() {
    assertThat(UnitPlace.of("system.slice/sshd.service").unit()).isEqualTo("sshd.service");
    assertThat(UnitPlace.of("user.slice/user-0.slice/session-3.scope").unit())
        .isEqualTo("session-3.scope");
    assertThat(UnitPlace.of("system.slice/evil.service/node_exporter.service").unit())
        .isEqualTo("evil.service");
    assertThat(UnitPlace.of("init").unit()).isEmpty();
  }
}
