package io.tasktrail.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.formats.Formats;
import io.tasktrail.role.Launch;
import io.tasktrail.role.Shutdown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayMainTest {

  /// What a process writes to a pipe whose reader has gone.
  private record Failing(String message) {

    OutputStream stream() {
      return new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
          throw new IOException(message);
        }
      };
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path directory;

  @Test
  void eachEventIsALineWithItsHistory() throws IOException {
    Path file = life("web").in(directory.resolve("capture.avro"));

    assertThat(run("--input", file.toString())).isZero();

    assertThat(lines())
        .containsExactly(
            "2026-11-20T00:00:01.000000000Z web fork pid=1 creator=0 WHOLE -",
            "2026-11-20T00:00:02.000000000Z web exec pid=1 exe=/bin/init WHOLE"
                + " comm=init;start=20261120000002",
            "2026-11-20T00:00:03.000000000Z web fork pid=7 creator=1 WHOLE"
                + " comm=init;start=20261120000002",
            "2026-11-20T00:00:04.000000000Z web exec pid=7 exe=/bin/sh WHOLE"
                + " comm=init;start=20261120000002=>comm=sh;start=20261120000004",
            "2026-11-20T00:00:05.000000000Z web exit pid=7 code=0 WHOLE"
                + " comm=init;start=20261120000002=>comm=sh;start=20261120000004");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void otherFormatsAreWritten() throws IOException {
    Path file = life("web").in(directory.resolve("capture.avro"));

    assertThat(run("--input", file.toString(), "--format", "ecs")).isZero();

    assertThat(lines()).hasSize(5).allMatch(line -> line.startsWith("{\"@timestamp\":\"2026-"));
  }

  @Test
  void everyFormatIsWritten() throws IOException {
    Path file = life("web").in(directory.resolve("capture.avro"));

    for (String format : Formats.names()) {
      out.reset();
      assertThat(run("--input", file.toString(), "--format", format)).as(format).isZero();
      assertThat(lines()).as(format).hasSizeGreaterThanOrEqualTo(5).allMatch(it -> !it.isEmpty());
    }
  }

  /// Histories out of records of audit that were written with histories: the same images.
  @Test
  void whatIsWrittenAsAuditIsReadBack() throws IOException {
    Path file = life("web").in(directory.resolve("capture.avro"));
    assertThat(run("--input", file.toString(), "--format", "audit")).isZero();
    Path log = Files.write(directory.resolve("trail.log"), out.toByteArray());
    out.reset();

    assertThat(run("--input", log.toString())).isZero();

    assertThat(lines())
        .anyMatch(line -> line.contains(" web exec pid=7 exe=/bin/sh "))
        .anyMatch(line -> line.contains(" web exit pid=7 code=0 "));
    assertThat(lines().getLast()).contains("comm=init;").contains("=>comm=sh;");
    assertThat(err.toString(UTF_8)).contains(" 0 corrupt; 0 serials between them");
  }

  @Test
  void hostsAreKeptApart() throws IOException {
    Captured other = new Captured("db").fork(0, 1, 0, "swapper/0").exec(1, 1, "other");
    Path file = life("web").in(directory.resolve("capture.avro"), other);

    assertThat(run("--input", file.toString(), "--host", "db")).isZero();

    assertThat(lines())
        .hasSize(2)
        .allMatch(line -> line.contains(" db "))
        .noneMatch(line -> line.contains("comm=init"));
    assertThat(run("--input", file.toString(), "--host", other.host().toString())).isZero();
    assertThat(lines()).hasSize(4);
  }

  @Test
  void severalFilesAreReadInTheirOrderIntoOneHistory() throws IOException {
    Captured whole = life("web");
    Path first = directory.resolve("first.avro");
    Path second = directory.resolve("second.avro");
    Captured early = new Captured("web");
    Captured late = new Captured("web");
    early.events().addAll(whole.events().subList(0, 3));
    late.events().addAll(whole.events().subList(3, 5));
    early.in(first);
    late.in(second);

    assertThat(run("--input", first.toString(), second.toString())).isZero();

    assertThat(lines()).hasSize(5);
    assertThat(lines().getLast()).contains("comm=init;").contains("=>comm=sh;");
  }

  @Test
  void logsOfAuditAreToldByWhatTheyHold() throws IOException {
    Path rotated = directory.resolve("a");
    try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(rotated))) {
      packed.write(audited(100, 1, 50, "sshd").getBytes(UTF_8));
    }
    Path log =
        Files.writeString(directory.resolve("b"), audited(101, 50, 60, "bash") + "no record\n");
    Path capture = life("web").in(directory.resolve("c"));

    assertThat(run("--input", rotated.toString(), log.toString(), capture.toString())).isZero();

    assertThat(lines()).hasSize(7);
    assertThat(lines())
        .filteredOn(line -> line.contains(" localhost "))
        .last()
        .asString()
        .contains("exec pid=60 exe=/bin/bash INFERRED missing=1 comm=sshd;", "=>comm=bash;");
    assertThat(err.toString(UTF_8)).contains("3 lines: 2 records of 2 events, 1 corrupt");
  }

  private static String audited(int serial, int ppid, int pid, String name) {
    return ("type=SYSCALL msg=audit(1795132800.%d:%d): arch=c000003e syscall=59 success=yes exit=0"
            + " ppid=%d pid=%d auid=0 uid=0 ses=1 comm=\"%s\" exe=\"/bin/%s\" key=(null)\n")
        .formatted(serial, serial, ppid, pid, name, name);
  }

  @Test
  void theSameFileTwiceIsTheSameLinesOnce() throws IOException {
    String file = life("web").in(directory.resolve("capture.avro")).toString();

    assertThat(run("--input", file, "--input", file)).isZero();

    assertThat(lines()).hasSize(5);
  }

  @Test
  void aTimeSelectsWhatIsWrittenNotWhatIsKnown() throws IOException {
    String file = life("web").in(directory.resolve("capture.avro")).toString();

    assertThat(
            run(
                "--input",
                file,
                "--from",
                "2026-11-20T00:00:04Z",
                "--to",
                "2026-11-20T01:00:05+01:00"))
        .isZero();

    assertThat(lines()).hasSize(1);
    assertThat(lines().getFirst()).contains(" exec pid=7 ").contains("comm=init;");
  }

  @Test
  void aPidSelectsItsTaskAndTheForksThatItMade() throws IOException {
    String file = life("web").in(directory.resolve("capture.avro")).toString();

    assertThat(run("--input", file, "--pid", "1")).isZero();

    assertThat(lines()).map(line -> line.split(" ", -1)[2]).containsExactly("fork", "exec", "fork");
  }

  @Test
  void aPidSelectsTheSignalsToIt() throws IOException {
    String file = killing().in(directory.resolve("capture.avro")).toString();

    assertThat(run("--input", file, "--pid", "8")).isZero();

    assertThat(lines())
        .map(line -> line.split(" ", -1)[2])
        .containsExactly("fork", "signal", "exit");
  }

  @Test
  void aDeathNamesItsKillerWithItsHistory() throws IOException {
    String file = killing().in(directory.resolve("capture.avro")).toString();

    assertThat(run("--input", file)).isZero();

    assertThat(lines().getLast())
        .isEqualTo(
            "2026-11-20T00:00:07.000000000Z web exit pid=8 signal=9 origin=task killer=7"
                + " killer_completeness=WHOLE"
                + " killer_history=comm=init;start=20261120000002=>comm=sh;start=20261120000004"
                + " WHOLE comm=init;start=20261120000002");
  }

  @Test
  void whatAFactThatCameLateCorrectsIsWrittenAgainWithItsRevision() throws IOException {
    String file = late().in(directory.resolve("capture.avro")).toString();

    assertThat(run("--input", file)).isZero();

    String told = "2026-11-20T00:00:07.000000000Z web fork pid=8 creator=7 ";
    String history = "comm=init;start=20261120000002";
    assertThat(lines().stream().filter(line -> line.startsWith(told)))
        .containsExactly(
            told + "GAP missing=1 " + history,
            told + "revision=1 WHOLE " + history + "=>comm=sh;start=20261120000004");
    assertThat(lines().getLast()).contains(" fork pid=8 ").contains(" revision=1 ");
  }

  @Test
  void aCorrectionIsSelectedByTheTimeOfItsEvent() throws IOException {
    String file = late().in(directory.resolve("capture.avro")).toString();

    assertThat(run("--input", file, "--from", "2026-11-20T00:00:07Z", "--pid", "8")).isZero();

    assertThat(lines()).hasSize(2);
  }

  @Test
  void theSameFileGivesTheSameBytes() throws IOException {
    String file = late().in(directory.resolve("capture.avro")).toString();
    assertThat(run("--input", file, "--format", "ecs")).isZero();
    byte[] first = out.toByteArray();
    out.reset();

    assertThat(run("--input", file, "--format", "ecs")).isZero();

    assertThat(out.toByteArray()).isEqualTo(first);
  }

  @Test
  void aTornFileGivesWhatIsWholeAndIsTold() throws IOException {
    Path file = life("web").in(directory.resolve("capture.avro"));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

    assertThat(run("--input", file.toString())).isZero();

    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "tasktrail replay: "
                + file
                + ": torn at its end: its "
                + lines().size()
                + " whole events were read\n");
  }

  @Test
  void aMissingFileFailsBeforeAnythingIsWritten() throws IOException {
    String file = life("web").in(directory.resolve("capture.avro")).toString();

    assertThat(run("--input", file, "--input", "/absent/capture.avro")).isEqualTo(1);

    assertThat(lines()).isEmpty();
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "tasktrail replay: no such file: /absent/capture.avro:"
                + " --input takes capture files (capture*.avro)"
                + " and logs of audit (audit.log)\n");
  }

  @Test
  void aDirectoryIsNoCapture() {
    assertThat(run("--input", directory.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).startsWith("tasktrail replay: a directory: " + directory);
  }

  @Test
  void whatIsNoCaptureIsSaidSo() throws IOException {
    byte[] capture = Files.readAllBytes(life("web").in(directory.resolve("capture.avro")));
    byte[] damaged = capture.clone();
    Arrays.fill(damaged, 10, 200, (byte) 0xFF);
    List<byte[]> contents =
        List.of(new byte[] {0}, "text\n".getBytes(UTF_8), Arrays.copyOf(capture, 50), damaged);
    for (byte[] content : contents) {
      err.reset();
      Path file = Files.write(directory.resolve("garbage"), content);

      assertThat(run("--input", file.toString())).isEqualTo(1);

      assertThat(err.toString(UTF_8))
          .startsWith("tasktrail replay: " + file + ": not a readable capture file: ")
          .hasLineCount(1);
    }
  }

  @Test
  void aLogThatWasJustRotatedIsEmptyAndNoFault() throws IOException {
    Path log = Files.createFile(directory.resolve("audit.log"));
    Path file = life("web").in(directory.resolve("capture.avro"));

    assertThat(run("--input", log.toString(), file.toString())).as(err.toString(UTF_8)).isZero();

    assertThat(lines()).hasSize(5);
  }

  @Test
  void aCaptureDamagedAnywhereEndsWithOneLineAtMost() throws IOException {
    byte[] capture = Files.readAllBytes(life("web").in(directory.resolve("capture.avro")));
    for (int at = 0; at < capture.length; at += 31) {
      err.reset();
      byte[] damaged = capture.clone();
      damaged[at] ^= 0x55;
      Path file = Files.write(directory.resolve("damaged"), damaged);

      int status = run("--input", file.toString());

      assertThat(status).as("octet " + at).isBetween(0, 1);
      assertThat(err.toString(UTF_8).lines().toList())
          .as("octet " + at)
          .hasSizeLessThanOrEqualTo(1)
          .noneMatch(line -> line.contains("defect"));
    }
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoFailure() throws IOException {
    String file = life("web").in(directory.resolve("capture.avro")).toString();

    assertThat(runTo(new Failing("Broken pipe").stream(), "--input", file)).isZero();

    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void anOutputWithoutRoomIsAFailure() throws IOException {
    String file = life("web").in(directory.resolve("capture.avro")).toString();

    assertThat(runTo(new Failing("No space left on device").stream(), "--input", file))
        .isEqualTo(1);

    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "tasktrail replay: can't write the output: standard output (No space left on"
                + " device): make room, or write it elsewhere\n");
  }

  @Test
  void badUsageIsStatusTwo() {
    Stream.of(
            List.of(),
            List.of("--input"),
            List.of("--input", "x", "--format", "xml"),
            List.of("--input", "x", "--from", "yesterday"),
            List.of("--input", "x", "--pid", "init"),
            List.of("--input", "x", "--colour"))
        .forEach(
            args -> {
              err.reset();
              assertThat(run(args.toArray(String[]::new))).as(args.toString()).isEqualTo(2);
              assertThat(err.toString(UTF_8)).hasLineCount(1).contains("tasktrail replay --help");
            });
  }

  private static Captured life(String hostName) {
    return new Captured(hostName)
        .fork(0, 1, 0, "swapper/0")
        .exec(1, 1, "init")
        .fork(1, 7, 1, "init")
        .exec(7, 2, "sh")
        .exit(7, 2, "sh");
  }

  /// Task 7 kills its brother.
  private static Captured killing() {
    return new Captured("web")
        .fork(0, 1, 0, "swapper/0")
        .exec(1, 1, "init")
        .fork(1, 7, 1, "init")
        .exec(7, 2, "sh")
        .fork(1, 8, 1, "init")
        .signal(7, 2, "sh", 8)
        .killed(8, 1, "init");
  }

  /// The exec of task 7 is read last.
  private static Captured late() {
    return new Captured("web")
        .fork(0, 1, 0, "swapper/0")
        .exec(1, 1, "init")
        .fork(1, 7, 1, "init")
        .from(1, 2, 5)
        .fork(1, 9, 1, "init")
        .from(0, 4, 7)
        .fork(7, 8, 2, "sh")
        .from(1, 1, 4)
        .exec(7, 2, "sh");
  }

  private List<String> lines() {
    return out.toString(UTF_8).lines().toList();
  }

  private int run(String... args) {
    return runTo(out, args);
  }

  private int runTo(OutputStream stdout, String... args) {
    PrintStream stderr = new PrintStream(err, true, UTF_8);
    return Launch.run(
        new ReplayMain(stdout, stderr),
        new Shutdown(),
        new PrintWriter(OutputStream.nullOutputStream(), true, UTF_8),
        new PrintWriter(stderr, true, UTF_8),
        args);
  }
}
