package io.tasktrail.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tasktrail.sink.Destination;
import io.tasktrail.sink.DestinationContract;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDestinationTest implements DestinationContract {

  private static final Positions ONE = new Positions(Map.of(0, 1L));

  @TempDir Path directory;

  @Override
  public Destination open() {
    return at(file());
  }

  @Override
  public List<String> found() throws IOException {
    return Files.readAllLines(file());
  }

  @Test
  void halfALineOfAKilledProcessIsCutOff() throws IOException {
    delivered("a");
    Files.writeString(file(), "b\nhalf a li", StandardOpenOption.APPEND);

    try (Destination next = open()) {
      assertThat(next.resume(Words.SOURCE)).isEqualTo(ONE);
      assertThat(found()).containsExactly("a");
    }
  }

  @Test
  void aFileOfOthersIsContinued() throws IOException {
    Files.writeString(file(), "theirs\n");

    delivered("a");

    assertThat(found()).containsExactly("theirs", "a");
  }

  @Test
  void aFileThatWasMadeShorterIsContinued() throws IOException {
    delivered("a");
    Files.writeString(file(), "");

    try (Destination next = open()) {
      assertThat(next.resume(Words.SOURCE)).isEqualTo(ONE);
      next.write(Words.event("b"), Words::unrefused);
      next.sync(new Positions(Map.of(0, 2L)));
    }
    assertThat(found()).containsExactly("b");
  }

  @Test
  void manyLinesAreWrittenBeforeTheyAreSynced() throws IOException {
    String word = "x".repeat(10_000);
    try (Destination destination = open()) {
      destination.resume(Words.SOURCE);
      for (int i = 0; i < 100; i++) {
        destination.write(Words.event(word), Words::unrefused);
      }
      assertThat(Files.size(file())).isGreaterThan(500_000);
      destination.sync(ONE);
    }
    assertThat(found()).hasSize(100).containsOnly(word);
  }

  @Test
  void twoSinksDoNotShareAFile() throws IOException {
    try (Destination first = open();
        Destination second = open()) {
      first.resume(Words.SOURCE);

      assertThatIOException()
          .isThrownBy(() -> second.resume(Words.SOURCE))
          .withMessageStartingWith(file() + ": another sink writes it: ");
    }
  }

  @Test
  void aMissingDirectoryIsToldAtOnce() throws IOException {
    Path file = directory.resolve("absent").resolve("lines");
    try (Destination destination = at(file)) {
      assertThatIOException()
          .isThrownBy(() -> destination.resume(Words.SOURCE))
          .withMessageStartingWith(file + ": its directory does not exist: ");
    }
  }

  @Test
  void aDirectoryInPlaceOfTheFileIsTold() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    try (Destination destination = at(folder)) {
      assertThatIOException()
          .isThrownBy(() -> destination.resume(Words.SOURCE))
          .withMessageStartingWith(folder + ": Is a directory: ");
    }
  }

  @Test
  void aCheckpointThatCannotBeWrittenFailsTheSyncAndIsRepeated() throws IOException {
    Path next = directory.resolve("lines.checkpoint.next");
    try (Destination destination = open()) {
      destination.resume(Words.SOURCE);
      destination.write(Words.event("a"), Words::unrefused);
      Files.createDirectory(next);
      assertThatIOException().isThrownBy(() -> destination.sync(ONE));
      Files.delete(next);

      assertThat(destination.resume(Words.SOURCE)).isEqualTo(Positions.NONE);
      destination.write(Words.event("a"), Words::unrefused);
      destination.sync(ONE);
    }
    assertThat(found()).containsExactly("a");
  }

  @Test
  void aDamagedCheckpointIsNotGuessedAt() throws IOException {
    delivered("a");
    Path checkpoint = directory.resolve("lines.checkpoint");
    Files.writeString(checkpoint, Files.readString(checkpoint).replace("end\n", ""));

    try (Destination next = open()) {
      assertThatIOException()
          .isThrownBy(() -> next.resume(Words.SOURCE))
          .withMessageStartingWith(checkpoint + ": not a checkpoint of this version: ");
    }
    assertThat(found()).containsExactly("a");
  }

  private void delivered(String word) throws IOException {
    try (Destination destination = open()) {
      destination.resume(Words.SOURCE);
      destination.write(Words.event(word), Words::unrefused);
      destination.sync(ONE);
    }
  }

  private static FileDestination at(Path file) {
    return new FileDestination(
        new FilePlan(file, Rotation.NONE, Durability.ALWAYS, OptionalInt.empty()), Words.format());
  }

  private Path file() {
    return directory.resolve("lines");
  }
}
