package io.tasktrail.streams.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Doubt;
import io.tasktrail.event.History;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.Omitted;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import io.tasktrail.history.EndedTask;
import io.tasktrail.history.GraceQueue;
import io.tasktrail.history.Ledger;
import io.tasktrail.history.Received;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The changelogs of running systems hold these bytes: they must decode forever.
final class RowFormatTest {

  private static final UUID ONE = new UUID(1, 2);
  private static final TaskKey TASK = new TaskKey(7, 8);

  static Stream<Arguments> rows() {
    return Stream.of(
        Arguments.of(
            new ReceivedFormat(),
            new Received(9, List.of(new Received.Gap(2, 3), new Received.Gap(5, 5))),
            "01 0000000000000009 00000002"
                + "0000000000000002 0000000000000003 0000000000000005 0000000000000005"),
        Arguments.of(
            new GraceQueueFormat(), new GraceQueue(1, 2), "01 0000000000000001 0000000000000002"),
        Arguments.of(
            new EndedTaskFormat(),
            new EndedTask(TASK, 10),
            "01 00000007 0000000000000008 000000000000000a"),
        Arguments.of(
            new LedgerFormat(),
            new Ledger(
                List.of(new Ledger.Capture(new CaptureId(ONE), 3, List.of(-1, 0))),
                List.of(new Ledger.Loss(ONE, 4, 5)),
                new Ledger.Bites(1, 2, 3, 4, 5)),
            "01 00000001 00000000000000010000000000000002 0000000000000003 00000002 ffffffff 00000000"
                + "00000001 00000000000000010000000000000002 0000000000000004 0000000000000005"
                + "0000000000000001 0000000000000002 0000000000000003 0000000000000004"
                + "0000000000000005"),
        Arguments.of(
            new TaskFormat(),
            task(),
            "0100000000000000010000000000000002000000000000000100000000000000020e1000"
                + "00020473680400000012737761707065722f300000feffffff1f0002020e100473680e2f"
                + "62696e2f736806080a040000000402040204040402000000000000000100000000000000"
                + "0200020c"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  <T> void yesterdaysRowIsRead(RowFormat<T> format, T value, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThat(format.decodeOrNull(bytes)).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("rows")
  <T> void rowIsWrittenAsYesterday(RowFormat<T> format, T value, String hex) {
    assertThat(HexFormat.of().formatHex(format.encodeOrNull(value)))
        .isEqualTo(hex.replace(" ", ""));
  }

  @Test
  void rowOfANewerVersionIsRefusedWithTheCure() {
    assertThatThrownBy(() -> new GraceQueueFormat().decodeOrNull(new byte[] {2, 0}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("format 2")
        .hasMessageContaining("run that one");
  }

  @ParameterizedTest
  @MethodSource("rows")
  <T> void damagedRowIsNoRow(RowFormat<T> format, T value) {
    byte[] whole = format.encodeOrNull(value);
    byte[] torn = Arrays.copyOf(whole, whole.length - 1);

    assertThatThrownBy(() -> format.decodeOrNull(torn))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void nothingIsNothing() {
    assertThat(new GraceQueueFormat().decodeOrNull(null)).isNull();
    assertThat(new GraceQueueFormat().encodeOrNull(null)).isNull();
  }

  private static TaskHistory task() {
    Link link =
        new Link(1, TASK, ByteText.of("sh"), ByteText.of("/bin/sh"), 3, 4, 5, LinkSource.EXECUTED);
    History history =
        new History(
            List.of(Link.ROOT, link),
            Omitted.NONE,
            2,
            List.of(new Doubt(2, 2, Doubt.Reason.LOST, Optional.of(ONE))));
    return new TaskHistory(
        new TaskId(new HostId(ONE), new BootId(ONE), TASK),
        TaskKey.ROOT,
        TaskOrigin.OBSERVED,
        ByteText.of("sh"),
        history,
        OptionalLong.of(6));
  }
}
