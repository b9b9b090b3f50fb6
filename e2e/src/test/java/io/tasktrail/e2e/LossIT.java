package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing is lost in silence: what every sequence number became is recomputed from the topics by a
/// checker in another language.
class LossIT {

  private static final int KILLS = 20;
  private static final int RING = 8 << 20;
  private static final int SMALL_RING = 256 << 10;

  /// Needs several times the room of the small ring.
  private static final int FLOOD = 3_000;

  @TempDir private Path folder;
  private Zoo zoo;

  @BeforeEach
  void build() throws IOException {
    Needs.liveCapture();
    Needs.command("npm");
    zoo = Zoo.build(Files.createDirectory(folder.resolve("zoo")));
  }

  @Test
  void anAgentKilledAtAnyMomentLosesNothing() throws Exception {
    Random random = new Random(20);
    int children = 0;
    try (Fleet fleet = Fleet.start(folder, RING)) {
      for (int kill = 0; kill < KILLS; kill++) {
        Process agent = fleet.agent();
        int before = random.nextInt(300);
        int after = random.nextInt(100);
        Storm storm = Storm.of(zoo, before + after);
        storm.awaitChildren(before);
        agent.destroyForcibly().waitFor();
        storm.awaitEnd();
        children += before + after;
      }
      Process last = fleet.agent();
      // The children are forked with the image of the storm, and execute the same program.
      fleet.awaitKeptPromises(
          zoo.path("zoo"), Map.of("exec", children + KILLS, "exit", children + KILLS));
      Fleet.stop(last);
      JsonNode checked = fleet.awaitKeptPromises(zoo.path("zoo"), Map.of());
      assertThat(checked.at("/lost_and_delivered").asInt()).as(fleet.said()).isZero();
    }
  }

  @Test
  void whatAFullRingCantTakeIsDeclaredLost() throws Exception {
    try (Fleet fleet = Fleet.start(folder, SMALL_RING)) {
      Process agent = fleet.agent();
      fleet.awaitReader(agent);
      zoo.run(0, "storm", "1");
      fleet.awaitKeptPromises(zoo.path("zoo"), Map.of("exec", 2));
      signal("STOP", agent);
      zoo.run(0, "storm", Integer.toString(FLOOD));
      signal("CONT", agent);
      fleet.awaitRoomInTheRing();
      Path seenLast = zoo.named("last");
      Zoo.runCommand(7, List.of(seenLast.toString(), "end", "7"));
      fleet.awaitKeptPromises(seenLast, Map.of("exec", 1, "exit", 1));
      Fleet.stop(agent);
      JsonNode checked = fleet.awaitKeptPromises(seenLast, Map.of("exec", 1));
      assertThat(checked.at("/declared_lost").asInt()).isGreaterThan(FLOOD);
      assertThat(checked.at("/lost_and_delivered").asInt()).isZero();
      AuditLog lost = AuditLog.read(fleet.audit(), "events_lost").action("events_lost");
      assertThat(lost.lines()).isNotEmpty();
      assertThat(
              lost.lines().stream()
                  .mapToLong(line -> line.at("/tasktrail/lost/count").asLong())
                  .sum())
          .isEqualTo(checked.at("/declared_lost").asLong());
    }
  }

  private static void signal(String name, Process process) throws Exception {
    Zoo.runCommand(0, List.of("kill", "-" + name, Long.toString(process.pid())));
  }

  /// A storm that says how far it is.
  private record Storm(Process process) {

    static Storm of(Zoo zoo, int children) throws IOException {
      return new Storm(
          new ProcessBuilder(zoo.path("zoo").toString(), "storm", Integer.toString(children))
              .start());
    }

    /// The storm writes a byte for each child that has ended.
    void awaitChildren(int count) throws IOException {
      InputStream progress = process.getInputStream();
      assertThat(progress.readNBytes(count)).hasSize(count);
    }

    void awaitEnd() throws Exception {
      process.getInputStream().readAllBytes();
      assertThat(process.waitFor()).isZero();
    }
  }
}
