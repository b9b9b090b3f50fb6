package io.tasktrail.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditSourceTest {

  private static final int SHUFFLES = 200;
  private static final int MANY = 100_000;

  private static Log lives() {
    return new Log()
        .exec(1, 50, "sshd")
        .fork(1, 50, 60, "sshd")
        .exec(50, 60, "bash", "-c", "true")
        .fork(50, 60, 70, "bash")
        .exec(60, 70, "ls", "-l")
        .exit(60, 70, "ls", 0)
        .exit(50, 60, "bash", 1);
  }

  @Test
  void interleavedRecordsTellTheSameEvents() {
    List<TaskEvent> ordered = Told.of(lives().lines()).events();
    Random random = new Random(7);
    for (int i = 0; i < SHUFFLES; i++) {
      String[] mixed = interleaved(lives().list(), random);
      assertThat(Told.of(mixed).events()).as("shuffle %d", i).isEqualTo(ordered);
    }
  }

  /// Each event's records in their order, the events in any; the first stays, since time is counted
  /// from it.
  private static String[] interleaved(List<String> lines, Random random) {
    List<List<String>> events = new ArrayList<>();
    String stamp = "";
    for (String line : lines) {
      String of = line.substring(line.indexOf("audit("), line.indexOf(')'));
      if (!of.equals(stamp)) {
        events.add(new ArrayList<>());
        stamp = of;
      }
      events.getLast().add(line);
    }
    List<String> mixed = new ArrayList<>();
    while (!events.isEmpty()) {
      int at = random.nextInt(events.size());
      mixed.add(events.get(at).removeFirst());
      if (events.get(at).isEmpty()) {
        events.remove(at);
      }
    }
    return mixed.toArray(String[]::new);
  }

  @Test
  void aLogCutAnywhereIsReadAndCounted() {
    byte[] log = String.join("\n", lives().lines()).getBytes(ISO_8859_1);
    for (int cut = 0; cut <= log.length; cut++) {
      Tally tally = Told.of(Arrays.copyOf(log, cut)).tally();
      assertThat(tally.records() + tally.corruptLines()).isEqualTo(tally.lines());
    }
  }

  @Test
  void aLogGivenByteByByteTellsTheSame() {
    byte[] log = String.join("\n", lives().lines()).getBytes(ISO_8859_1);
    List<TaskEvent> events = new ArrayList<>();
    AuditSource source = new AuditSource(Origin::ofNode, events::add);
    for (byte octet : log) {
      source.take(new byte[] {octet}, 1);
    }
    source.take(new byte[] {'\n'}, 1);
    source.flush();

    assertThat(events).isEqualTo(Told.of(log).events());
  }

  @Test
  void noiseIsCountedAndNeverThrows() {
    byte[] log = String.join("\n", lives().lines()).getBytes(ISO_8859_1);
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      byte[] broken = log.clone();
      for (int b = 0; b < 20; b++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      Told told = Told.of(broken);
      assertThat(told.tally().records() + told.tally().corruptLines())
          .isEqualTo(told.tally().lines());
      assertThat(told.folded()).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "type=",
        "type=SYSCALL",
        "type=SYSCALL msg=audit(1.2:3): pid=1",
        "type=SYSCALL msg=audit(1.002:99999999999): pid=1",
        "type=SYSCALL msg=audit(99999999999999999999.002:1): pid=1",
        "type=SYSCALL msg=audit(-1.002:1): pid=1",
        "type=SYSCALL msg=audit(1.002:1)",
        "node= ",
        "node=a"
      })
  void whatIsNoRecordIsCorrupt(String line) {
    Tally tally = Told.of(line).tally();

    assertThat(tally.corruptLines()).isEqualTo(1);
    assertThat(tally.reasons()).hasSize(1);
  }

  @Test
  void aLineOfAMegabyteIsOneCorruptLine() {
    Told told = Told.of("type=SYSCALL " + "x".repeat(1 << 20), lives().lines()[0]);

    assertThat(told.tally().corruptLines()).isEqualTo(1);
    assertThat(told.tally().records()).isEqualTo(1);
  }

  @Test
  void nodesAreKeptApart() {
    Told told =
        Told.of(
            Arrays.stream(lives().lines())
                .flatMap(line -> List.of("node=a " + line, "node=b " + line).stream())
                .toArray(String[]::new));

    assertThat(told.events()).extracting(event -> event.header().hostName()).contains("a", "b");
    assertThat(told.events()).hasSize(2 * Told.of(lives().lines()).events().size());
  }

  @Test
  void whatAuditdAddsForPeopleIsNotRead() {
    String line =
        new Log().next().head("SYSCALL")
            + " arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=5 uid=7 comm=\"a\" exe=\"/a\""
            + (char) 0x1d
            + "ARCH=x86_64 UID=\"root\" uid=0 pid=6";

    Fact.Executed exec = Told.of(line).all(Fact.Executed.class).getFirst();

    assertThat(exec.actor().task().pid()).isEqualTo(5);
    assertThat(exec.actor().credentials().uid()).isEqualTo(7);
  }

  @Test
  void aProgramCannotSpeakForTheKernel() {
    String line =
        new Log().next().head("USER_LOGIN")
            + " pid=5 uid=0 auid=1000 ses=2 msg='op=login pid=1 uid=7 acct=\"x\" res=failed'";

    Fact.AuditRecord record = Told.of(line).all(Fact.AuditRecord.class).getFirst();

    assertThat(record.actor().task().pid()).isEqualTo(5);
    assertThat(record.actor().credentials().uid()).isZero();
    assertThat(record.outcome()).isEqualTo(Fact.AuditOutcome.FAILURE);
  }

  @Test
  void aSplitArgumentIsPutTogether() {
    Fact.Executed exec = exec("argc=2 a0=\"a\" a1_len=12 a1[0]=\"hello\"", "a1[1]=20776F726C6421");

    assertThat(exec.arguments().values())
        .extracting(ByteText::toString)
        .containsExactly("a", "hello world!");
    assertThat(exec.arguments().truncated()).isFalse();
  }

  @Test
  void aLengthThatLiesIsSaidNotBelieved() {
    Fact.Executed exec = exec("argc=9999999 a0=\"a\" a1_len=2000000000 a1[0]=\"hello\"");

    assertThat(exec.arguments().values()).hasSize(2);
    assertThat(exec.arguments().truncated()).isTrue();
    assertThat(exec.arguments().count()).isEqualTo(9_999_999);
  }

  @Test
  void quotesWithoutAnEndAndNulsAreText() {
    Fact.Executed exec = exec("argc=2 a0=\"a\" a1=\"b" + (char) 0 + "c");

    assertThat(exec.arguments().values().get(1).length()).isEqualTo(3);
  }

  @Test
  void aHundredThousandArgumentsAreCountedAndKeptUpToTheBound() {
    List<String> records = new ArrayList<>();
    StringBuilder record = new StringBuilder("argc=" + MANY);
    for (int i = 0; i < MANY; i++) {
      record.append(" a").append(i).append("=\"x\"");
      if (record.length() > 7000) {
        records.add(record.toString());
        record.setLength(0);
      }
    }
    records.add(record.toString());

    Fact.Executed exec = exec(records.toArray(String[]::new));

    assertThat(exec.arguments().count()).isEqualTo(MANY);
    assertThat(exec.arguments().bytes()).isEqualTo(2L * MANY);
    assertThat(exec.arguments().values()).hasSize(CommandArguments.BYTES_MAX / 2);
    assertThat(exec.arguments().truncated()).isTrue();
  }

  private static Fact.Executed exec(String... arguments) {
    Log log = new Log();
    log.next().syscall(59, "success=yes exit=0", 1, 5, "a", "a0=1 a1=2 a2=3 a3=4");
    for (String part : arguments) {
      log.add("EXECVE", part);
    }
    return Told.of(log.lines()).all(Fact.Executed.class).getFirst();
  }
}
