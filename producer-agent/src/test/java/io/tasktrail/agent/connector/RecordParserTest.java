package io.tasktrail.agent.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.agent.connector.ListenRecord.Kind;
import io.tasktrail.agent.connector.ListenRecord.Piece;
import io.tasktrail.event.ByteText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordParserTest {

  private static final List<Said> RECORDS =
      List.of(
          Said.hello(),
          Said.of(Kind.EXEC, 1, 7, 2_000_000_000L, 42).executable("/bin/a").arguments("a", "", "b"),
          Said.of(Kind.EXIT, 0, -1, 3_000_000_000L, 42).with(256, 17, 1));

  private final List<ListenRecord> read = new ArrayList<>();
  private final RecordParser parser = new RecordParser(read::add);

  private static List<ListenRecord> whole() {
    List<ListenRecord> read = new ArrayList<>();
    byte[] all = Said.all(RECORDS);
    new RecordParser(read::add).take(all, all.length);
    return read;
  }

  @Test
  void recordsSayWhatWasSaid() {
    List<ListenRecord> all = whole();

    assertThat(all)
        .extracting(ListenRecord::kind)
        .containsExactly(Kind.HELLO, Kind.EXEC, Kind.EXIT);
    assertThat(all.get(1).cpu()).isEqualTo(1);
    assertThat(all.get(1).number()).isEqualTo(7);
    assertThat(all.get(1).pid()).isEqualTo(42);
    assertThat(all.get(1).bootNanos()).isEqualTo(2_000_000_000L);
    assertThat(all.get(1).piece(Piece.EXE)).isEqualTo(ByteText.of("/bin/a"));
    assertThat(all.get(1).piece(Piece.CWD)).isEqualTo(ByteText.EMPTY);
    assertThat(all.get(2).a()).isEqualTo(256);
  }

  @Test
  void splitAnywhereTheySayTheSame() {
    byte[] all = Said.all(RECORDS);
    for (int at = 0; at <= all.length; at++) {
      read.clear();
      parser.take(all, at);
      byte[] rest = Arrays.copyOfRange(all, at, all.length);
      parser.take(rest, rest.length);

      assertThat(read).as("split at %d", at).isEqualTo(whole());
    }
    assertThat(parser.malformed()).isZero();
  }

  @Test
  void byteByByteTheySayTheSame() {
    for (byte each : Said.all(RECORDS)) {
      parser.take(new byte[] {each}, 1);
    }

    assertThat(read).isEqualTo(whole());
  }

  @Test
  void cutOffAnywhereTheOnesBeforeAreReadAndTheRestIsCounted() {
    byte[] all = Said.all(RECORDS);
    int first = Said.all(RECORDS.subList(0, 1)).length;
    int second = Said.all(RECORDS.subList(0, 2)).length;
    for (int length = 0; length < all.length; length++) {
      read.clear();
      long before = parser.malformed();
      parser.take(all, length);
      parser.end();

      int wholeOnes = length >= second ? 2 : length >= first ? 1 : 0;
      boolean isBetween = length == 0 || length == first || length == second;
      assertThat(read).as("cut at %d", length).isEqualTo(whole().subList(0, wholeOnes));
      assertThat(parser.malformed() - before).as("cut at %d", length).isEqualTo(isBetween ? 0 : 1);
    }
  }

  @Test
  void garbageIsPassedOverAndCountedOnce() {
    byte[] garbage = "what is this? TT".getBytes(US_ASCII);
    parser.take(garbage, garbage.length);
    byte[] all = Said.all(RECORDS);
    parser.take(all, all.length);
    parser.take(garbage, garbage.length);
    parser.take(all, all.length);

    assertThat(read).hasSize(2 * RECORDS.size());
    assertThat(parser.malformed()).isEqualTo(2);
  }

  @Test
  void aLengthThatCanNotBeIsNoRecord() {
    for (int length : new int[] {-8, 0, 8, 55, 57, RecordParser.RECORD_MAX + 8}) {
      byte[] wrong = RECORDS.getFirst().bytes();
      ByteBuffer.wrap(wrong).order(ByteOrder.nativeOrder()).putInt(4, length);
      long before = parser.malformed();
      parser.take(wrong, wrong.length);
      byte[] right = RECORDS.getLast().bytes();
      parser.take(right, right.length);

      assertThat(read.removeLast()).as("%d", length).isEqualTo(whole().getLast());
      assertThat(parser.malformed() - before).as("%d", length).isEqualTo(1);
    }
    assertThat(read).isEmpty();
  }

  @Test
  void aPieceLongerThanItsRecordIsMalformed() {
    byte[] wrong = RECORDS.get(1).bytes();
    ByteBuffer.wrap(wrong)
        .order(ByteOrder.nativeOrder())
        .putInt(RecordParser.HEAD_BYTES + 4, Integer.MAX_VALUE);
    parser.take(wrong, wrong.length);

    assertThat(read).isEmpty();
    assertThat(parser.malformed()).isEqualTo(1);
  }

  @Test
  void aPieceOfAnUnknownTagIsPassedOver() {
    byte[] newer = Said.of(Kind.EXEC, 0, 1, 5, 42).piece(99, "later").executable("/bin/a").bytes();
    parser.take(newer, newer.length);

    assertThat(read.getFirst().piece(Piece.EXE)).isEqualTo(ByteText.of("/bin/a"));
  }

  @Test
  void anotherLayoutIsNotGuessedAt() {
    byte[] other = Said.hello().layout(2).bytes();
    parser.take(other, other.length);

    assertThat(read).isEmpty();
    assertThat(parser.otherLayout()).isEqualTo(2);
  }

  @Test
  void anyBytesAtAllEndWithoutAnException() {
    Random random = new Random(3);
    byte[] all = Said.all(RECORDS);
    for (int round = 0; round < 5_000; round++) {
      byte[] mutant = all.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      parser.take(mutant, random.nextInt(mutant.length + 1));
    }
    parser.end();

    assertThat(parser.malformed()).isPositive();
  }
}
