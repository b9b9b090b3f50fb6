package io.tasktrail.formats.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.History;
import io.tasktrail.formats.Formats;
import io.tasktrail.formats.Samples;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineFormatTest {

  private static final String START = "2026-11-20T17:33:00.123456789Z sh ";
  private static final Pattern LINK = Pattern.compile("comm=[^;=>]*;start=\\d{14}");

  @Test
  void taskhistoryNamesTheRootAndThePids() {
    assertThat(line("taskhistory", Samples.PLAIN.only(Fact.Executed.class)))
        .endsWith(
            " GAP missing=1 name=swapper/0;pid=0;start=20261120173251"
                + "=>name=sh;pid=100;start=20261120173257=>name=sh;pid=4242;start=20261120173300");
  }

  @Test
  void aDeathSaysItsSignalAndItsCore() {
    assertThat(
            line("tasktracker", Samples.PLAIN.exit(OptionalInt.empty(), OptionalInt.of(11), true)))
        .startsWith(START + "exit pid=4242 signal=11 core GAP ");
  }

  @Test
  void aCorrectionSaysItsRevision() {
    assertThat(line("tasktracker", Samples.PLAIN.longHistory()))
        .contains(" exe=sh revision=1 WHOLE ");
  }

  @Test
  void aHistoryWithoutEntriesIsADash() {
    AuditEvent exit = Samples.PLAIN.only(Fact.Exited.class);
    var kernelThread = exit.task().orElseThrow().with(History.ROOT);

    assertThat(line("tasktracker", AuditEvent.of(exit.event(), kernelThread)))
        .isEqualTo(START + "exit pid=4242 code=255 WHOLE -");
  }

  @Test
  void anEventOfATaskWithoutHistoryHasNone() {
    AuditEvent exit = Samples.PLAIN.only(Fact.Exited.class);

    assertThat(line("tasktracker", AuditEvent.of(exit.event())))
        .isEqualTo(START + "exit pid=4242 code=255");
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.formats.Hostile#names")
  void noNameMakesAWordOrALink(ByteText name) {
    List<AuditEvent> plain = Samples.PLAIN.all();
    List<AuditEvent> hostile = new Samples(name).all();
    for (int kind = 0; kind < plain.size(); kind++) {
      String line = line("tasktracker", hostile.get(kind));

      assertThat(line.split(" ", -1))
          .hasSameSizeAs(line("tasktracker", plain.get(kind)).split(" ", -1));
      assertThat(links(line)).isLessThanOrEqualTo(links(line("tasktracker", plain.get(kind))));
    }
  }

  private static long links(String line) {
    return LINK.matcher(line).results().count();
  }

  private static String line(String format, AuditEvent event) {
    return new String(Formats.named(format).orElseThrow().format(event), US_ASCII);
  }
}
