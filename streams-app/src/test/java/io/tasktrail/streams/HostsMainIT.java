package io.tasktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.role.Launch;
import io.tasktrail.role.Shutdown;
import io.tasktrail.wire.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tasktrail hosts` on a real broker. Needs nothing but loopback.
final class HostsMainIT {

  private final HostStory web = new HostStory(1);
  private final HostStory db = new HostStory(2);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void eachHostIsALineWithWhatItsAgentLastSaid() throws Exception {
    try (Platform platform = Platform.start(directory)) {
      Map<String, String> settings = platform.settings(directory.resolve("state"));
      try (var role = new RunningRole(settings)) {
        role.awaitStart();
        platform.publish(
            List.of(web.armed(), web.heartbeat(1), db.armed(), db.heartbeat(1), db.stopping()));
        platform.awaitCommitted(Topics.HOSTS, 3);
      }

      assertThat(run(settings)).as(err.toString()).isZero();

      assertThat(out.toString().lines().skip(1))
          .satisfiesExactly(
              line -> assertThat(line).contains(" stopped ").endsWith(db.key()),
              line -> assertThat(line).contains(" running ").endsWith(web.key()));
      assertThat(err.toString()).isEqualTo("2 hosts: 1 stopped, 1 running\n");

      assertThat(run(settings, "--silent-after", "1ms")).isZero();
      assertThat(out.toString()).contains(" silent ");
    }
  }

  @Test
  void aTableThatIsNotThereIsSaidWithItsCure() throws Exception {
    try (Platform platform = Platform.start(directory)) {
      assertThat(run(platform.settings(directory.resolve("state")))).isEqualTo(1);

      assertThat(err.toString())
          .contains("topic tasktrail.hosts is missing")
          .contains("tasktrail topics")
          .hasLineCount(1);
    }
  }

  private int run(Map<String, String> settings, String... more) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> arguments = new ArrayList<>(List.of(more));
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    return Launch.run(
        new HostsMain(),
        new Shutdown(),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        arguments.toArray(String[]::new));
  }
}
