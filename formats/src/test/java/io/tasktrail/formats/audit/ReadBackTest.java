package io.tasktrail.formats.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.audit.AuditSource;
import io.tasktrail.audit.Origin;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.formats.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written is read by tasktrail itself, as it reads any log of audit.
class ReadBackTest {

  private static final int COMM_MAX = 900;

  @ParameterizedTest
  @MethodSource("io.tasktrail.formats.Hostile#names")
  void anExecKeepsItsArgumentsAndNames(ByteText name) throws IOException {
    Fact.Executed written =
        (Fact.Executed) new Samples(name).only(Fact.Executed.class).event().fact();
    List<Fact> facts = read(new Samples(name).only(Fact.Executed.class));

    Fact.Executed read = only(Fact.Executed.class, facts);
    if (name.length() < COMM_MAX) {
      assertThat(read.actor().comm()).isEqualTo(name);
      assertThat(read.image().executable()).isEqualTo(name);
      assertThat(read.place().cwd()).isEqualTo(name);
    }
    assertThat(read.actor().task().pid()).isEqualTo(written.actor().task().pid());
    assertThat(read.arguments().count()).isEqualTo(100_000);
    assertThat(read.arguments().truncated()).isTrue();
    if (name.length() < COMM_MAX) {
      assertThat(read.arguments().values()).isEqualTo(written.arguments().values());
    }
  }

  @Test
  void aLongArgumentComesTogetherAgain() throws IOException {
    for (String letter : List.of("a", " ")) {
      ByteText longest = ByteText.of(letter.repeat((64 << 10) - 100));
      AuditEvent exec = Samples.PLAIN.only(Fact.Executed.class);
      Fact.Executed fact =
          ((Fact.Executed) exec.event().fact())
              .with(new Arguments(List.of(ByteText.of("x"), longest), 2, 0, false));
      AuditEvent event =
          AuditEvent.of(new TaskEvent(exec.event().header(), fact), exec.task().orElseThrow());

      assertThat(only(Fact.Executed.class, read(event)).arguments().values())
          .containsExactly(ByteText.of("x"), longest);
      assertThat(only(Fact.Executed.class, read(event)).arguments().truncated()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.formats.Hostile#names")
  void modulesKeepTheirNamesAndWhatBecameOfThem(ByteText name) throws IOException {
    if (name.length() >= COMM_MAX) {
      return;
    }
    Samples samples = new Samples(name);
    assertThat(only(Fact.ModuleLoaded.class, read(samples.only(Fact.ModuleLoaded.class))).name())
        .isEqualTo(name);
    assertThat(
            only(Fact.ModuleUnloaded.class, read(samples.only(Fact.ModuleUnloaded.class))).name())
        .isEqualTo(name);
    Fact.ModuleLoadFailed failed =
        only(Fact.ModuleLoadFailed.class, read(samples.only(Fact.ModuleLoadFailed.class)));
    assertThat(failed.name()).isEqualTo(name);
    assertThat(failed.errno()).isEqualTo(129);
  }

  @Test
  void endsKeepTheirCodeOrSignal() throws IOException {
    Samples plain = Samples.PLAIN;
    OptionalInt none = OptionalInt.empty();
    assertThat(exit(plain.exit(OptionalInt.of(3), none, false)).code()).hasValue(3);
    assertThat(exit(plain.exit(none, OptionalInt.of(11), true)).signal()).hasValue(11);
    assertThat(exit(plain.exit(none, OptionalInt.of(9), false)).signal()).hasValue(9);
  }

  @Test
  void forksSignalsAndRefusalsAreRead() throws IOException {
    Samples plain = Samples.PLAIN;
    assertThat(only(Fact.Forked.class, read(plain.only(Fact.Forked.class))).child().pid())
        .isEqualTo(4243);
    Fact.Signalled sent = only(Fact.Signalled.class, read(plain.only(Fact.Signalled.class)));
    assertThat(sent.signal()).isEqualTo(15);
    assertThat(sent.target().pid()).isEqualTo(77);
    assertThat(only(Fact.ExecFailed.class, read(plain.only(Fact.ExecFailed.class))).errno())
        .isEqualTo(2);
  }

  /// Serials that are no numbers in a row are no loss.
  @Test
  void nothingIsTakenForLost() throws IOException {
    List<Fact> facts = read(Samples.numbered(Samples.PLAIN.all()).toArray(AuditEvent[]::new));

    assertThat(facts).noneMatch(Fact.EventsLost.class::isInstance).hasSizeGreaterThan(15);
  }

  private static Fact.Exited exit(AuditEvent event) throws IOException {
    return only(Fact.Exited.class, read(event));
  }

  private static <T extends Fact> T only(Class<T> kind, List<Fact> facts) {
    return facts.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
  }

  private static List<Fact> read(AuditEvent... events) throws IOException {
    List<Fact> facts = new ArrayList<>();
    AuditSource source = new AuditSource(Origin::ofNode, event -> facts.add(event.fact()));
    for (AuditEvent event : events) {
      byte[] group = AuditFormat.format(event);
      assertThat(new String(group, US_ASCII).lines()).allMatch(line -> line.length() < 8970);
      source.read(new ByteArrayInputStream(group));
    }
    source.flush();
    assertThat(source.tally().corruptLines()).isZero();
    return facts;
  }
}
