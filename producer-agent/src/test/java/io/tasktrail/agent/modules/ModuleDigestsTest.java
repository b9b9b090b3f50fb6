package io.tasktrail.agent.modules;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.ModuleOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleDigestsTest {

  @TempDir private Path root;

  private ModuleOrigin file(String name, byte[] content) throws IOException {
    Path file = Files.write(root.resolve(name), content);
    long dev = (Long) Files.getAttribute(file, "unix:dev");
    long major = (dev >>> 8) & 0xfff;
    long minor = (dev & 0xff) | ((dev >>> 12) & 0xffffff00L);
    return new ModuleOrigin(
        ByteText.of("/" + name),
        major << 20 | minor,
        ((Number) Files.getAttribute(file, "unix:ino")).longValue(),
        ByteText.EMPTY,
        false,
        ByteText.EMPTY);
  }

  private ByteText digest(ModuleOrigin origin) {
    return new ModuleDigests(root).of(origin, 0);
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
    ModuleOrigin it = file("a.ko", new byte[] {1});
    ModuleOrigin other =
        new ModuleOrigin(
            it.path(), it.device(), it.inode() + 1, ByteText.EMPTY, false, ByteText.EMPTY);

    assertThat(digest(other)).isEqualTo(ByteText.EMPTY);
  }

  @Test
  void whatIsGoneOrNoFileHasNone() throws IOException {
    ModuleOrigin it = file("a.ko", new byte[] {1});
    Files.delete(root.resolve("a.ko"));
    Files.createDirectory(root.resolve("a.ko"));

    assertThat(digest(it)).isEqualTo(ByteText.EMPTY);
    assertThat(digest(ModuleOrigin.UNKNOWN)).isEqualTo(ByteText.EMPTY);
  }

  @Test
  void tooLargeAFileHasNone() throws IOException {
    ModuleOrigin it = file("a.ko", new byte[(int) ModuleDigests.FILE_BYTES_MAX + 1]);

    assertThat(digest(it)).isEqualTo(ByteText.EMPTY);
  }

  @Test
  void moreThanIsReadInAMinuteHasNoneUntilItIsOver() throws IOException {
    ModuleDigests digests = new ModuleDigests(root);
    ModuleOrigin it = file("a.ko", new byte[(int) ModuleDigests.FILE_BYTES_MAX]);
    long granted = ModuleDigests.MINUTE_BYTES_MAX / ModuleDigests.FILE_BYTES_MAX;
    for (int i = 0; i < granted; i++) {
      assertThat(digests.of(it, 1).length()).isEqualTo(32);
    }

    assertThat(digests.of(it, 2)).isEqualTo(ByteText.EMPTY);
    assertThat(digests.of(it, Duration.ofMinutes(1).toNanos()).length()).isEqualTo(32);
  }
}
