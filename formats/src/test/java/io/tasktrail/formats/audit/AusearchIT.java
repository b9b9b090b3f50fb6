package io.tasktrail.formats.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.formats.Hostile;
import io.tasktrail.formats.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real `ausearch` and `aureport` read what is written.
class AusearchIT {

  private static final List<Path> PLACES = List.of(Path.of("/usr/sbin"), Path.of("/sbin"));
  private static final String EVENT = "----";

  @TempDir Path directory;

  @BeforeAll
  static void theyAreThere() {
    boolean there = PLACES.stream().anyMatch(at -> Files.isExecutable(at.resolve("ausearch")));
    if (!there) {
      System.out.println("skipped: no ausearch; Debian's package auditd has it");
    }
    assumeTrue(there, "no ausearch; Debian's package auditd has it");
  }

  @Test
  void eachEventIsOneEvent() throws Exception {
    List<AuditEvent> all = Samples.numbered(Samples.PLAIN.all());
    Path log = log(all);

    assertThat(events(run("ausearch", "-if", log))).hasSize(all.size());
    assertThat(Files.readAllLines(log))
        .containsExactlyInAnyOrderElementsOf(
            run("ausearch", "-if", log).stream().filter(line -> line.startsWith("node=")).toList());
  }

  @Test
  void modulesAreFoundByTypeAndKey() throws Exception {
    Path log =
        log(Samples.numbered(Samples.PLAIN.facts().stream().map(Samples.PLAIN::event).toList()));

    assertThat(events(run("ausearch", "-if", log, "-m", "KERN_MODULE"))).hasSize(2);
    assertThat(events(run("ausearch", "-if", log, "-k", "mod-load"))).hasSize(2);
    assertThat(events(run("ausearch", "-if", log, "-k", "mod-unload"))).hasSize(1);
    assertThat(run("ausearch", "-if", log, "-k", "mod-load"))
        .anyMatch(line -> line.contains("subj=\"comm=sh;start=20261120173257=>comm=sh;"));
    assertThat(run("ausearch", "-if", log, "--format", "text"))
        .anyMatch(line -> line.contains("successfully loaded-kernel-module sh using sh"))
        .anyMatch(line -> line.contains("unsuccessfully loaded-kernel-module sh using sh"))
        .anyMatch(line -> line.contains("successfully unloaded-kernel-module"));
  }

  @Test
  void historiesAreFoundByTheNumberOfTheirRecord() throws Exception {
    Path log = log(List.of(Samples.PLAIN.only(Fact.Executed.class)));

    assertThat(run("ausearch", "-if", log, "-m", "1340"))
        .anyMatch(line -> line.contains("type=UNKNOWN[1340]") && line.contains("name=swapper/0;"));
  }

  @Test
  void deathsWithACoreAreAnomalies() throws Exception {
    Path log = log(List.of(Samples.PLAIN.exit(OptionalInt.empty(), OptionalInt.of(11), true)));

    assertThat(run("ausearch", "-if", log, "-m", "ANOM_ABEND", "-i"))
        .anyMatch(line -> line.contains("sig=SIGSEGV"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "a b", "a|b=c]d[e", "\"key=\"mod-load\"", "größe", "x=>comm=init"})
  void tasksAreFoundByTheirNames(String text) throws Exception {
    ByteText name = ByteText.of(text);
    List<AuditEvent> all = new ArrayList<>(new Samples(name).all());
    all.add(new Samples(ByteText.of("other")).only(Fact.Executed.class));
    Path log = log(Samples.numbered(all));

    int comm = events(run("ausearch", "-if", log, "-c", text)).size();
    assertThat(comm).isBetween(10, all.size() - 1);
    assertThat(events(run("ausearch", "-if", log, "-x", text)).size()).isGreaterThanOrEqualTo(comm);
    assertThat(run("aureport", "-if", log, "-x", "--summary"))
        .anyMatch(line -> line.endsWith(" " + text))
        .anyMatch(line -> line.equals("1  other"));
  }

  /// Whatever the names are, there are as many events as were written, and no record more.
  @Test
  void noNameMakesARecordOrAnEvent() throws Exception {
    for (ByteText name : Hostile.names().toList()) {
      List<AuditEvent> all = Samples.numbered(new Samples(name).all());
      Path log = log(all);
      List<String> found = run("ausearch", "-if", log);

      assertThat(events(found)).as(name.toString()).hasSize(all.size());
      assertThat(found.stream().filter(line -> line.startsWith("node=")))
          .hasSameSizeAs(Files.readAllLines(log));
      assertThat(events(run("ausearch", "-if", log, "-k", "mod-unload"))).hasSize(2);
    }
  }

  /// ausearch shows what was encoded as it was.
  @Test
  void argumentsAreShownAsTheyWere() throws Exception {
    ByteText name = ByteText.of("a b\"c");
    Path log = log(List.of(new Samples(name).only(Fact.Executed.class)));

    assertThat(run("ausearch", "-if", log, "-i"))
        .anyMatch(line -> line.contains("type=EXECVE") && line.contains("a0=a b\"c"));
    assertThat(Files.readString(log))
        .contains(HexFormat.of().withUpperCase().formatHex(name.toBytes()));
  }

  private Path log(List<AuditEvent> events) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (AuditEvent event : events) {
      bytes.writeBytes(AuditFormat.format(event));
      bytes.write('\n');
    }
    return Files.write(directory.resolve("audit.log"), bytes.toByteArray());
  }

  private static List<String> events(List<String> lines) {
    return lines.stream().filter(EVENT::equals).toList();
  }

  private List<String> run(String tool, Object... arguments) throws Exception {
    Path found =
        PLACES.stream()
            .map(at -> at.resolve(tool))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow();
    List<String> command =
        Stream.concat(Stream.of(found), Stream.of(arguments)).map(Object::toString).toList();
    Path out = directory.resolve("out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TZ", "UTC");
    builder.start().waitFor();
    return new String(Files.readAllBytes(out), UTF_8).lines().toList();
  }
}
