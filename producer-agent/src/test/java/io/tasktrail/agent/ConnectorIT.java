package io.tasktrail.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.agent.ring.NativeBuild;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tasktrail-listen` and the agent that it starts, on what this kernel tells; needs root and the
/// proc connector.
class ConnectorIT {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int STORM = 2_000;
  private static final int SMALL_STORM = 300;
  private static final String ROOMY = "67108864";
  private static final String TIGHT = "4096";

  @TempDir private Path dir;
  private MarkedProgram marked;
  private Path output;

  @BeforeEach
  void needs() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    Path connectors = Path.of("/proc/net/connector");
    assumeTrue(
        Files.exists(connectors) && Files.readString(connectors).contains("cn_proc"),
        "skipped: needs the proc connector of the first network namespace (CONFIG_PROC_EVENTS)");
    marked = MarkedProgram.in(dir);
    output = dir.resolve("capture.avro");
  }

  @Test
  void everyProgramOfAStormIsToldFromForkToExit() throws Exception {
    long shell;
    try (AgentProcess agent = listening(ROOMY)) {
      shell = storm(STORM);
      assertThat(agent.terminate().status()).as(agent.said()).isZero();
    }
    List<TaskEvent> events = events();

    Set<Integer> children = childrenOf(shell, events);
    assertThat(children).hasSize(STORM);
    assertThat(pids(events, Fact.Executed.class, children)).isEqualTo(children);
    assertThat(pids(events, Fact.Exited.class, children)).isEqualTo(children);
    assertNumbersAreWhole(events);
    assertThat(Facts.in(events, Fact.Executed.class))
        .allMatch(exec -> exec.arguments().bestEffort());
    assertThat(marked.execsIn(events)).isNotEmpty();
  }

  @Test
  void whatTheSocketHasNoRoomForIsLostByNumberAndThenItIsToldWhoLives() throws Exception {
    try (AgentProcess agent = listening(TIGHT)) {
      signal("STOP", agent.pid());
      long shell = storm(SMALL_STORM);
      signal("CONT", agent.pid());
      await().atMost(LONG).until(() -> isAccountedFor(shell, events()));
      assertThat(agent.terminate().status()).as(agent.said()).isZero();
    }
    List<TaskEvent> events = events();

    assertThat(Facts.in(events, Fact.EventsLost.class))
        .isNotEmpty()
        .allMatch(loss -> loss.cause() == Fact.LossCause.SOCKET_FULL);
    assertNumbersAreWhole(events);
  }

  /// Whether each event of the storm was told or lost, and a snapshot taken since.
  private static boolean isAccountedFor(long shell, List<TaskEvent> events) {
    Set<Integer> children = childrenOf(shell, events);
    List<Fact.EventsLost> losses = Facts.in(events, Fact.EventsLost.class);
    long told = events.stream().filter(event -> isOf(event.fact(), shell, children)).count();
    long lost = losses.stream().mapToLong(Fact.EventsLost::count).sum();
    return told + lost >= 3 * SMALL_STORM
        && events.stream()
            .filter(event -> event.fact() instanceof Fact.SnapshotStarted)
            .anyMatch(event -> event.header().bootNanos() > losses.getFirst().toNanos());
  }

  @Test
  void howATaskEndedAndWhoItWasIsKnown() throws Exception {
    Path slow = Files.copy(Path.of("/bin/sleep"), dir.resolve("slow"));
    long shell;
    try (AgentProcess agent = listening(ROOMY)) {
      shell =
          shell("%s 0.5 & wait; (exit 7); %s 100 & kill -9 $!; wait; exit 0".formatted(slow, slow));
      assertThat(agent.terminate().status()).as(agent.said()).isZero();
    }
    List<TaskEvent> events = events();

    Fact.Executed exec =
        Facts.in(events, Fact.Executed.class).stream()
            .filter(each -> each.image().executable().equals(ByteText.of(slow.toString())))
            .findFirst()
            .orElseThrow();
    assertThat(exec.arguments().values())
        .containsExactly(ByteText.of(slow.toString()), ByteText.of("0.5"));
    assertThat(exec.actor().comm()).isEqualTo(ByteText.of("slow"));
    assertThat(exec.parent().pid()).isEqualTo((int) shell);
    assertThat(exec.image().inode()).isEqualTo(Files.getAttribute(slow, "unix:ino"));
    assertThat(exec.place().cwd()).isEqualTo(ByteText.of(Path.of("").toAbsolutePath().toString()));
    assertThat(exec.actor().credentials().uid()).isZero();
    assertThat(exec.place().cgroup().path().isEmpty()).isFalse();
    Set<Integer> children = childrenOf(shell, events);
    List<Fact.Exited> ends =
        Facts.in(events, Fact.Exited.class).stream()
            .filter(end -> children.contains(end.actor().task().pid()))
            .toList();
    assertThat(ends)
        .anyMatch(end -> end.code().equals(OptionalInt.of(7)))
        .anyMatch(end -> end.signal().equals(OptionalInt.of(9)))
        .hasSize(3);
  }

  @Test
  void itKeepsOnePrivilegeAndItsReaderNone() throws Exception {
    Process listen =
        new ProcessBuilder(
                NativeBuild.listener().toString(),
                "--user",
                "nobody",
                "--",
                "sh",
                "-c",
                "head -c 1 >/dev/null; grep -h -e ^Cap -e ^Uid /proc/self/status"
                    + " /proc/$PPID/status")
            .start();
    String said = new String(listen.getInputStream().readAllBytes(), UTF_8);

    assertThat(listen.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(listen.exitValue()).isZero();
    List<String> effective = said.lines().filter(line -> line.startsWith("CapEff")).toList();
    assertThat(effective).containsExactly("CapEff:\t0000000000000000", "CapEff:\t0000000000080000");
    assertThat(said.lines().filter(line -> line.startsWith("CapBnd")).toList().getLast())
        .isEqualTo("CapBnd:\t0000000000080000");
    assertThat(said.lines().filter(line -> line.startsWith("Uid")))
        .noneMatch(line -> line.contains("\t0"));
  }

  @Test
  void whenTheAgentIsKilledItEndsToo() throws Exception {
    try (AgentProcess agent = listening(ROOMY)) {
      ProcessHandle java =
          ProcessHandle.of(agent.pid()).orElseThrow().children().findFirst().orElseThrow();
      java.destroyForcibly();

      assertThat(agent.status()).isEqualTo(128 + 9);
    }
  }

  /// The listener, which starts the agent, that writes into [#output].
  private AgentProcess listening(String bufferBytes) throws IOException {
    AgentProcess agent =
        new AgentProcess.Launcher(
                dir, List.of(NativeBuild.listener().toString(), "--buffer", bufferBytes, "--"))
            .start(
                List.of(
                    "--source=proc",
                    "--output=" + output,
                    "--set=http.listen=off",
                    "--set=proc.state=" + dir.resolve("state")));
    await().atMost(LONG).until(() -> agent.said().contains("reading proc records"));
    await().atMost(LONG).until(() -> !Facts.in(events(), Fact.SnapshotFinished.class).isEmpty());
    return agent;
  }

  private long storm(int programs) throws Exception {
    return ended(marked.start(programs));
  }

  /// Runs a script to its end.
  private static long shell(String script) throws Exception {
    return ended(new ProcessBuilder("/bin/sh", "-c", script).inheritIO().start());
  }

  private static long ended(Process shell) throws InterruptedException {
    assertThat(shell.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return shell.pid();
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor()).isZero();
  }

  private List<TaskEvent> events() throws IOException {
    List<TaskEvent> events = new ArrayList<>();
    if (Files.exists(output)) {
      CaptureFile.read(output, events::add);
    }
    return events;
  }

  private static Set<Integer> childrenOf(long shell, List<TaskEvent> events) {
    return Facts.in(events, Fact.Forked.class).stream()
        .filter(fork -> fork.actor().task().pid() == shell)
        .map(fork -> fork.child().pid())
        .collect(toSet());
  }

  private static <T extends Fact.OfTask> Set<Integer> pids(
      List<TaskEvent> events, Class<T> kind, Set<Integer> wanted) {
    return Facts.in(events, kind).stream()
        .map(fact -> fact.actor().task().pid())
        .filter(wanted::contains)
        .collect(toSet());
  }

  private static boolean isOf(Fact fact, long shell, Set<Integer> children) {
    return switch (fact) {
      case Fact.Forked fork -> fork.actor().task().pid() == shell;
      case Fact.Executed exec -> children.contains(exec.actor().task().pid());
      case Fact.Exited exit -> children.contains(exit.actor().task().pid());
      default -> false;
    };
  }

  /// Of each cpu: every number up to the last is that of an event or within one published loss.
  private static void assertNumbersAreWhole(List<TaskEvent> events) {
    Map<Integer, NavigableSet<Long>> numbers = new TreeMap<>();
    for (TaskEvent event : events) {
      add(numbers, event.header().cpu(), event.header().sequence());
      if (event.fact() instanceof Fact.EventsLost loss) {
        for (long lost = loss.first(); lost <= loss.last(); lost++) {
          add(numbers, loss.cpu(), lost);
        }
      }
    }
    assertThat(numbers).isNotEmpty();
    numbers.forEach(
        (cpu, known) -> {
          assertThat(known.first()).as("cpu %d", cpu).isEqualTo(1);
          assertThat(known.last()).as("cpu %d", cpu).isEqualTo(known.size());
        });
  }

  private static void add(Map<Integer, NavigableSet<Long>> numbers, int cpu, long number) {
    assertThat(numbers.computeIfAbsent(cpu, _ -> new TreeSet<>()).add(number))
        .as("number %d of cpu %d, once", number, cpu)
        .isTrue();
  }
}
