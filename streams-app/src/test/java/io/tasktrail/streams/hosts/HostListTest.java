package io.tasktrail.streams.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AgentReport;
import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.HostId;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.HostStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HostListTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final HostList list = new HostList(NOW, Duration.ofMinutes(1));

  @Test
  void thoseThatNeedSomebodyComeFirst() {
    List<KnownHost> hosts =
        List.of(
            host("runs", State.RUNNING, false, 5, 0),
            host("stopped", State.STOPPED, false, 86_400 * 3, 0),
            host("silent", State.RUNNING, true, 61, 0),
            host("blind", State.RUNNING, true, 60, 0));

    assertThat(list.lines(hosts))
        .extracting(line -> line.replaceAll(" +", " ").split(" [0-9]", 2)[0])
        .containsExactly(
            "HOST STATE HEARD BEHIND VERSION SOURCE KERNEL ARMED BY LOST CAPABILITIES HOST ID",
            "blind blind",
            "silent silent",
            "stopped stopped",
            "runs running");
    assertThat(list.summary(hosts)).isEqualTo("4 hosts: 1 blind, 1 silent, 1 stopped, 1 running");
  }

  @Test
  void aLineSaysWhatRunsThere() {
    assertThat(list.lines(List.of(host("web", State.RUNNING, false, 5, 7200))).getLast())
        .isEqualTo(
            "web   running  5 s ago  2 h     0.1.0    capture  6.1.0   initramfs  3     "
                + "masking,spool  00000000-0000-0001-0000-000000000002");
  }

  @Test
  void whatAHostCallsItselfReachesNoTerminal() {
    assertThat(list.lines(List.of(host("\u001b[2J x\n", State.RUNNING, false, 5, 0))).getLast())
        .startsWith("?[2J?x? ");
  }

  @Test
  void anAgentThatNeverReportedIsToldToo() {
    HostStatus status = host("old", State.RUNNING, false, 5, 0).status();
    HostStatus silent =
        new HostStatus(
            status.host(),
            "",
            status.boot(),
            status.capture(),
            State.RUNNING,
            status.heardNanos(),
            0,
            0,
            0,
            Fact.Canary.NONE,
            Optional.empty());

    assertThat(list.lines(List.of(new KnownHost(silent, NOW))).getLast())
        .startsWith("-     running");
  }

  private static KnownHost host(
      String name, State state, boolean blind, long secondsAgo, long secondsBehind) {
    Instant arrived = NOW.minusSeconds(secondsAgo);
    Instant said = arrived.minusSeconds(secondsBehind);
    return new KnownHost(
        new HostStatus(
            new HostId(new UUID(1, 2)),
            name,
            new BootId(new UUID(3, 4)),
            new CaptureId(new UUID(5, 6)),
            state,
            said.getEpochSecond() * 1_000_000_000L,
            100,
            3,
            0,
            new Fact.Canary(OptionalLong.empty(), blind),
            Optional.of(
                new AgentReport(
                    "0.1.0",
                    "capture",
                    "6.1.0",
                    "amd64",
                    "initramfs",
                    List.of("masking", "spool")))),
        arrived);
  }
}
