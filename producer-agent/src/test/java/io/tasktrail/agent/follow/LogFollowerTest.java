package io.tasktrail.agent.follow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No test waits: the follower is asked, and the log is rotated between two questions.
final class LogFollowerTest {

  private static final int KEPT = 50;

  @TempDir private Path folder;
  private Path log;
  private final StringBuilder written = new StringBuilder();
  private final StringBuilder read = new StringBuilder();
  private LogFollower follower;
  private int lines;

  @BeforeEach
  void begin() {
    log = folder.resolve("audit.log");
    begin(log);
  }

  private void begin(Path path) {
    follower = new LogFollower(path, Optional.empty());
    written.setLength(0);
    read.setLength(0);
  }

  @Test
  void aLogThatComesLaterIsRead() throws IOException {
    assertThat(step(4096)).isEqualTo(Step.NOTHING);
    write();

    readAll();

    assertAllIsRead();
  }

  @Test
  void whatWasRenamedIsReadToItsEndAndThenTheNewOne() throws IOException {
    write();
    readAll();
    write();
    rename();
    Files.createFile(log);
    readAll();
    // Whoever writes has not opened the new one yet.
    append(log.resolveSibling("audit.log.1"));
    readAll();
    write();

    readAll();

    assertAllIsRead();
    assertThat(follower.rotations()).isEqualTo(1);
  }

  @Test
  void severalRotationsBetweenTwoLooksLoseNothing() throws IOException {
    write();
    readAll();
    for (int i = 0; i < 5; i++) {
      write();
      rename();
    }
    write();

    readAll();

    assertAllIsRead();
  }

  @Test
  void whatWasCopiedAndCutIsReadFromTheCopy() throws IOException {
    write();
    readAll();
    write();
    copyAndCut();
    write();

    readAll();

    assertAllIsRead();
    assertThat(follower.gaps()).isZero();
  }

  @Test
  void aLogThatWasCutAndGrewBeyondTheOldPlaceIsAnother() throws IOException {
    write();
    readAll();
    copyAndCut();
    for (int i = 0; i < 20; i++) {
      write();
    }

    readAll();

    assertAllIsRead();
  }

  @Test
  void aNewAgentGoesOnInTheRotatedFile() throws IOException {
    write();
    readAll();
    Position position = follower.position().orElseThrow();
    write();
    rename();
    write();
    rename();
    write();
    restart(position);

    readAll();

    assertAllIsRead();
    assertThat(follower.gaps()).isZero();
  }

  @Test
  void whatWasDeletedMeanwhileIsAGap() throws IOException {
    write();
    readAll();
    Position position = follower.position().orElseThrow();
    String before = written.toString();
    write();
    rename();
    Files.delete(log.resolveSibling("audit.log.1"));
    written.setLength(0);
    written.append(before);
    write();
    restart(position);

    readAll();

    assertAllIsRead();
    assertThat(follower.gaps()).isEqualTo(1);
  }

  @Test
  void whatIsOlderThanADeletedFileIsNotReadAgain() throws IOException {
    write();
    readAll();
    Files.setLastModifiedTime(log, FileTime.fromMillis(1_000_000_000_000L));
    rename();
    write();
    readAll();
    Position position = follower.position().orElseThrow();
    Files.delete(log);
    write();
    restart(position);

    readAll();

    assertAllIsRead();
    assertThat(follower.gaps()).isEqualTo(1);
  }

  /// Every way of rotating in any order, readers that are killed at any byte.
  @Test
  void whateverIsRotatedEachByteIsReadOnce() throws IOException {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      log = Files.createDirectory(folder.resolve("seed" + seed)).resolve("audit.log");
      begin(log);
      write();
      readAll();
      for (int i = 0; i < 150; i++) {
        switch (random.nextInt(12)) {
          case 0 -> renameIfThere();
          case 1 -> copyAndCutOnceRead();
          case 2 -> follower.position().ifPresent(this::restart);
          case 3, 4, 5, 6 -> write();
          default -> step(1 + random.nextInt(90));
        }
      }
      write();
      readAll();
      assertThat(read.toString()).as("seed %d", seed).isEqualTo(written.toString());
    }
  }

  private void renameIfThere() throws IOException {
    if (Files.exists(log) && Files.size(log) > 0) {
      rename();
    }
  }

  /// What is written between copying and cutting is lost, in the way of copytruncate; here nobody
  /// writes meanwhile.
  private void copyAndCutOnceRead() throws IOException {
    if (Files.exists(log) && Files.size(log) > 0) {
      copyAndCut();
    }
  }

  private void restart(Position position) {
    follower = new LogFollower(log, Optional.of(position));
  }

  private void write() throws IOException {
    append(log);
  }

  private void append(Path file) throws IOException {
    String line = "type=X msg=audit(1700000000.000:%d): pid=1%n".formatted(++lines);
    Files.writeString(file, line, US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    written.append(line);
  }

  private void shift() throws IOException {
    for (int index = KEPT; index > 0; index--) {
      Path from = log.resolveSibling("audit.log." + index);
      if (Files.exists(from)) {
        Files.move(from, log.resolveSibling("audit.log." + (index + 1)));
      }
    }
  }

  private void rename() throws IOException {
    shift();
    Files.move(log, log.resolveSibling("audit.log.1"));
  }

  private void copyAndCut() throws IOException {
    shift();
    Files.copy(log, log.resolveSibling("audit.log.1"), StandardCopyOption.REPLACE_EXISTING);
    Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
  }

  private Step step(int most) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(most);
    Step step = follower.read(buffer);
    read.append(new String(buffer.array(), 0, buffer.position(), US_ASCII));
    return step;
  }

  private void readAll() throws IOException {
    // A file that was cut is looked for, and read at the next look.
    for (int quiet = 0; quiet < 3; ) {
      quiet = step(4096) == Step.NOTHING ? quiet + 1 : 0;
    }
  }

  private void assertAllIsRead() {
    assertThat(read.toString()).isEqualTo(written.toString());
  }
}
