package io.tasktrail.streams.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.event.Actor;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Doubt;
import io.tasktrail.event.Fact;
import io.tasktrail.event.FatalSignal;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.Omitted;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import io.tasktrail.history.Bites;
import io.tasktrail.history.Boots;
import io.tasktrail.history.Bound;
import io.tasktrail.history.EndedTask;
import io.tasktrail.history.HostState.Sightings;
import io.tasktrail.history.Ledger;
import io.tasktrail.history.Queue;
import io.tasktrail.history.Received;
import io.tasktrail.wire.BinaryCodec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The changelogs of running systems hold these bytes: they must decode forever.
final class RowFormatTest {

  private static final UUID ONE = new UUID(1, 2);
  private static final TaskKey TASK = new TaskKey(7, 8);
  private static final TaskId ID = new TaskId(new HostId(ONE), new BootId(ONE), TASK);
  private static final Bytes KEY = StateKeys.task(ID);

  /// Who sent a signal or loaded a module, without command line.
  private static final String ACTING =
      "0e10 02 000000 00 00 02 000000 12737761707065722f30 00 00feffffff1f 00 02 00 00 00 00 00 08 00 00";

  /// A task that a snapshot found, up to its arguments, and from there on.
  private static final String SEEN =
      "0000000000000001000000000000000202680000000000000001000000000000"
          + "0002000000000000000100000000000000020302040600020e10020473680000"
          + "000000000000000200000e2f62696e2f73680000020000000000";

  private static final String SEEN_ENDS =
      "0000000000000000000000000000224d72e80b085b85a5fc7fca8485979e0000" + "000000000000";

  /// Of version 1: what was written before a release knew more.
  static Stream<Arguments> rowsOfVersion1() {
    return Stream.of(
        Arguments.of(
            new ReceivedFormat(),
            received(),
            "01 0000000000000009 00000002"
                + "0000000000000002 0000000000000003 0000000000000005 0000000000000005"),
        Arguments.of(new QueueFormat(), new Queue(1, 2), "01 0000000000000001 0000000000000002"),
        Arguments.of(
            new EndedTaskFormat(),
            new EndedTask(TASK, 10),
            "01 00000007 0000000000000008 000000000000000a"),
        Arguments.of(
            new LedgerFormat(),
            new Ledger(
                List.of(
                    new Ledger.Capture(new CaptureId(ONE), 3, List.of(-1, 0), Optional.empty())),
                List.of(new Ledger.Loss(ONE, 4, 5)),
                new Bites(
                    Map.of(
                        Bound.ENDED_TASKS, 1L,
                        Bound.GAPS, 2L,
                        Bound.LOSSES, 3L,
                        Bound.CAPTURES, 4L,
                        Bound.SOURCES, 5L)),
                0,
                0,
                Optional.empty()),
            "01 00000001 00000000000000010000000000000002 0000000000000003 00000002 ffffffff 00000000"
                + "00000001 00000000000000010000000000000002 0000000000000004 0000000000000005"
                + "0000000000000001 0000000000000002 0000000000000003 0000000000000004"
                + "0000000000000005"),
        Arguments.of(
            new TaskRowFormat(),
            new TaskRow(task(), -1, -1),
            "0100000000000000010000000000000002000000000000000100000000000000020e1000"
                + "00020473680400000012737761707065722f300000feffffff1f0002020e100473680e2f"
                + "62696e2f736806080a040000000402040204040402000000000000000100000000000000"
                + "0200020c"));
  }

  /// Of version 2: a task's id was in its row as well.
  static Stream<Arguments> rowsOfVersion2() {
    return Stream.of(
        Arguments.of(
            new TaskRowFormat(),
            new TaskRow(task(), 256, 257),
            "02 02 0100 01 01 000000000000000100000000000000020000000000000001000000000000000"
                + "20e100000020473680400000012737761707065722f300000feffffff1f0002020e100473680e2f"
                + "62696e2f736806080a040000000402040204040402000000000000000100000000000000"
                + "0200020c 00 00 00 00 00"));
  }

