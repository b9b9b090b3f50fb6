package io.tasktrail.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteTextTest {

  @Test
  void utf8ReadsAsItIs() {
    assertThat(ByteText.of("größe ✓ 𝄞")).hasToString("größe ✓ 𝄞");
    assertThat(ByteText.of("größe ✓ 𝄞").isUtf8()).isTrue();
  }

  @Test
  void whatIsNotUtf8ReadsAsHexInItsPlace() {
    ByteText text = ByteText.of("a\u00ffb\u00c3".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(text).hasToString("a\\xffb\\xc3");
    assertThat(text.isUtf8()).isFalse();
  }

  @Test
  void itsBytesGoWhereTheyAreWanted() {
    byte[] target = new byte[5];
    assertThat(ByteText.of("odd").copyTo(target, 1)).isEqualTo(3);
    assertThat(target).isEqualTo(new byte[] {0, 'o', 'd', 'd', 0});
  }

  @Test
  void partsAreJoinedAsFarAsTheyFit() {
    List<ByteText> parts = List.of(ByteText.of("one"), ByteText.EMPTY, ByteText.of("two"));

    assertThat(ByteText.joined(parts, (byte) '|', 99)).hasToString("one||two");
    assertThat(ByteText.joined(parts, (byte) '|', 7)).hasToString("one||tw");
    assertThat(ByteText.joined(parts, (byte) '|', 4)).hasToString("one|");
    assertThat(ByteText.joined(parts, (byte) '|', 0)).isEqualTo(ByteText.EMPTY);
    assertThat(ByteText.joined(List.of(), (byte) '|', 99)).isEqualTo(ByteText.EMPTY);
  }

  @Test
  void aPartIsReplaced() {
    ByteText text = ByteText.of("user:password@" + "host".repeat(8));
    assertThat(text.with(5, 13, ByteText.of("***")))
        .isEqualTo(ByteText.of("user:***@" + "host".repeat(8)));
    assertThat(text.with(0, text.length(), ByteText.EMPTY)).isEqualTo(ByteText.EMPTY);
    assertThat(text.with(4, 4, ByteText.of("!"))).hasToString("user!:password@" + "host".repeat(8));
  }

  @Test
  void aPartThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> ByteText.of("odd").with(2, 4, ByteText.EMPTY))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theBaseNameFollowsTheLastSlash() {
    assertThat(ByteText.of("/usr/bin/odd").baseName()).isEqualTo(ByteText.of("odd"));
    assertThat(ByteText.of("odd").baseName()).isEqualTo(ByteText.of("odd"));
    assertThat(ByteText.of("/").baseName()).isEqualTo(ByteText.EMPTY);
  }
}
