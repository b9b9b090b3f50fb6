package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./tasktrail demo --for … --out DIR` as root, with odd children living and dying meanwhile: each
/// one is in `audit-events.ecs.jsonl`, with the right history.
class DemoIT {

  private static final int STORM = 5_000;
  private static final Duration CAPTURED = Duration.ofSeconds(40);

  /// The victim is killed once it is what it is to be; until then nothing is started.
  private static final String MURDER =
      "/bin/sleep 60 & until read -r name </proc/$!/comm; [ \"$name\" = sleep ]; do :; done;"
          + " env kill -9 $!; wait; true";

  @TempDir private static Path folder;
  private static AuditLog audit;
  private static Zoo zoo;
  private static Path forger;
  private static long nested;
  private static long pipeline;
  private static long twice;
  private static long killed;
  private static long segmented;
  private static long murderer;
  private static long threadExec;
  private static long leaderFirst;
  private static long vfork;
  private static long daemon;
  private static long forged;
  private static long manyArguments;
  private static long hostileArguments;
  private static long storm;

  @BeforeAll
  static void liveAndDieUnderTheDemo() throws Exception {
    Needs.liveCapture();
    zoo = Zoo.build(Files.createDirectory(folder.resolve("zoo")));
    forger = zoo.named("x=>comm=init;st");
    Path out = folder.resolve("out");
    File said = folder.resolve("demo.err").toFile();
    Process demo =
        Launcher.command("demo", "--for", CAPTURED.toSeconds() + "s", "--out", out.toString())
            .redirectOutput(folder.resolve("demo.out").toFile())
            .redirectError(said)
            .start();
    try {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.exists(out.resolve("demo.properties")) || !demo.isAlive());
      liveAndDie();
      assertThat(demo.waitFor(3, TimeUnit.MINUTES)).as("the demo ends by itself").isTrue();
    } finally {
      demo.destroy();
    }
    assertThat(demo.exitValue()).as(Files.readString(said.toPath())).isZero();
    audit = AuditLog.read(out.resolve("audit-events.ecs.jsonl"));
  }

  private static void liveAndDie() throws Exception {
    nested =
        Zoo.runCommand(0, List.of("bash", "-c", "bash -c \"exec -a odd /bin/sleep 0.2\"; true"));
    pipeline = Zoo.runCommand(0, List.of(script().toString()));
    twice = zoo.run(30, "twice");
    killed = killed();
    segmented = zoo.run(139, "segv");
    murderer = Zoo.runCommand(0, List.of("bash", "-c", MURDER));
    threadExec = zoo.run(31, "thread-exec");
    leaderFirst = zoo.run(32, "leader-first");
    vfork = zoo.run(0, "vfork");
    daemon = zoo.run(0, "daemon");
    forged = Zoo.runCommand(7, List.of(forger.toString(), "end", "7"));
    manyArguments = zoo.run(33, "many-arguments", "100000");
    hostileArguments = zoo.run(36, "hostile-arguments");
    storm = zoo.run(0, "storm", Integer.toString(STORM));
  }

  private static Path script() throws Exception {
    Path script = zoo.path("pipeline.sh");
    Files.writeString(script, "#!/bin/sh\necho a | cat | wc -c\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static long killed() throws Exception {
    Process waiting = new ProcessBuilder(zoo.path("zoo").toString(), "wait").start();
    Path stat = Path.of("/proc", Long.toString(waiting.pid()), "comm");
    await().until(() -> Files.readString(stat).strip().equals("zoo"));
    waiting.destroyForcibly().waitFor();
    return waiting.pid();
  }

  @Test
  void everyLineHasAnIdOfItsOwn() {
    Set<String> seen = new HashSet<>();
    assertThat(audit.lines())
        .allMatch(
            line ->
                seen.add(line.at("/event/id").asText() + line.at("/tasktrail/revision").asText()));
  }

  @Test
  void nothingWasLost() {
    assertThat(audit.action("events_lost").lines()).isEmpty();
  }

  @Test
  void everyHistorySaysHowManyLinksAreMissing() {
    assertThat(audit.where(line -> line.at("/tasktrail").has("chain")).lines())
        .isNotEmpty()
        .allSatisfy(
            line -> {
              JsonNode ours = line.at("/tasktrail");
              long known = ours.at("/chain").size() - 1 + ours.at("/omitted_links").asLong();
              assertThat(ours.at("/missing_links").asLong())
                  .isEqualTo(ours.at("/exec_count").asLong() - known);
            });
  }

  @Test
  void execWithoutForkIsALink() {
    AuditLog bash = audit.pid(nested);
    assertThat(bash.action("fork").count()).isEqualTo(1);
    assertThat(bash.action("exec").count()).isEqualTo(1);
    long inner = onlyChildOf(nested).at("/process/pid").asLong();
    AuditLog sleep = audit.pid(inner);
    assertThat(sleep.action("fork").count()).isEqualTo(1);
    assertThat(sleep.action("exec").texts("/process/args/0")).containsExactly("bash", "odd");
    assertThat(AuditLog.lastComms(sleep.action("exit").only(), 3))
        .containsExactly("bash", "bash", "sleep");
    assertEnded(inner, 0);
    assertEnded(nested, 0);
  }

  @Test
  void everyPartOfAPipelineDescendsFromItsScript() {
    JsonNode exec = audit.pid(pipeline).action("exec").only();
    assertThat(exec.at("/process/name").asText()).isEqualTo("pipeline.sh");
    assertThat(childrenOf(pipeline).texts("/process/pid").distinct()).hasSize(3);
    for (String name : List.of("cat", "wc")) {
      JsonNode part =
          audit
              .action("exec")
              .where(parentIs(pipeline))
              .where(line -> line.at("/process/name").asText().equals(name))
              .only();
      assertThat(AuditLog.lastComms(part, 2)).containsExactly("pipeline.sh", name);
      assertEnded(part.at("/process/pid").asLong(), 0);
    }
    assertEnded(pipeline, 0);
  }

  @Test
  void twoExecsWithoutAForkAreTwoMoreLinks() {
    assertThat(audit.pid(twice).action("fork").count()).isEqualTo(1);
    assertThat(audit.pid(twice).action("exec").texts("/process/args/1"))
        .containsExactly("twice", "once", "end");
    assertThat(AuditLog.lastComms(assertEnded(twice, 30), 3)).containsExactly("zoo", "zoo", "zoo");
  }

  @Test
  void aKilledTaskHasASignalAndNoCode() {
    assertThat(assertForkExecAndEnd(killed).at("/tasktrail/exit/signal").asInt()).isEqualTo(9);
    JsonNode exit = assertForkExecAndEnd(segmented);
    assertThat(exit.at("/tasktrail/exit/signal").asInt()).isEqualTo(11);
    assertThat(exit.at("/tasktrail/exit/core_dumped").asBoolean()).isFalse();
    assertThat(exit.at("/process").has("exit_code")).isFalse();
  }

  @Test
  void aDeathHasTheHistoryOfItsKiller() {
    JsonNode end =
        childrenOf(murderer)
            .texts("/process/pid")
            .map(pid -> audit.pid(Long.parseLong(pid)).action("exit").only())
            .filter(exit -> exit.at("/tasktrail/exit").has("signal"))
            .reduce((_, _) -> fail("two were killed"))
            .orElseThrow();
    JsonNode killer = end.at("/tasktrail/exit/killer");
    assertThat(AuditLog.lastComms(end, 2)).containsExactly("bash", "sleep");
    assertThat(end.at("/tasktrail/exit/signal_origin").asText()).isEqualTo("task");
    assertThat(end.at("/tasktrail/exit/oom_killed").asBoolean()).isFalse();
    assertThat(killer.at("/comm").asText()).isEqualTo("kill");
    assertThat(killer.at("/command_line").asText())
        .startsWith("kill ")
        .endsWith(" " + end.at("/process/pid").asText());
    assertThat(killer.at("/history").asText())
        .matches(".*=>comm=bash;start=[0-9]{14}=>comm=env;start=[0-9]{14}=>comm=kill;start=.*");
  }

  /// This JVM ran before the capture did: its arguments are what /proc shows of them.
  @Test
  void aParentThatRanBeforeTheCaptureHasItsCommandLine() throws Exception {
    JsonNode parent = audit.pid(murderer).action("exec").lines().getLast().at("/process/parent");

    List<String> shown =
        List.of(Files.readString(Path.of("/proc/self/cmdline")).split("\0", -1)).subList(0, 3);
    assertThat(parent.at("/pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    assertThat(parent.at("/command_line").asText()).startsWith(String.join(" ", shown));
    assertThat(parent.at("/args/0").asText()).isEqualTo(shown.getFirst());
  }

  @Test
  void aFaultThatIsRaisedIsNone() {
    JsonNode exit = audit.pid(segmented).action("exit").only().at("/tasktrail/exit");
    assertThat(exit.at("/signal_origin").asText()).isEqualTo("task");
    assertThat(exit.at("/killer/pid").asLong()).isEqualTo(segmented);
    assertThat(audit.pid(segmented).action("signal").count()).isEqualTo(1);
  }

  @Test
  void anExecByAThreadIsItsProcesss() {
    assertThat(audit.pid(threadExec).action("fork").count()).isEqualTo(1);
    assertThat(audit.pid(threadExec).action("exec").texts("/process/args/1"))
        .containsExactly("thread-exec", "end");
    assertEnded(threadExec, 31);
  }

  @Test
  void aProcessEndsWithItsLastThread() {
    assertForkExecAndEnd(leaderFirst);
    assertEnded(leaderFirst, 32);
  }

  @Test
  void aVforkIsAFork() {
    assertForkExecAndEnd(vfork);
    long child = onlyChildOf(vfork).at("/process/pid").asLong();
    assertForkExecAndEnd(child);
    assertThat(AuditLog.lastComms(assertEnded(child, 34), 2)).containsExactly("zoo", "zoo");
  }

  @Test
  void aDaemonKeepsTheHistoryThatItWasBornWith() {
    assertForkExecAndEnd(daemon);
    long middle = onlyChildOf(daemon).at("/process/pid").asLong();
    assertEnded(middle, 0);
    long grandchild = onlyChildOf(middle).at("/process/pid").asLong();
    JsonNode exit = assertEnded(grandchild, 35);
    assertThat(exit.at("/process/parent/pid").asLong()).isEqualTo(middle);
    assertThat(exit.at("/tasktrail/reaper/pid").asLong()).isNotIn(0L, middle);
    assertThat(AuditLog.lastComms(exit, 2)).containsExactly("zoo", "zoo");
    assertThat(exit.at("/tasktrail/missing_links")).isEqualTo(missingOfMine());
  }

  @Test
  void noFileNameForgesALink() {
    JsonNode exit = assertForkExecAndEnd(forged);
    assertThat(exit.at("/process/executable").asText()).isEqualTo(forger.toString());
    assertThat(exit.at("/tasktrail/history").asText())
        .contains("=>comm=x\\075\\076comm\\075init\\073st;start=")
        .doesNotContain("comm=init;st");
    assertThat(AuditLog.lastComms(exit, 1)).containsExactly("x=>comm=init;st");
  }

  @Test
  void aHundredThousandArgumentsAreCountedAndCut() {
    JsonNode exec = audit.pid(manyArguments).action("exec").lines().getLast();
    assertThat(exec.at("/process/args_count").asLong()).isEqualTo(100_000);
    assertThat(exec.at("/tasktrail/argv_truncated").asBoolean()).isTrue();
    assertThat(exec.at("/tasktrail/argv_bytes").asLong())
        .isEqualTo("zoo".length() + 1 + "end".length() + 1 + "33".length() + 1 + 99_997L * 6);
    assertEnded(manyArguments, 33);
  }

  @Test
  void argumentsOfAnyBytesArrive() {
    JsonNode exec = audit.pid(hostileArguments).action("exec").lines().getLast();
    assertThat(exec.at("/process/args").valueStream().map(JsonNode::asText))
        .containsExactly(
            "zoo", "end", "36", "new\nline", "not\\xff\\xfeUTF-8", "", "=>comm=init;start=1");
    assertEnded(hostileArguments, 36);
  }

  @Test
  void aStormIsCapturedWhole() {
    AuditLog children = childrenOf(storm);
    assertThat(children.texts("/process/entity_id").distinct()).hasSize(STORM);
    Set<String> ids = Set.copyOf(children.texts("/process/entity_id").toList());
    AuditLog theirs = audit.where(line -> ids.contains(line.at("/process/entity_id").asText()));
    for (String action : List.of("fork", "exec", "exit")) {
      assertThat(theirs.action(action).count()).as(action).isEqualTo(STORM);
    }
    assertThat(theirs.action("exit").lines())
        .allMatch(line -> line.at("/process/exit_code").asInt() == 0);
  }

  private static JsonNode assertForkExecAndEnd(long pid) {
    assertThat(audit.pid(pid).action("fork").count()).as("forks of " + pid).isEqualTo(1);
    assertThat(audit.pid(pid).action("exec").count()).as("execs of " + pid).isEqualTo(1);
    return audit.pid(pid).action("exit").only();
  }

  private static JsonNode assertEnded(long pid, int code) {
    JsonNode exit = audit.pid(pid).action("exit").only();
    assertThat(exit.at("/process/exit_code").asInt(-1)).isEqualTo(code);
    return exit;
  }

  /// What the capture could not see is the same for everything that this JVM starts.
  private static JsonNode missingOfMine() {
    return audit.pid(vfork).action("exec").only().at("/tasktrail/missing_links");
  }

  private static JsonNode onlyChildOf(long pid) {
    return childrenOf(pid).only();
  }

  private static AuditLog childrenOf(long pid) {
    return audit.action("fork").where(parentIs(pid));
  }

  private static Predicate<JsonNode> parentIs(long pid) {
    return line -> line.at("/process/parent/pid").asLong() == pid;
  }
}
