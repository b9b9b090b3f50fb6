package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The loader in an old kernel, with modules, armed before anything else runs: a Debian 6.1 guest
/// under QEMU. What the guest does stands in `src/test/guest/init`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuestIT {

  /// Numbers of errno(3).
  private static final int EPERM = 1;

  private static final int ENOEXEC = 8;
  private static final int EEXIST = 17;

  private static final Pattern LOADS =
      Pattern.compile("type=1300 .* syscall=(?:313|175) .*exit=(-?\\d+) .* pid=(\\d+) ");
  private static final Pattern UNLOADS =
      Pattern.compile("type=1300 .* syscall=176 .*exit=(-?\\d+) .* pid=(\\d+) ");
  private static final Pattern NAMES = Pattern.compile("type=1330 .*(name)=\"(.*)\"");

  private static final Path BOOT = Path.of("/boot");

  private List<String> console;
  private List<KernelEvent> events;

  @BeforeAll
  void boot() throws IOException {
    for (String tool : List.of("qemu-system-x86_64", "busybox", "cpio")) {
      assumeTrue(
          Shell.find(tool).isPresent(),
          "skipped: no " + tool + "; apt install qemu-system-x86 busybox-static cpio");
    }
    Path kernel = kernel();
    String version = kernel.getFileName().toString().substring("vmlinuz-".length());
    Path work = Files.createDirectories(Path.of("target/guest").toAbsolutePath());
    console =
        Shell.run(
                Path.of("src/test/guest/run").toAbsolutePath().toString(),
                kernel.toString(),
                "/lib/modules/" + version,
                NativeBuild.loader().toString(),
                work.toString())
            .output()
            .lines()
            .map(String::strip)
            .toList();
    events = parsed("record ");
  }

  private List<KernelEvent> parsed(String prefix) {
    return console.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> HexFormat.of().parseHex(line.substring(prefix.length())))
        .map(record -> RecordParser.parse(record, record.length))
        .toList();
  }

  private static Path kernel() throws IOException {
    try (Stream<Path> boot = Files.exists(BOOT) ? Files.list(BOOT) : Stream.empty()) {
      List<Path> kernels =
          boot.filter(path -> path.getFileName().toString().matches("vmlinuz-6\\.1\\..*-amd64"))
              .toList();
      assumeTrue(!kernels.isEmpty(), "skipped: no 6.1 kernel; apt install linux-image-amd64");
      return kernels.getLast();
    }
  }

  private <F extends Fact> List<F> all(Class<F> kind) {
    return events.stream().map(KernelEvent::fact).filter(kind::isInstance).map(kind::cast).toList();
  }

  private Fact.Executed execOf(String comm) {
    return all(Fact.Executed.class).stream()
        .filter(exec -> exec.actor().comm().toString().equals(comm))
        .findFirst()
        .orElseThrow();
  }

  /// How the odd program of this name ended.
  private Fact.Exited exitOf(String odd) {
    Fact.Executed exec =
        all(Fact.Executed.class).stream()
            .filter(each -> each.arguments().values().toString().equals("[odd, " + odd + "]"))
            .findFirst()
            .orElseThrow();
    List<Fact.Exited> exits =
        all(Fact.Exited.class).stream()
            .filter(exit -> exit.actor().task().equals(exec.actor().task()))
            .toList();
    assertThat(exits).hasSize(1);
    return exits.getFirst();
  }

  @Test
  void oldVerifierTakesThePrograms() {
    assertThat(console).contains("guest: armed status 0", "guest: removed status 0", "guest: end");
    assertThat(console)
        .anyMatch(line -> line.startsWith("armed: ") && line.contains("modules yes"));
  }

  @Test
  void everySequenceIsThere() {
    assertThat(events).extracting(KernelEvent::cpu).contains(-2);
    assertNumberedFromOne(events);
  }

  @Test
  void replacementNumbersFromOneAndTakesOver() {
    List<KernelEvent> next = parsed("next ");

    assertThat(console).contains("guest: replaced status 0");
    assertNumberedFromOne(next);
    assertThat(next)
        .anyMatch(
            event ->
                event.fact() instanceof Fact.Executed exec
                    && exec.image().filename().toString().equals("/bin/sleep"));
  }

  private static void assertNumberedFromOne(List<KernelEvent> all) {
    Map<Integer, List<Long>> byCpu =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    KernelEvent::cpu,
                    Collectors.mapping(KernelEvent::sequence, Collectors.toList())));

    byCpu.forEach(
        (cpu, sequences) ->
            assertThat(sequences)
                .as("cpu %d", cpu)
                .isEqualTo(LongStream.rangeClosed(1, sequences.size()).boxed().toList()));
  }

  @Test
  void moduleIsLoadedByInsmodAndRemovedByRmmod() {
    Fact.ModuleLoaded load = all(Fact.ModuleLoaded.class).getFirst();
    Fact.ModuleUnloaded unload = all(Fact.ModuleUnloaded.class).getFirst();

    assertThat(load.name()).hasToString("dummy");
    assertThat(load.actor().task()).isEqualTo(execOf("insmod").actor().task());
    assertThat(load.origin().path()).hasToString("/dummy.ko");
    assertThat(load.origin().parameters()).isEqualTo(ByteText.EMPTY);
    assertThat(unload.name()).hasToString("dummy");
    assertThat(unload.actor().task()).isEqualTo(execOf("rmmod").actor().task());
  }

  private List<Fact.ModuleLoaded> loadsFrom(String path) {
    return all(Fact.ModuleLoaded.class).stream()
        .filter(load -> load.origin().path().toString().equals(path))
        .toList();
  }

  /// What a task executed, and what it was before it.
  private List<String> chain(TaskKey task) {
    Stream<String> before =
        all(Fact.Forked.class).stream()
            .filter(fork -> fork.child().equals(task))
            .findFirst()
            .map(fork -> chain(fork.actor().task()).stream())
            .orElseGet(Stream::empty);
    Stream<String> own =
        all(Fact.Executed.class).stream()
            .filter(exec -> exec.actor().task().equals(task))
            .map(exec -> exec.image().filename().toString());
    return Stream.concat(before, own).toList();
  }

  @Test
  void moduleHasItsFileItsParametersAndTheChainOfWhoLoadedIt() {
    Fact.ModuleLoaded load = loadsFrom("/a folder/dummy.ko").getFirst();

    assertThat(load.origin().parameters().toString())
        .startsWith("numdummies=0 odd=")
        .contains("\n");
    assertThat(load.origin().parametersTruncated()).isFalse();
    assertThat(load.origin().inode()).isPositive();
    assertThat(chain(load.actor().task())).endsWith("/bin/sh", "/bin/env", "/bin/insmod");
  }

  @Test
  void parametersBeyondTheBoundAreCutAndSaySo() {
    Fact.ModuleLoaded load =
        all(Fact.ModuleLoaded.class).stream()
            .filter(each -> each.origin().parametersTruncated())
            .findFirst()
            .orElseThrow();

    assertThat(load.origin().parameters().length()).isEqualTo(4095);
    assertThat(load.origin().parameters().toString()).matches("long=0+");
  }

  @Test
  void modprobeByAnotherNameLoadsWhatItIsCalled() {
    Fact.ModuleLoaded load =
        all(Fact.ModuleLoaded.class).stream()
            .filter(each -> each.actor().task().equals(execOf("modprobe").actor().task()))
            .findFirst()
            .orElseThrow();

    assertThat(load.name()).hasToString("dummy");
    assertThat(load.origin().path().toString()).matches("/lib/modules/[^/]+/dummy.ko");
  }

  @Test
  void whoMadeTheKernelLoadAModuleIsTold() {
    Fact.ModuleRequested request =
        all(Fact.ModuleRequested.class).stream()
            .filter(each -> each.name().toString().equals("rtnl-link-dummy"))
            .findFirst()
            .orElseThrow();
    Fact.ModuleLoaded load =
        all(Fact.ModuleLoaded.class).stream()
            .filter(each -> !chain(each.actor().task()).contains("/bin/modprobe"))
            .filter(each -> each.origin().path().toString().startsWith("/lib/modules/"))
            .findFirst()
            .orElseThrow();

    assertThat(chain(request.actor().task())).endsWith("/bin/ip");
    assertThat(chain(load.actor().task())).containsExactly("/sbin/modprobe");
  }

  private List<Integer> refusals(String path) {
    return all(Fact.ModuleLoadFailed.class).stream()
        .filter(failed -> failed.origin().path().toString().equals(path))
        .map(Fact.ModuleLoadFailed::errno)
        .toList();
  }

  @Test
  void refusedModulesAreToldWithTheReason() {
    assertThat(refusals("/garbage.ko")).containsExactly(ENOEXEC);
    assertThat(refusals("/foreign.ko")).containsExactly(ENOEXEC);
    assertThat(refusals("/dummy.ko")).containsExactly(EEXIST, EPERM);
    assertThat(all(Fact.ModuleLoadFailed.class).getLast().actor().credentials().uid())
        .isEqualTo(65534);
  }

  /// Records of the kernel's own audit: of each system call that loads or removes a module, its pid
  /// and what it returned.
  private List<String> audited(Pattern record) {
    return console.stream()
        .map(record::matcher)
        .filter(Matcher::find)
        .map(each -> each.group(1) + " " + each.group(2))
        .toList();
  }

  @Test
  void auditSaysTheSameOfEachLoadAndUnload() {
    List<String> loads =
        events.stream()
            .dropWhile(event -> !(event.fact() instanceof Fact.ModuleUnloaded))
            .flatMap(
                event ->
                    switch (event.fact()) {
                      case Fact.ModuleLoaded load -> Stream.of("0 " + load.actor().task().pid());
                      case Fact.ModuleLoadFailed failed ->
                          Stream.of("-" + failed.errno() + " " + failed.actor().task().pid());
                      default -> Stream.empty();
                    })
            .toList();
    List<String> unloads =
        all(Fact.ModuleUnloaded.class).stream()
            .skip(1)
            .map(unload -> "0 " + unload.actor().task().pid())
            .toList();

    assertThat(loads).isNotEmpty().isEqualTo(audited(LOADS));
    assertThat(unloads).isNotEmpty().isEqualTo(audited(UNLOADS));
    assertThat(audited(NAMES)).isNotEmpty().containsOnly("name dummy");
  }

  @Test
  void execWithoutForkCountsOneMore() {
    Fact.Executed sleep = execOf("sleep");
    Fact.Executed shell =
        all(Fact.Executed.class).stream()
            .filter(exec -> exec.actor().task().equals(sleep.actor().task()))
            .findFirst()
            .orElseThrow();

    assertThat(sleep.actor().execCount()).isEqualTo(shell.actor().execCount() + 1);
    assertThat(sleep.image().executable()).hasToString("/bin/busybox");
  }

  @Test
  void oddProcessesEndAsTheyDo() {
    assertThat(exitOf("thread-exec").code()).isEqualTo(OptionalInt.of(0));
    assertThat(exitOf("leader-first").code()).isEqualTo(OptionalInt.of(5));
    assertThat(all(Fact.Exited.class)).anyMatch(exit -> exit.signal().equals(OptionalInt.of(9)));
  }

  /// The pid of the process that died in one of the ways of `deaths`.
  private int deadOf(String way) {
    return console.stream()
        .filter(line -> line.startsWith("death " + way + " "))
        .map(line -> Integer.parseInt(line.split(" ", -1)[2]))
        .findFirst()
        .orElseThrow();
  }

  private Fact.Exited endOf(String way) {
    int pid = deadOf(way);
    return all(Fact.Exited.class).stream()
        .filter(exit -> exit.actor().task().pid() == pid)
        .findFirst()
        .orElseThrow();
  }

  private List<Fact.Signalled> signalsOf(String way) {
    int pid = deadOf(way);
    return all(Fact.Signalled.class).stream().filter(sent -> sent.target().pid() == pid).toList();
  }

  @Test
  void signalsThatKillHaveTheirSenderAndOrigin() {
    assertThat(signalsOf("by-parent")).hasSize(1);
    assertThat(signalsOf("by-parent").getFirst().actor().comm()).hasToString("deaths");
    assertThat(signalsOf("by-parent").getFirst().origin()).isEqualTo(SignalOrigin.TASK);
    assertThat(signalsOf("fault").getFirst().origin()).isEqualTo(SignalOrigin.FAULT);
    assertThat(signalsOf("fault-sent").getFirst().origin()).isEqualTo(SignalOrigin.TASK);
    assertThat(signalsOf("alarm").getFirst().origin()).isEqualTo(SignalOrigin.TIMER);
    assertThat(signalsOf("forged").getFirst().origin()).isEqualTo(SignalOrigin.TASK);
    assertThat(signalsOf("harmless")).isEmpty();
  }

  @Test
  void memoryThatRunsOutIsToldFromAKill() {
    assertThat(endOf("out-of-memory").oomKilled()).isTrue();
    assertThat(endOf("by-parent").oomKilled()).isFalse();
  }

  @Test
  void snapshotHasTheInit() {
    assertThat(all(Fact.TaskSeen.class)).anyMatch(seen -> seen.actor().task().pid() == 1);
    assertThat(all(Fact.SnapshotFinished.class).getFirst().tasks())
        .isEqualTo(all(Fact.TaskSeen.class).size());
  }
}