  /// Of version 3: a task's row had the root of its history.
  static Stream<Arguments> rowsOfVersion3() {
    return Stream.of(
        Arguments.of(new QueueFormat(), new Queue(1, 2), "03 0000000000000001 0000000000000002"),
        Arguments.of(
            new TaskRowFormat(),
            new TaskRow(task(), 256, 257),
            "03 02 0100 01 01 000002"
                + "0473680400000012737761707065722f300000feffffff1f0002020e100473680e2f"
                + "62696e2f736806080a040000000402040204040402000000000000000100000000000000"
                + "0200020c 00 00 00 00 00"));
  }

  /// Of version 4: who sent a signal, who loaded a module and what a snapshot found had no command
  /// line.
  static Stream<Arguments> rowsOfVersion4() {
    return Stream.of(
        Arguments.of(new QueueFormat(), new Queue(1, 2), "04 0000000000000001 0000000000000002"),
        Arguments.of(
            new TaskRowFormat(),
            new TaskRow(task().signalled(signal(ByteText.EMPTY)), 256, 257),
            "04 02 0100 01 01 000002"
                + "047368 02 020e100473680e2f62696e2f736806080a04000000"
                + "0402040204040402000000000000000100000000000000"
                + "0200020c 00 00 00 02 12"
                + ACTING
                + "02 00"),
        Arguments.of(new AvroFormat<>(BinaryCodec.auditEvents()), seen(), "04" + SEEN + SEEN_ENDS),
        Arguments.of(
            new AvroFormat<>(BinaryCodec.loadedModules()),
            module(ByteText.EMPTY),
            "04 00000000000000010000000000000002 00000000000000010000000000000002"
                + "0a64756d6d79 02 0204 02"
                + ACTING));
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        Arguments.of(
            new ReceivedFormat(),
            received(),
            "05 0000000000000009"
                + "0000000000000002 0000000000000003 0000000000000005 0000000000000005"),
        Arguments.of(new QueueFormat(), new Queue(1, 2), "05 0000000000000001 0000000000000002"),
        Arguments.of(
            new EndedTaskFormat(),
            new EndedTask(TASK, 10),
            "05 00000007 0000000000000008 000000000000000a"),
        Arguments.of(
            new SightingsFormat(),
            new Sightings(1, 2, 3),
            "05 0000000000000001 0000000000000002 0000000000000003"),
        Arguments.of(new NumberFormat(), 5L, "05 0000000000000005"),
        Arguments.of(
            new BootsFormat(),
            new Boots(
                List.of(new Boots.Boot(new BootId(ONE), 1, 2, 3, true)), List.of(new BootId(ONE))),
            "05 00000001 00000000000000010000000000000002"
                + "0000000000000001 0000000000000002 0000000000000003 01"
                + "00000001 00000000000000010000000000000002"),
        Arguments.of(
            new LedgerFormat(),
            new Ledger(
                List.of(
                    new Ledger.Capture(
                        new CaptureId(ONE),
                        3,
                        List.of(-1, 0),
                        Optional.of(new Ledger.Snapshot(6, 7)))),
                List.of(new Ledger.Loss(ONE, 4, 5)),
                new Bites(Map.of(Bound.GAPS, 2L)),
                8,
                9,
                Optional.of(new Ledger.Sweep(10, 11))),
            "05 00000001 00000000000000010000000000000002 0000000000000003 00000002 ffffffff 00000000"
                + "01 0000000000000006 0000000000000007"
                + "00000001 00000000000000010000000000000002 0000000000000004 0000000000000005"
                + "00000001 0004 47415053 0000000000000002"
                + "0000000000000008 0000000000000009 01 000000000000000a 000000000000000b"),
        Arguments.of(
            new TaskRowFormat(),
            new TaskRow(task(), 256, 257),
            "05 02 0100 01 01 000002"
                + "047368 02 020e100473680e2f62696e2f736806080a04000000"
                + "0402040204040402000000000000000100000000000000"
                + "0200020c 00 00 00 00 00"),
        Arguments.of(
            new TaskRowFormat(),
            new TaskRow(task().signalled(signal(ByteText.of("kill"))), 256, 257),
            "05 02 0100 01 01 000002"
                + "047368 02 020e100473680e2f62696e2f736806080a04000000"
                + "0402040204040402000000000000000100000000000000"
                + "0200020c 00 00 00 02 12"
                + ACTING
                + "08 6b696c6c 02 00"),
        Arguments.of(
            new AvroFormat<>(BinaryCodec.auditEvents()),
            seen(),
            "05" + SEEN + "00 00 00 00 00" + SEEN_ENDS),
        Arguments.of(
            new AvroFormat<>(BinaryCodec.loadedModules()),
            module(ByteText.of("insmod")),
            "05 00000000000000010000000000000002 00000000000000010000000000000002"
                + "0a64756d6d79 02 0204 02"
                + ACTING
                + "0c 696e736d6f64"));
  }

  @ParameterizedTest
  @MethodSource({"rowsOfVersion1", "rowsOfVersion2", "rowsOfVersion3", "rowsOfVersion4", "rows"})
  <T> void yesterdaysRowIsRead(RowFormat<T> format, T value, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThat(format.decodeOrNull(KEY, bytes)).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("rows")
  <T> void rowIsWrittenAsItWas(RowFormat<T> format, T value, String hex) {
    assertThat(HexFormat.of().formatHex(format.encodeOrNull(value)))
        .isEqualTo(hex.replace(" ", ""));
  }

  @Test
  void rowOfANewerVersionIsRefusedWithTheCure() {
    assertThatThrownBy(() -> new QueueFormat().decodeOrNull(KEY, new byte[] {6, 0}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("format 6")
        .hasMessageContaining("run that one");
  }

  @ParameterizedTest
  @MethodSource("rows")
  <T> void damagedRowIsNoRow(RowFormat<T> format, T value) {
    byte[] whole = format.encodeOrNull(value);
    byte[] torn = Arrays.copyOf(whole, whole.length - 1);

    assertThatThrownBy(() -> format.decodeOrNull(KEY, torn))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void nothingIsNothing() {
    assertThat(new QueueFormat().decodeOrNull(KEY, null)).isNull();
    assertThat(new QueueFormat().encodeOrNull(null)).isNull();
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
    return TaskHistory.found(ID, TaskKey.ROOT, TaskOrigin.OBSERVED, ByteText.of("sh"), history)
        .endedAt(6);
  }

  private static FatalSignal signal(ByteText commandLine) {
    return new FatalSignal(9, acting(commandLine), SignalOrigin.TASK);
  }

  private static LoadedModule module(ByteText commandLine) {
    return new LoadedModule(
        ID.host(),
        ID.boot(),
        ByteText.of("dummy"),
        1,
        OptionalLong.of(2),
        Optional.of(acting(commandLine)));
  }

  private static AuditEvent seen() {
    Header header =
        new Header(ID.host(), "h", ID.boot(), new CaptureId(ONE), Header.SNAPSHOT_CPU, 1, 2, 3);
    Actor actor = new Actor(TASK, 1, ByteText.of("sh"), new Credentials(0, 0, 0, 0, 0, 0));
    return AuditEvent.of(
        new TaskEvent(
            header,
            new Fact.TaskSeen(actor, TaskKey.ROOT, ByteText.of("/bin/sh"), false, false, 1)));
  }

  private static AuditedTask acting(ByteText commandLine) {
    return new AuditedTask(
        ID,
        TaskOrigin.OBSERVED,
        commandLine,
        new AuditedTask.Parent(TaskKey.ROOT, ByteText.EMPTY, ByteText.EMPTY, ByteText.EMPTY),
        Optional.empty(),
        History.ROOT);
  }

  private static Received received() {
    return new Received(9, List.of(new Received.Gap(2, 3), new Received.Gap(5, 5)));
  }
}
