package io.tasktrail.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.agent.doctor.Finding.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ExaminationTest {

  private final StringWriter said = new StringWriter();

  @Test
  void whatRestsOnAFailureIsSkippedAndTheRestIsNot() throws Exception {
    Check broken = Check.of("floor", () -> Finding.fail("gone", "build one"));
    Examination examination =
        run(
            Duration.ofSeconds(60),
            List.of(
                broken,
                Check.after(broken, "table", () -> Finding.ok("stands")),
                Check.of("sky", () -> Finding.ok("blue"))));

    assertThat(said.toString().lines())
        .containsExactly(
            "FAIL  floor                   gone",
            "                              -> build one",
            "skip  table                   needs that floor is in order",
            "ok    sky                     blue");
    assertThat(examination.count(Outcome.FAIL)).isOne();
  }

  @Test
  void oneOfSeveralIsEnough() throws Exception {
    Check one = Check.of("one", () -> Finding.fail("gone", "x"));
    Check other = Check.of("other", () -> Finding.warn("old", "x"));
    run(
        Duration.ofSeconds(60),
        List.of(one, other, new Check("roof", List.of(one, other), () -> Finding.ok("stands"))));

    assertThat(said.toString()).contains("ok    roof");
  }

  @Test
  void whatDoesNotEndHasFailed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Examination examination =
        run(
            Duration.ofMillis(1),
            List.of(
                Check.of(
                    "endless",
                    () -> {
                      never.await();
                      return Finding.ok("");
                    })));

    assertThat(examination.count(Outcome.FAIL)).isOne();
    assertThat(said.toString()).contains("no answer within");
  }

  @Test
  void whatThrowsHasFailedAndStaysOnItsLine() throws Exception {
    run(
        Duration.ofSeconds(60),
        List.of(
            Check.of(
                "odd",
                () -> {
                  throw new java.io.IOException("two\nlines");
                })));

    assertThat(said.toString().lines().findFirst().orElseThrow())
        .startsWith("FAIL  odd")
        .endsWith("two lines");
  }

  private Examination run(Duration atMost, List<Check> checks) throws InterruptedException {
    Examination examination = new Examination(new PrintWriter(said, true), atMost);
    examination.run(checks);
    return examination;
  }
}
