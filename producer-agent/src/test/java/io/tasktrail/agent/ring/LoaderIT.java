package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The loader's own promises; needs root and BPF.
class LoaderIT {

  private static final List<String> STATUS = List.of("--status");

  @Test
  void armingTwiceChangesNothing() {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      String before = captureLine(capture);

      Shell.Ended again = capture.loader(List.of("--ring", "4096", "--how", "again"));

      assertThat(again.status()).isZero();
      assertThat(again.output()).startsWith("already armed").contains("by test");
      assertThat(captureLine(capture)).isEqualTo(before);
    }
  }

  /// What is captured of modules is what the kernel has of them: without any, nothing is attached.
  @Test
  void kernelWithoutModulesTakesNoneOfTheirPrograms() {
    assumeTrue(
        !Files.exists(Path.of("/proc/modules")), "skipped: this kernel has modules; see GuestIT");
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      assertThat(capture.loader(STATUS).output()).contains("modules not in this kernel");
      assertThat(capture.dir().toFile().list())
          .contains("link_exec")
          .noneMatch(pin -> pin.contains("module"));
    }
  }

  private static String captureLine(TestCapture capture) {
    return capture
        .loader(STATUS)
        .output()
        .lines()
        .filter(line -> line.startsWith("capture "))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void otherVersionChangesNothingAndSaysHowToReplace() {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      String before = captureLine(capture);

      Shell.Ended other = capture.loader(NativeBuild.loaderOfTomorrow(), List.of());

      assertThat(other.status()).as("a unit must not fail while a capture runs").isZero();
      assertThat(other.output())
          .startsWith("already armed")
          .contains("this is 9.9 with layout 99")
          .contains("tasktrail-arm --pin " + capture.dir() + " --replace");
      assertThat(captureLine(capture)).isEqualTo(before);
    }
  }

  @Test
  void versionsReplaceEachOtherAndSayWhatTheyKnowOfEachOther() {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      capture.replaceByTomorrows();

      assertThat(capture.loader(STATUS).output())
          .contains("retired: " + capture.generation(1))
          .contains("version 9.9, layout 99")
          .contains("read by nobody now");
      capture.replace();

      assertThat(capture.loader(STATUS).output())
          .contains("retired: " + capture.generation(2))
          .contains("armed: " + capture.generation(3));
      assertThat(capture.loader(List.of("--remove")).status()).isZero();
      assertThat(capture.generation(2)).doesNotExist();
    }
  }

  @Test
  void replacingWhatIsNotArmedArms() {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      capture.loader(List.of("--remove"));

      assertThat(capture.loader(List.of("--replace")).output()).startsWith("armed: ");
      assertThat(capture.loader(STATUS).output()).contains("of 8388608 bytes used");
    }
  }

  @Test
  void loaderThatIsHeldUpTooLongChangesNothing() {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      String before = captureLine(capture);

      Shell.Ended late = capture.loader(NativeBuild.loaderThatIsLate(), List.of("--replace"));

      assertThat(late.status()).isEqualTo(1);
      assertThat(late.output()).contains("not replaced").contains("try again");
      assertThat(captureLine(capture)).isEqualTo(before);
      assertThat(capture.loader(STATUS).output()).doesNotContain("retired");
      assertThat(capture.generation(2)).doesNotExist();
    }
  }

  /// Killed before it told the old capture: nothing has changed.
  @Test
  void replacementThatNeverTookOverIsTakenAway() throws IOException {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      String before = captureLine(capture);
      Path other = Path.of(capture.dir() + "x");
      Shell.run(NativeBuild.loader().toString(), "--pin", other.toString(), "--ring", "4096");
      Files.move(Path.of(other + "_g1"), capture.generation(2));
      Files.delete(other);

      Shell.Ended again = capture.loader(List.of());

      assertThat(again.output()).startsWith("already armed");
      assertThat(capture.generation(2)).doesNotExist();
      assertThat(captureLine(capture)).isEqualTo(before);
    }
  }

  @Test
  void statusSaysWhatIsArmedAndHowFullItIs() {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      Shell.Ended status = capture.loader(STATUS);

      assertThat(status.status()).isZero();
      assertThat(status.output())
          .contains("by test")
          .containsPattern("of 262144 bytes used \\(\\d+\\.\\d %\\)")
          .contains("read by nobody now")
          .contains("cpu -2: sequence ");
    }
  }

  @Test
  void whatWasLeftHalfMadeIsMadeAnew() throws IOException {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      Path making = Path.of(capture.dir() + "_arming");
      Files.move(capture.generation(1), making);

      Shell.Ended armed = capture.loader(List.of());

      assertThat(armed.output()).startsWith("armed: ");
      assertThat(making).doesNotExist();
      assertThat(capture.loader(STATUS).status()).isZero();
    }
  }

  @Test
  void removingTwiceIsNoError() {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      assertThat(capture.loader(List.of("--remove")).status()).isZero();
      assertThat(capture.loader(List.of("--remove")).status()).isZero();
      assertThat(capture.dir()).doesNotExist();
      assertThat(capture.loader(STATUS).output()).contains("not armed");
      assertThat(capture.loader(STATUS).status()).isEqualTo(1);
    }
  }

  @Test
  void removingLeavesWhatIsNotItsOwn() throws IOException {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      Path other = Files.createDirectory(capture.dir().resolve("other"));

      Shell.Ended removed = capture.loader(List.of("--remove"));

      assertThat(removed.status()).isEqualTo(1);
      assertThat(other).exists();
      Files.delete(other);
    }
  }

  @Test
  void argvBoundIsASetting() {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING, "--argv", "10");
        CaptureRing ring = CaptureRing.open(capture.dir())) {
      Shell.Ended ended = Shell.run("/bin/echo", "0123456789");

      var arguments = new Recording().drain(ring).family(ended.pid()).lastExec().arguments();
      assertThat(arguments.truncated()).isTrue();
      assertThat(arguments.values()).hasToString("[/bin/echo]");
      assertThat(arguments.bytes()).isEqualTo(21);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--ring,    5000,          2, power of two",
    "--ring,    8k,            2, number",
    "--argv,    65537,         2, from 0 to 65536",
    "--argv,    -1,            2, number",
    "--group,   no-such-group, 1, groupadd",
    "--pin,     relative,      2, absolute",
    "--pin,     /sys/fs/bpf/a.b, 2, no dot",
    "--pin,     /tmp/tasktrail,  1, not in a bpf file system",
    "--bogus,   x,             2, unknown option",
    "--status,  x,             2, unexpected argument",
  })
  void badUsageIsSaidInOneLine(String option, String value, int status, String reason) {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");

    Shell.Ended ended = Shell.run(NativeBuild.loader().toString(), option, value);

    assertThat(ended.status()).isEqualTo(status);
    assertThat(ended.output()).startsWith("tasktrail-arm: ").contains(reason);
  }

  @Test
  void helpNeedsNoPrivilege() {
    Shell.Ended ended = Shell.run(NativeBuild.loader().toString(), "--help");

    assertThat(ended.status()).isZero();
    assertThat(ended.output()).contains("--pin").contains("--remove");
  }
}
