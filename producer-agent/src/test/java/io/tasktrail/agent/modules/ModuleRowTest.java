package io.tasktrail.agent.modules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.ByteText;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModuleRowTest {

  private static final int MUTATIONS = 20_000;
  private static final String LINES =
      """
      dummy 16384 0 - Live 0x0000000000000000
      nvidia 56000000 3 nvidia_drm,nvidia_uvm, Live 0xffffffffc0000000 (POE)
      leaving 16384 0 - Unloading 0x0000000000000000 (C-)
      """;

  private static List<ModuleRow> parse(String text) {
    return ModuleRow.parse(text.getBytes(ISO_8859_1));
  }

  @Test
  void lineHasNameAndTaints() {
    assertThat(parse(LINES))
        .containsExactly(
            new ModuleRow(ByteText.of("dummy"), 0),
            new ModuleRow(ByteText.of("nvidia"), 1 | 1 << 12 | 1 << 13),
            new ModuleRow(ByteText.of("leaving"), 1 << 10));
  }

  @Test
  void garbageIsPassedOver() {
    String garbage =
        "\n\0\0\n   \ndummy\ndummy x 0 - Live 0x0\n 16384 0 - Live 0x0 (O)\n"
            + "n".repeat(100)
            + " 1 0 - Live 0x0\n"
            + "\377\376\n";

    assertThat(parse(garbage + LINES + "cut 163")).isEqualTo(parse(LINES));
  }

  @Test
  void thereAreNoMoreThanTheBound() {
    assertThat(parse("m 1 0 - Live 0x0\n".repeat(ModuleRow.ROWS_MAX + 1)))
        .hasSize(ModuleRow.ROWS_MAX);
  }

  @Test
  void whateverItHoldsItIsParsed() {
    Random random = new Random(7);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] text = LINES.getBytes(ISO_8859_1);
      for (int n = random.nextInt(8); n >= 0; n--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt();
      }
      assertThat(ModuleRow.parse(text))
          .allSatisfy(row -> assertThat(row.name().length()).isBetween(1, 64));
    }
  }
}
