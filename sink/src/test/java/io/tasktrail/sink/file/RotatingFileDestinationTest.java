package io.tasktrail.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tasktrail.sink.Destination;
import io.tasktrail.sink.DestinationContract;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Source;
import io.tasktrail.sink.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RotatingFileDestinationTest implements DestinationContract {

  private static final List<String> WORDS = List.of("a", "b", "c");
  private static final Rotation EACH_LINE = new Rotation(Optional.of(1L), Optional.empty());
  private static final Rotation EACH_MINUTE =
      new Rotation(Optional.empty(), Optional.of(Duration.ofMinutes(1)));

  @TempDir Path directory;
  private Instant now = Instant.parse("2026-11-20T10:00:00Z");

  @Override
  public Destination open() {
    return open(EACH_LINE, OptionalInt.empty());
  }

  private Destination open(Rotation rotation, OptionalInt kept) {
    return destination(
        new FilePlan(lines().current(), rotation, Durability.ALWAYS, kept), Disk.REAL);
  }

  private Destination destination(FilePlan plan, Disk disk) {
    return new FileDestination(plan, Words.format(), () -> now, disk);
  }

  @Override
  public List<String> found() throws IOException {
    return lines().all();
  }

  private Lines lines() {
    return new Lines(directory);
  }

  @Test
  void theNameTellsTheOffsetsOfTheLinesWithin() throws IOException {
    try (Destination destination = open()) {
      destination.resume(Words.SOURCE);
      write(destination, "a", Map.of(0, 5L));
      write(destination, "b", Map.of(0, 5L, 1, 7L));
    }

    assertThat(lines().finished())
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "lines.00000000000000000000-00000000000000000005.log",
            "lines.00000000000000000005-00000000000000000012.log");
    assertThat(lines().current()).isEmptyFile();
  }

  @Test
  void aFileIsFinishedWhenItIsLongEnough() throws IOException {
    try (Destination destination =
        open(new Rotation(Optional.of(6L), Optional.empty()), OptionalInt.empty())) {
      destination.resume(Words.SOURCE);
      for (long word = 1; word <= 7; word++) {
        write(destination, Long.toString(word), Map.of(0, word));
      }
    }

    assertThat(lines().finished()).hasSize(2).allMatch(file -> file.toFile().length() == 6);
    assertThat(lines().current()).hasContent("7");
  }

  @Test
  void aFileIsFinishedWhenItsFirstLineIsOldEnoughAlsoOverAStop() throws IOException {
    try (Destination destination = open(EACH_MINUTE, OptionalInt.empty())) {
      destination.resume(Words.SOURCE);
      now = now.plusSeconds(300);
      write(destination, "a", Map.of(0, 1L));
      now = now.plusSeconds(59);
      write(destination, "b", Map.of(0, 2L));
      assertThat(lines().finished()).isEmpty();
    }
    now = now.plusSeconds(1);
    try (Destination next = open(EACH_MINUTE, OptionalInt.empty())) {
      next.resume(Words.SOURCE);
      write(next, "c", Map.of(0, 3L));
    }

    assertThat(lines().finished()).singleElement().satisfies(file -> holds(file, "a", "b", "c"));
  }

  private static void holds(Path file, String... words) {
    assertThat(file).hasContent(String.join("\n", words));
  }

  @Test
  void anEmptyFileIsNotFinished() throws IOException {
    try (Destination destination = open()) {
      destination.resume(Words.SOURCE);
      destination.sync(new Positions(Map.of(0, 5L)));
    }

    assertThat(lines().finished()).isEmpty();
  }

  @Test
  void ofATopicThatWasMadeAnewNoFinishedFileIsReplaced() throws IOException {
    for (String topic : List.of("id-1", "id-2", "id-3")) {
      try (Destination destination = open()) {
        destination.resume(new Source("audit-events", topic, "group"));
        write(destination, topic, Map.of(0, 1L));
      }
    }

    assertThat(lines().finished())
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "lines.00000000000000000000-00000000000000000001.log",
            "lines.00000000000000000000-00000000000000000001_2.log",
            "lines.00000000000000000000-00000000000000000001_3.log");
    assertThat(found()).containsExactly("id-1", "id-2", "id-3");
  }

  @Test
  void noFileHoldsLinesOfTwoTopics() throws IOException {
    try (Destination destination = open(EACH_MINUTE, OptionalInt.empty())) {
      destination.resume(Words.SOURCE);
      write(destination, "a", Map.of(0, 9L));
    }
    try (Destination destination = open(EACH_MINUTE, OptionalInt.empty())) {
      destination.resume(new Source(Words.SOURCE.topic(), "id-2", Words.SOURCE.group()));
      write(destination, "b", Map.of(0, 1L));
    }

    assertThat(lines().finished()).singleElement().satisfies(file -> holds(file, "a"));
    assertThat(lines().current()).hasContent("b");
  }

  @Test
  void onlySoManyFinishedFilesAreKept() throws IOException {
    try (Destination destination = open(EACH_LINE, OptionalInt.of(2))) {
      destination.resume(Words.SOURCE);
      for (long word = 1; word <= 5; word++) {
        write(destination, Long.toString(word), Map.of(0, word));
      }
    }
    Files.writeString(directory.resolve("lines.theirs.log"), "theirs");

    assertThat(found()).containsExactly("4", "5");
    try (Destination fewer = open(EACH_LINE, OptionalInt.of(1))) {
      fewer.resume(Words.SOURCE);
    }
    assertThat(found()).containsExactly("5");
    assertThat(directory.resolve("lines.theirs.log")).exists();
  }

  @Test
  void aFileThatWasBegunWithoutRotationIsFinished() throws IOException {
    try (Destination before = open(Rotation.NONE, OptionalInt.empty())) {
      before.resume(Words.SOURCE);
      write(before, "a", Map.of(0, 1L));
      assertThat(lines().finished()).isEmpty();
    }
    try (Destination destination = open()) {
      destination.resume(Words.SOURCE);
      write(destination, "b", Map.of(0, 2L));
    }

    assertThat(lines().finished()).singleElement().satisfies(file -> holds(file, "a", "b"));
  }

  @Test
  void whereNoRenameIsAllowedNothingIsLost() throws IOException {
    Path taken = directory.resolve("lines.00000000000000000000-00000000000000000001.log");
    try (Destination destination = open()) {
      destination.resume(Words.SOURCE);
      Files.createDirectory(lines().current().resolveSibling("lines.log.checkpoint.next"));
      assertThatIOException().isThrownBy(() -> write(destination, "a", Map.of(0, 1L)));
      Files.delete(lines().current().resolveSibling("lines.log.checkpoint.next"));

      assertThat(destination.resume(Words.SOURCE)).isEqualTo(Positions.NONE);
      write(destination, "a", Map.of(0, 1L));
    }
    assertThat(taken).hasContent("a");
  }

  /// The process ends at every operation, and the one after it at every operation of its own.
  @Test
  void whereverTwoProcessesStopEachLineIsThereOnce() throws IOException {
    int first = 0;
    for (boolean stopped = true; stopped; first++) {
      boolean stoppedAgain = true;
      for (int second = 0; stoppedAgain; second++) {
        FilePlan plan = pairs(first + "-" + second, Durability.ALWAYS);
        stopped = isStoppedAfter(first, plan);
        stoppedAgain = stopped && isStoppedAfter(second, plan);
        assertIsDelivered(plan);
      }
    }
    assertThat(first).isGreaterThan(30);
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void whereverItStopsEachLineIsThereOnce(Durability durability) throws IOException {
    int operations = 0;
    for (boolean stopped = true; stopped; operations++) {
      FilePlan plan = pairs(Integer.toString(operations), durability);
      stopped = isStoppedAfter(operations, plan);
      assertIsDelivered(plan);
    }
    assertThat(operations).isGreaterThan(20);
  }

  /// In a folder of its own, a file is finished at its second line.
  private FilePlan pairs(String folder, Durability durability) throws IOException {
    return new FilePlan(
        new Lines(Files.createDirectory(directory.resolve(folder))).current(),
        new Rotation(Optional.of(4L), Optional.empty()),
        durability,
        OptionalInt.empty());
  }

  private void assertIsDelivered(FilePlan plan) throws IOException {
    assertThat(isStoppedAfter(Integer.MAX_VALUE, plan)).isFalse();
    Lines lines = new Lines(plan.file().getParent());
    assertThat(lines.all()).as(plan.file().toString()).isEqualTo(WORDS);
    assertThat(lines.finished()).as(plan.file().toString()).hasSize(1);
  }

  /// Delivers what is not there yet, one word a sync.
  private boolean isStoppedAfter(int operations, FilePlan plan) throws IOException {
    try (Destination destination = destination(plan, new StoppingDisk(operations))) {
      long next = destination.resume(Words.SOURCE).of(0).orElse(0);
      for (String word : WORDS.subList((int) next, WORDS.size())) {
        next++;
        write(destination, word, Map.of(0, next));
      }
      return false;
    } catch (StoppingDisk.Stopped _) {
      return true;
    }
  }

  @Test
  void afterAPowerFailureHalfALineIsNotContinued() throws IOException {
    FilePlan plan =
        new FilePlan(lines().current(), Rotation.NONE, Durability.NEVER, OptionalInt.empty());
    try (Destination destination = destination(plan, Disk.REAL)) {
      destination.resume(Words.SOURCE);
      write(destination, "whole", Map.of(0, 1L));
      write(destination, "lost", Map.of(0, 2L));
    }
    Files.writeString(lines().current(), "whole\nlo");

    try (Destination next = destination(plan, Disk.REAL)) {
      assertThat(next.resume(Words.SOURCE)).isEqualTo(new Positions(Map.of(0, 2L)));
      write(next, "c", Map.of(0, 3L));
    }
    assertThat(found()).containsExactly("whole", "c");
  }

  @Test
  void anEmptyCheckpointIsNone() throws IOException {
    try (Destination destination = open(Rotation.NONE, OptionalInt.empty())) {
      destination.resume(Words.SOURCE);
      write(destination, "a", Map.of(0, 1L));
    }
    Files.writeString(directory.resolve("lines.log.checkpoint"), "");

    try (Destination next = open(Rotation.NONE, OptionalInt.empty())) {
      assertThat(next.resume(Words.SOURCE)).isEqualTo(Positions.NONE);
    }
    assertThat(found()).containsExactly("a");
  }

  private static void write(Destination destination, String word, Map<Integer, Long> next)
      throws IOException {
    destination.write(Words.event(word), Words::unrefused);
    destination.sync(new Positions(next));
  }
}
