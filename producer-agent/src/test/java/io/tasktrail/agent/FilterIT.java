package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.agent.control.ControlClient;
import io.tasktrail.agent.filter.FilterRules;
import io.tasktrail.agent.mask.Rules;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.agent.ring.TestCapture;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Completeness;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Link;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.history.InMemoryHostState;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Filters on events of this kernel; needs root and BPF.
class FilterIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path dir;
  private Path file;
  private Path shell;
  private Path child;

  @BeforeEach
  void start() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    file = dir.resolve("capture.avro");
    shell = Files.copy(Path.of("/bin/sh"), dir.resolve("quiet"));
    child = Files.copy(Path.of("/bin/true"), dir.resolve("loud"));
  }

  @Test
  void whatAnExcludedProgramStartsHasItsWholeHistory() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING);
        AgentRole agent = start(capture, "exclude exe=" + shell)) {
      assertThat(run()).isZero();
      agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    List<TaskEvent> events = read();
    assertThat(events)
        .filteredOn(event -> isExecOf(event, shell))
        .singleElement()
        .satisfies(
            event -> {
              Fact.Executed exec = (Fact.Executed) event.fact();
              assertThat(event.header().quiet()).isTrue();
              assertThat(exec.arguments().values()).isEmpty();
              assertThat(exec.arguments().count()).isEqualTo(3);
            });
    List<AuditEvent> told = fold(events);
    assertThat(told).noneMatch(audit -> isExecOf(audit.event(), shell));
    assertThat(told)
        .filteredOn(audit -> isExecOf(audit.event(), child))
        .singleElement()
        .satisfies(audit -> assertWhole(audit.task().orElseThrow()));
    assertThat(told).hasSameSizeAs(events.stream().filter(each -> !each.header().quiet()).toList());
  }

  @Test
  void anAddedProcessIsToldWhileAllElseIsQuiet() throws Exception {
    Path socket = dir.resolve("agent.sock");
    try (TestCapture capture = TestCapture.arm(TestCapture.RING);
        AgentRole agent = start(capture, "default exclude", Optional.of(socket))) {
      ControlClient control = new ControlClient(socket);
      Process before = waiting();
      Process added = waiting();
      control.ask("add-pid " + added.pid());
      assertThat(control.ask("list")).containsExactly("pid " + added.pid());
      goOn(before);
      goOn(added);
      agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);

      assertThat(fold(read()))
          .filteredOn(audit -> isExecOf(audit.event(), child))
          .singleElement()
          .satisfies(audit -> assertWhole(audit.task().orElseThrow()))
          .satisfies(
              audit ->
                  assertThat(audit.task().orElseThrow().parent().task().pid())
                      .isEqualTo((int) added.pid()));
    }
  }

  @Test
  void aRestartedAgentKnowsWhatIsQuiet() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      Process quiet;
      try (AgentRole agent = start(capture, "exclude exe=" + shell)) {
        quiet = waiting();
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
      }
      file = dir.resolve("next.avro");
      try (AgentRole agent = start(capture, "exclude exe=" + shell)) {
        await()
            .atMost(SOON)
            .until(
                () ->
                    read().stream()
                        .anyMatch(event -> event.fact() instanceof Fact.SnapshotFinished));
        goOn(quiet);
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
      }
      assertThat(read())
          .filteredOn(
              event ->
                  event.fact() instanceof Fact.Exited exit
                      && exit.actor().task().pid() == quiet.pid())
          .singleElement()
          .satisfies(event -> assertThat(event.header().quiet()).isTrue());
    }
  }

  private void assertWhole(AuditedTask task) {
    assertThat(task.history().links())
        .extracting(Link::executable)
        .endsWith(ByteText.of(shell.toString()), ByteText.of(child.toString()));
    assertThat(task.history().links().getLast().ordinal()).isEqualTo(task.history().execCount());
    assertThat(task.history().doubts())
        .allMatch(doubt -> doubt.last() < task.history().execCount() - 1);
    assertThat(task.history().completeness()).isIn(Completeness.WHOLE, Completeness.SINCE_SNAPSHOT);
  }

  private int run() throws IOException, InterruptedException {
    return new ProcessBuilder(shell.toString(), "-c", child + "; exit 0").start().waitFor();
  }

  /// A shell that executes the child once it is told to.
  private Process waiting() throws IOException {
    return new ProcessBuilder(shell.toString(), "-c", "read line; " + child + "; exit 0").start();
  }

  private static void goOn(Process process) throws IOException, InterruptedException {
    process.outputWriter().write("\n");
    process.outputWriter().close();
    assertThat(process.waitFor()).isZero();
  }

  private static boolean isExecOf(TaskEvent event, Path program) {
    return event.fact() instanceof Fact.Executed exec
        && exec.image().executable().equals(ByteText.of(program.toString()));
  }

  private List<TaskEvent> read() throws IOException {
    List<TaskEvent> events = new ArrayList<>();
    CaptureFile.read(file, events::add);
    return events;
  }

  private static List<AuditEvent> fold(List<TaskEvent> events) {
    Fold fold = new Fold(FoldLimits.DEFAULT);
    InMemoryHostState state = new InMemoryHostState();
    return events.stream()
        .flatMap(event -> fold.apply(state, event).stream())
        .filter(audit -> audit.notice().isEmpty() && audit.revision() == 0)
        .toList();
  }

  private AgentRole start(TestCapture capture, String rules) throws IOException {
    return start(capture, rules, Optional.empty());
  }

  private AgentRole start(TestCapture capture, String rules, Optional<Path> control)
      throws IOException {
    Path written = Files.writeString(dir.resolve("filter.rules"), rules);
    return AgentRole.start(
        new AgentRole.Plan(
            capture.dir(),
            Optional.empty(),
            new Target.File(file),
            Duration.ofMillis(20),
            Duration.ofSeconds(1),
            8192,
            Duration.ofSeconds(10),
            Rules.shipped(),
            Duration.ZERO,
            Optional.empty(),
            false,
            FilterRules.of(written),
            control),
        FilterIT::fail);
  }

  private static void fail(Throwable failure) {
    throw new IllegalStateException(failure);
  }
}
