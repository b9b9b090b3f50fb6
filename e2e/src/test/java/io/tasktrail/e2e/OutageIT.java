package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that is away while programs are started at an even rate: in the end the SIEM topic has
/// all of it, in order and once, as a checker in another language recomputes.
///
/// Longer ones are for who wants to see it: `-Doutage.seconds=600 -Doutage.rate=1000` (programs a
/// second, and before each a child that executes nothing).
class OutageIT {

  private static final int SECONDS = Integer.getInteger("outage.seconds", 10);
  private static final int RATE = Integer.getInteger("outage.rate", 100);
  private static final String LARGE_SPOOL = "2g";
  private static final String SMALL_SPOOL = "1m";
  private static final int MORE = 2000;
  private static final int AT_ONCE = 0;
  private static final int RING = 8 << 20;

  /// To send what the spool holds, to fold it, and to read all of it.
  private static final Duration CATCHING_UP = Duration.ofSeconds(120 + 2L * SECONDS);

  @TempDir private Path folder;
  private Zoo zoo;

  @BeforeEach
  void build() throws IOException {
    Needs.liveCapture();
    Needs.command("npm");
    zoo = Zoo.build(Files.createDirectory(folder.resolve("zoo")));
  }

  @Test
  void brokerThatIsKilledAndReturnsHasAllInOrderAndOnce() throws Exception {
    try (Fleet fleet = Fleet.startWithoutStreams(folder, RING)) {
      Process agent = startedAgent(fleet, LARGE_SPOOL);
      fleet.kafka().kill();
      storm();
      assertThat(spooled(fleet)).as(fleet.said()).isNotEmpty();
      fleet.restartKafka();
      assertAllIsThere(fleet, agent);
    }
  }

  @Test
  void networkThatSwallowsEverythingDoesToo() throws Exception {
    try (Fleet fleet = Fleet.startWithoutStreams(folder, RING)) {
      Process agent = startedAgent(fleet, LARGE_SPOOL);
      fleet.kafka().freeze();
      try {
        storm();
        assertThat(spooled(fleet)).as(fleet.said()).isNotEmpty();
      } finally {
        fleet.kafka().thaw();
      }
      assertAllIsThere(fleet, agent);
    }
  }

  /// Then nothing is missing that is not told as lost: first what executed nothing.
  @Test
  void spoolThatIsFullGivesUpWhatIsWorthLeastAndTellsIt() throws Exception {
    try (Fleet fleet = Fleet.startWithoutStreams(folder, RING)) {
      Process agent = startedAgent(fleet, SMALL_SPOOL);
      fleet.kafka().kill();
      storm();
      await()
          .atMost(CATCHING_UP)
          .until(
              () -> {
                storm(MORE, AT_ONCE);
                return fleet.said().contains("are given up");
              });
      fleet.restartKafka();
      JsonNode lost = checked(fleet, agent).at("/lost_by");

      assertThat(lost.at("/SPOOL_FULL/fork").asLong()).as(fleet.said()).isPositive();
      assertThat(lost.at("/SPOOL_FULL").has("exec")).isFalse();
    }
  }

  private static Process startedAgent(Fleet fleet, String spool) throws IOException {
    Process agent = fleet.agent(Map.of("spool.bytes.max", spool, "spool.after", "2s"));
    fleet.awaitReader(agent);
    fleet.awaitPublished();
    return agent;
  }

  private void storm() throws Exception {
    storm(SECONDS * RATE, RATE);
  }

  private void storm(int programs, int rate) throws Exception {
    zoo.run(0, "storm", Integer.toString(programs), Integer.toString(rate), "with-subshells");
  }

  private static List<Path> spooled(Fleet fleet) throws IOException {
    try (Stream<Path> files = Files.list(fleet.spool())) {
      return files.filter(file -> file.toString().endsWith(".avro")).toList();
    }
  }

  private void assertAllIsThere(Fleet fleet, Process agent) throws Exception {
    JsonNode checked = checked(fleet, agent);

    assertThat(checked.at("/declared_lost").asLong()).as(fleet.said()).isZero();
    // And the storm itself.
    assertThat(checked.get("execs").get(zoo.path("zoo").toString()).asInt())
        .isEqualTo(SECONDS * RATE + 1);
  }

  /// What the checker says, once all is sent and folded.
  private static JsonNode checked(Fleet fleet, Process agent) throws Exception {
    await().atMost(CATCHING_UP).until(() -> spooled(fleet).isEmpty());
    Fleet.stop(agent);
    fleet.streams();
    JsonNode checked = fleet.awaitChecked(CATCHING_UP);

    System.out.printf(
        "outage of %d s at %d programs/s: %s task events, declared lost %s %s%n",
        SECONDS,
        RATE,
        checked.at("/task_events"),
        checked.at("/declared_lost"),
        checked.at("/lost_by"));
    assertThat(checked.at("/lost_and_delivered").asLong()).isZero();
    assertThat(checked.at("/out_of_order").asLong()).isZero();
    return checked;
  }
}
