package io.tasktrail.agent.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetaTest {

  private static final Path DIR = Path.of("/sys/fs/bpf/tasktrail");

  private static ByteBuffer element() {
    return ByteBuffer.allocate(RecordLayout.Meta.END)
        .order(ByteOrder.nativeOrder())
        .putLong(0, Meta.MAGIC)
        .putInt(8, Meta.LAYOUT)
        .putInt(12, 1)
        .put(16, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
        .putLong(32, 123)
        .putLong(40, 8 << 20)
        .putInt(48, 4)
        .putInt(52, 65536)
        .putInt(56, 99)
        .putInt(60, 1)
        .put(64, "0.1".getBytes(UTF_8))
        .put(96, "x".repeat(64).getBytes(UTF_8));
  }

  @Test
  void saysWhatTheLoaderWrote() {
    Meta meta = Meta.parse(element().array(), DIR);

    assertThat(meta.capture()).hasToString("00010203-0405-0607-0809-0a0b0c0d0e0f");
    assertThat(meta.armedNanos()).isEqualTo(123);
    assertThat(meta.ringBytes()).isEqualTo(8 << 20);
    assertThat(meta.cpus()).isEqualTo(4);
    assertThat(meta.modules()).isEqualTo(Meta.Modules.NAMES);
    assertThat(meta.version()).isEqualTo("0.1");
    assertThat(meta.how()).isEqualTo("x".repeat(64));
  }

  @Test
  void otherLayoutIsRefusedWithTheWayOut() {
    byte[] other = element().putInt(8, 99).array();

    assertThatThrownBy(() -> Meta.parse(other, DIR))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("layout 99")
        .hasMessageContaining("tasktrail-arm --remove");
  }

  @Test
  void otherMapIsRefused() {
    assertThatThrownBy(() -> Meta.parse(new byte[RecordLayout.Meta.END], DIR))
        .isInstanceOf(CaptureException.class);
  }
}
