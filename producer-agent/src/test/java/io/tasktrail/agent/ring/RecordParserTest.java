package io.tasktrail.agent.ring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.agent.ring.RecordLayout.Flag;
import io.tasktrail.agent.ring.RecordLayout.Header;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.ModuleOrigin;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordParserTest {

  private static final int MUTATIONS = 20_000;

  static List<byte[]> everyKind() {
    return List.of(
        Records.fork(0, 1),
        Records.exec(0, "a\0bc\0\0"),
        Records.exit(0, 1, 9),
        Records.signal(9, 0, false),
        Records.module(RecordKind.MODULE_LOAD),
        Records.module(RecordKind.MODULE_FREE),
        Records.module(RecordKind.MODULE_REQUESTED),
        Records.moduleOf(RecordKind.MODULE_LOAD, 0, "x.ko\0lib\0", "a=b"),
        Records.moduleOf(RecordKind.MODULE_LOAD_FAILED, 0, "x.ko\0lib\0", "a=b"),
        Records.snapshot(RecordKind.SNAPSHOT_STARTED, 1, 0),
        Records.seen(2, 1, 1),
        Records.snapshot(RecordKind.SNAPSHOT_FINISHED, 3, 1));
  }

  private static KernelEvent parse(byte[] record) {
    return RecordParser.parse(record, record.length);
  }

  private static Fact fact(byte[] record) {
    return parse(record).fact();
  }

  @Test
  void headerSaysWhoNumberedItAndWhen() {
    KernelEvent event = parse(Records.fork(3, 17));

    assertThat(event.cpu()).isEqualTo(3);
    assertThat(event.sequence()).isEqualTo(17);
    assertThat(event.bootNanos()).isEqualTo(17_000);
  }

  @Test
  void forkHasCreatorChildAndParent() {
    Fact.Forked fork = (Fact.Forked) fact(Records.fork(0, 1));

    assertThat(fork.actor().task()).isEqualTo(new TaskKey(Records.PID, Records.START));
    assertThat(fork.actor().execCount()).isEqualTo(6);
    assertThat(fork.actor().comm()).hasToString("sixteen-letters");
    assertThat(fork.actor().credentials())
        .isEqualTo(new Credentials(1, 3, 2, 4, Credentials.UNSET, 5));
    assertThat(fork.child()).isEqualTo(new TaskKey(Records.PID + 1, Records.START + 1));
    assertThat(fork.parent()).isEqualTo(new TaskKey(Records.PID + 2, Records.START + 2));
    assertThat(fork.cloneFlags()).isEqualTo(0x4111);
    assertThat(fork.cgroupId()).isEqualTo(77);
  }

  @Test
  void execHasAllItsStrings() {
    Fact.Executed exec = (Fact.Executed) fact(Records.exec(Flag.SECURE, "a\0bc\0\0"));

    assertThat(exec.image().filename()).hasToString("./s.sh");
    assertThat(exec.image().interpreter()).hasToString("/bin/sh");
    assertThat(exec.image().executable()).hasToString("/usr/bin/dash");
    assertThat(exec.image().device()).isEqualTo(0x800001);
    assertThat(exec.image().inode()).isEqualTo(1234);
    assertThat(exec.image().secure()).isTrue();
    assertThat(exec.image().unlinked()).isFalse();
    assertThat(exec.place().cwd()).hasToString("/tmp");
    assertThat(exec.place().tty()).isEqualTo("pts1");
    assertThat(exec.place().namespaces().pid()).isEqualTo(0xFFFF_FFFFL);
    assertThat(exec.place().ownPid()).isEqualTo(7);
    assertThat(exec.place().cgroup().path()).hasToString("/c.scope");
    assertThat(exec.image().changedNanos()).isEqualTo(5678);
    assertThat(exec.arguments().values())
        .containsExactly(ByteText.of("a"), ByteText.of("bc"), ByteText.EMPTY);
    assertThat(exec.arguments().count()).isEqualTo(3);
    assertThat(exec.arguments().truncated()).isFalse();
  }

  @Test
  void lastArgumentMayBeCut() {
    Fact.Executed exec = (Fact.Executed) fact(Records.exec(Flag.ARGV_CUT, "a\0b"));

    assertThat(exec.arguments().values()).containsExactly(ByteText.of("a"), ByteText.of("b"));
    assertThat(exec.arguments().truncated()).isTrue();
  }

  @Test
  void cutPathBeginsWithoutASlash() {
    Fact.Executed exec = (Fact.Executed) fact(Records.exec(Flag.EXE_CUT | Flag.CWD_CUT, "a\0"));

    assertThat(exec.image().executable()).hasToString("usr/bin/dash");
    assertThat(exec.place().cwd()).hasToString("tmp");
  }

  @Test
  void exitHasACodeOrASignal() {
    Fact.Exited code = (Fact.Exited) fact(Records.exit(0, 1, 7 << 8));
    Fact.Exited signal = (Fact.Exited) fact(Records.exit(0, 1, 11 | 0x80));

    assertThat(code.code()).isEqualTo(OptionalInt.of(7));
    assertThat(code.signal()).isEmpty();
    assertThat(signal.code()).isEmpty();
    assertThat(signal.signal()).isEqualTo(OptionalInt.of(11));
    assertThat(signal.coreDumped()).isTrue();
    assertThat(List.of(signal.cpuNanos(), signal.readBytes(), signal.writeBytes()))
        .containsExactly(5L, 6L, 7L);
  }

  @Test
  void signalHasItsSenderAndItsTarget() {
    Fact.Signalled sent = (Fact.Signalled) fact(Records.signal(15, -6, false));

    assertThat(sent.actor().task()).isEqualTo(new TaskKey(Records.PID, Records.START));
    assertThat(sent.target()).isEqualTo(new TaskKey(Records.PID + 1, Records.START));
    assertThat(sent.signal()).isEqualTo(15);
    assertThat(sent.code()).isEqualTo(-6);
  }

  /// `signal, si_code, whether the kernel made it up, the target`.
  @ParameterizedTest
  @CsvSource({
    "9, 0, false, 1, TASK",
    "15, -6, false, 4242, TASK",
    "10, -1, false, 1, TASK",
    "14, -2, false, 1, TASK",
    "11, 1, false, 4242, FAULT",
    "11, 128, false, 4242, FAULT",
    "7, 5, false, 1, KERNEL",
    "14, 128, true, 4242, TIMER",
    "34, -2, true, 4242, TIMER",
    "2, 128, true, 1, TERMINAL",
    "3, 128, true, 1, TERMINAL",
    "1, 128, true, 1, TERMINAL",
    "1, 0, true, 1, KERNEL",
    "13, 0, true, 4242, KERNEL",
    "9, 128, true, 1, KERNEL"
  })
  void originOfASignalIsToldFromItsCodeAndWhoMadeIt(
      int signal, int code, boolean fromKernel, int target, SignalOrigin origin) {
    Fact.Signalled sent = (Fact.Signalled) fact(Records.signal(signal, code, fromKernel, target));

    assertThat(sent.origin()).isEqualTo(origin);
  }

  @Test
  void moduleHasItsNameAndTaints() {
    Fact.ModuleLoaded load = (Fact.ModuleLoaded) fact(Records.module(RecordKind.MODULE_LOAD));
    Fact.ModuleUnloaded free = (Fact.ModuleUnloaded) fact(Records.module(RecordKind.MODULE_FREE));

    assertThat(load.name()).hasToString("dummy");
    assertThat(load.taints()).isEqualTo(0x1000);
    assertThat(free.name()).hasToString("dummy");
  }

  @Test
  void moduleHasItsFileAndWhatItWasGiven() {
    Fact.ModuleLoaded load =
        (Fact.ModuleLoaded)
            fact(
                Records.moduleOf(
                    RecordKind.MODULE_LOAD, 0, "my dummy.ko\0a b\0", "n=1\nodd=\377\"x y\""));

    assertThat(load.origin())
        .isEqualTo(
            new ModuleOrigin(
                ByteText.of("/a b/my dummy.ko"),
                8 << 20 | 1,
                77,
                ByteText.of("n=1\nodd=\377\"x y\"".getBytes(ISO_8859_1)),
                false,
                ByteText.EMPTY));
  }

  @Test
  void moduleFromMemoryHasNoFile() {
    Fact.ModuleLoadFailed failed =
        (Fact.ModuleLoadFailed)
            fact(Records.moduleOf(RecordKind.MODULE_LOAD_FAILED, Flag.ARGV_CUT, "", "n=1"));

    assertThat(failed.name()).isEqualTo(ByteText.EMPTY);
    assertThat(failed.origin().path()).isEqualTo(ByteText.EMPTY);
    assertThat(failed.origin().parametersTruncated()).isTrue();
    assertThat(failed.errno()).isEqualTo(8);
  }

  @Test
  void refusedModuleIsCalledAsItsFile() {
    Fact.ModuleLoadFailed failed =
        (Fact.ModuleLoadFailed)
            fact(Records.moduleOf(RecordKind.MODULE_LOAD_FAILED, 0, "snd-a.ko.xz\0", ""));

    assertThat(failed.name()).hasToString("snd_a");
  }

  @Test
  void requestHasTheAliasThatIsAskedFor() {
    assertThat(((Fact.ModuleRequested) fact(Records.module(RecordKind.MODULE_REQUESTED))).name())
        .hasToString("dummy");
  }

  @Test
  void seenTaskHasItsFlags() {
    Fact.TaskSeen seen = (Fact.TaskSeen) fact(Records.seen(1, 7, 8));

    assertThat(seen.actor().task()).isEqualTo(new TaskKey(7, 8));
    assertThat(seen.executable()).hasToString("/usr/bin/sleep");
    assertThat(seen.cgroup().path()).hasToString("/c.scope");
    assertThat(seen.forkedWithoutExec()).isTrue();
    assertThat(seen.kernelThread()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void truncatedAtAnyByteIsMalformed(byte[] record) {
    for (int length = 0; length < record.length; length++) {
      byte[] cut = Arrays.copyOf(record, length);
      assertThatThrownBy(() -> parse(cut)).isInstanceOf(MalformedRecordException.class);
    }
  }

  /// With the size in its header made to agree, the parts must still fit.
  @ParameterizedTest
  @MethodSource("everyKind")
  void truncatedWithAgreeingSizeIsMalformed(byte[] record) {
    for (int length = Header.END; length < record.length; length++) {
      byte[] cut = Arrays.copyOf(record, length);
      cut[Header.SIZE] = (byte) length;
      cut[Header.SIZE + 1] = (byte) (length >> 8);
      assertThatThrownBy(() -> parse(cut)).isInstanceOf(MalformedRecordException.class);
    }
  }

  @Test
  void changedBytesGiveAnEventOrAreMalformed() {
    Random random = new Random(25);
    List<byte[]> records = everyKind();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] record = records.get(i % records.size()).clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        record[random.nextInt(record.length)] = (byte) random.nextInt();
      }
      assertThat(parsesOrIsMalformed(record)).as(new String(record, ISO_8859_1)).isTrue();
    }
  }

  private static boolean parsesOrIsMalformed(byte[] record) {
    try {
      return parse(record).fact() != null;
    } catch (MalformedRecordException expected) {
      return true;
    }
  }

  @Test
  void everyKindIsFoundByItsNumber() {
    assertThat(Stream.of(RecordKind.values()).map(kind -> RecordKind.of(kind.number()).get()))
        .containsExactly(RecordKind.values());
    assertThat(List.of(RecordKind.of(0), RecordKind.of(-1), RecordKind.of(14), RecordKind.of(15)))
        .allMatch(Optional::isEmpty);
  }
}
