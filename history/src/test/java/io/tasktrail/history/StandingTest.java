package io.tasktrail.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AgentReport;
import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.TaskEvent;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StandingTest {

  private static final BootId BOOT = new BootId(new UUID(0, 2));
  private static final BootId NEXT_BOOT = new BootId(new UUID(0, 3));
  private static final Optional<AgentReport> REPORT =
      Optional.of(new AgentReport("1", "capture", "6.1", "amd64", "unit", List.of("masking")));

  private final InMemoryHostState host = new InMemoryHostState();
  private final Fold fold = new Fold(FoldLimits.DEFAULT);
  private long sequence;

  @Test
  void aHeartbeatIsWhatIsKnown() {
    fold.apply(host, event(BOOT, 5, heartbeat(7)));

    HostStatus status = host.status().orElseThrow();
    assertThat(status.state()).isEqualTo(HostStatus.State.RUNNING);
    assertThat(status.hostName()).isEqualTo("web");
    assertThat(status.heardNanos()).isEqualTo(105);
    assertThat(status.lost()).isEqualTo(7);
    assertThat(status.report()).isEqualTo(REPORT);
  }

  @Test
  void whoStoppedKeepsWhatItSaid() {
    fold.apply(host, event(BOOT, 5, heartbeat(7)));
    fold.apply(host, event(BOOT, 6, new Fact.AgentStopping("stopped")));

    HostStatus status = host.status().orElseThrow();
    assertThat(status.state()).isEqualTo(HostStatus.State.STOPPED);
    assertThat(status.heardNanos()).isEqualTo(106);
    assertThat(status.lost()).isEqualTo(7);
    assertThat(status.report()).isEqualTo(REPORT);
  }

  @Test
  void whoOnlyStoppedIsNotKnown() {
    fold.apply(host, event(BOOT, 6, new Fact.AgentStopping("stopped")));

    assertThat(host.status()).isEmpty();
  }

  @Test
  void whatStillComesOfAnEarlierBootIsHistory() {
    fold.apply(host, event(BOOT, 5, heartbeat(1)));
    fold.apply(host, event(NEXT_BOOT, 5, heartbeat(2)));
    fold.apply(host, event(BOOT, 6, heartbeat(3)));

    assertThat(host.status().map(HostStatus::lost)).contains(2L);
    assertThat(host.status().map(HostStatus::boot)).contains(NEXT_BOOT);
  }

  private static Fact heartbeat(long lost) {
    return new Fact.Heartbeat(
        List.of(), 100, lost, Fact.Shortfalls.NONE, Fact.Canary.NONE, 0, REPORT);
  }

  private TaskEvent event(BootId boot, long bootNanos, Fact fact) {
    return new TaskEvent(
        new Header(
            new HostId(new UUID(0, 1)),
            "web",
            boot,
            new CaptureId(boot.value()),
            Header.AGENT_CPU,
            ++sequence,
            bootNanos,
            100),
        fact);
  }
}
