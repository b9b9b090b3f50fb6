package io.tasktrail.agent.digest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.ByteText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {

  @TempDir private Path root;

  private FileDigests.Named file(String name, byte[] content) throws IOException {
    Path file = Files.write(root.resolve(name), content);
    long dev = (Long) Files.getAttribute(file, "unix:dev");
    long major = (dev >>> 8) & 0xfff;
    long minor = (dev & 0xff) | ((dev >>> 12) & 0xffffff00L);
    return new FileDigests.Named(
        ByteText.of("/" + name),
        major << 20 | minor,
        ((Number) Files.getAttribute(file, "unix:ino")).longValue(),
        ((FileTime) Files.getAttribute(file, "unix:ctime")).to(TimeUnit.NANOSECONDS));
  }

  private ByteText digest(FileDigests.Named origin) {
    return new FileDigests(root).of(origin, 0);
  }

  @Test
  void digestIsThatOfTheFile() throws IOException {
    assertThat(
            HexFormat.of()
                .formatHex(digest(file("my dummy.ko", "abc".getBytes(US_ASCII))).toBytes()))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void anotherFileOfThatNameIsNotTaken() throws IOException {
    FileDigests.Named it = file("a.ko", new byte[] {1});
    FileDigests.Named other =
        new FileDigests.Named(it.path(), it.device(), it.inode() + 1, it.changedNanos());

    assertThat(digest(other)).isEqualTo(ByteText.EMPTY);
  }

  @Test
  void aFileThatChangedSinceIsNotTaken() throws IOException {
    FileDigests.Named it = file("a.ko", new byte[] {1});
    FileDigests.Named before =
        new FileDigests.Named(it.path(), it.device(), it.inode(), it.changedNanos() - 1);
    FileDigests.Named atAnyTime = new FileDigests.Named(it.path(), it.device(), it.inode(), 0);

    assertThat(digest(before)).isEqualTo(ByteText.EMPTY);
    assertThat(digest(atAnyTime)).isEqualTo(digest(it)).isNotEqualTo(ByteText.EMPTY);
  }

  @Test
  void whatIsGoneOrNoFileHasNone() throws IOException {
    FileDigests.Named it = file("a.ko", new byte[] {1});
    Files.delete(root.resolve("a.ko"));
    Files.createDirectory(root.resolve("a.ko"));

    assertThat(digest(it)).isEqualTo(ByteText.EMPTY);
    assertThat(digest(new FileDigests.Named(ByteText.EMPTY, 0, 0, 0))).isEqualTo(ByteText.EMPTY);
  }

  @Test
  void tooLargeAFileHasNone() throws IOException {
    FileDigests.Named it = file("a.ko", new byte[(int) FileDigests.FILE_BYTES_MAX + 1]);

    assertThat(digest(it)).isEqualTo(ByteText.EMPTY);
  }

  @Test
  void moreThanIsReadInAMinuteHasNoneUntilItIsOver() throws IOException {
    FileDigests digests = new FileDigests(root);
    FileDigests.Named it = file("a.ko", new byte[(int) FileDigests.FILE_BYTES_MAX]);
    long granted = FileDigests.MINUTE_BYTES_MAX / FileDigests.FILE_BYTES_MAX;
    for (int i = 0; i < granted; i++) {
      assertThat(digests.of(it, 1).length()).isEqualTo(32);
    }

    assertThat(digests.of(it, 2)).isEqualTo(ByteText.EMPTY);
    assertThat(digests.of(it, Duration.ofMinutes(1).toNanos()).length()).isEqualTo(32);
  }
}
