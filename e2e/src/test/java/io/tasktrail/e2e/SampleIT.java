package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sample, recorded in a guest (`samples/story` is what happens there), on its way through
/// broker, topology and sink.
class SampleIT {

  private static final Path SAMPLE = Launcher.HOME.resolve("samples/guest.avro");
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir private static Path folder;
  private static AuditLog audit;

  @BeforeAll
  static void replay() throws Exception {
    var demo =
        Launcher.run(
            LONG,
            Launcher.command(
                "demo", "--input", SAMPLE.toString(), "--out", folder.toString(), "--for", "1s"));
    assertThat(demo.status()).as(demo.err()).isZero();
    audit = AuditLog.read(folder.resolve("audit-events.ecs.jsonl"));
  }

  @Test
  void aModuleIsLoadedAndRemovedByWhoeverDidIt() {
    JsonNode load = audit.action("module_load").lines().getFirst();

    assertThat(load.at("/tasktrail/module/name").asText()).isEqualTo("dummy");
    assertThat(load.at("/tasktrail/module/parameters").asText()).contains("numdummies=2");
    assertThat(load.at("/tasktrail/key").asText()).isEqualTo("mod-load");
    assertThat(load.at("/file/path").asText()).isEqualTo("/dummy.ko");
    assertThat(AuditLog.lastComms(load, 2)).containsExactly("sh", "insmod");
    JsonNode unload = audit.action("module_unload").only();
    assertThat(unload.at("/tasktrail/key").asText()).isEqualTo("mod-unload");
    assertThat(unload.at("/tasktrail/module/loaded_by/pid")).isEqualTo(load.at("/process/pid"));
  }

  @Test
  void aRefusedModuleIsNamedByItsFile() {
    JsonNode refused = audit.action("module_load_failed").lines().getFirst();

    assertThat(refused.at("/tasktrail/module/name").asText()).isEqualTo("rootkit");
    assertThat(refused.at("/error/code").asText()).isEqualTo("ENOEXEC");
    assertThat(AuditLog.lastComms(refused, 2)).containsExactly("sh", "insmod");
  }

  @Test
  void whoCausedTheKernelToLoadAModuleAskedForItJustBefore() {
    JsonNode request = audit.action("module_request").only();
    JsonNode load = audit.action("module_load").lines().getLast();

    assertThat(request.at("/tasktrail/module/requested").asText()).isEqualTo("rtnl-link-dummy");
    assertThat(request.at("/tasktrail/history").asText()).contains("comm=env;");
    assertThat(AuditLog.lastComms(load, 1)).containsExactly("modprobe");
    assertThat(load.at("/process/command_line").asText())
        .isEqualTo("/sbin/modprobe -q -- rtnl-link-dummy");
  }

  @Test
  void aDeathHasItsKillerWithItsHistory() {
    JsonNode death =
        audit
            .action("exit")
            .where(line -> line.at("/tasktrail/exit/signal").asInt() == 9)
            .where(line -> AuditLog.lastComms(line, 1).contains("sleep"))
            .only();

    assertThat(death.at("/tasktrail/exit/signal_origin").asText()).isEqualTo("task");
    assertThat(death.at("/process/command_line").asText()).isEqualTo("sleep 60");
    assertThat(death.at("/tasktrail/exit/killer/command_line").asText())
        .isEqualTo("kill -9 " + death.at("/process/pid").asText());
    assertThat(death.at("/tasktrail/exit/killer/history").asText()).contains("comm=env;");
    assertThat(death.at("/tasktrail/exit/killer/completeness").asText()).isEqualTo("WHOLE");
  }

  @Test
  void aChildWasStartedAsItsParentWas() {
    List<JsonNode> forks =
        audit.action("fork").where(line -> line.at("/process/parent").has("args")).lines();

    assertThat(forks)
        .isNotEmpty()
        .allSatisfy(
            fork ->
                assertThat(fork.at("/process/command_line"))
                    .isEqualTo(fork.at("/process/parent/command_line")));
  }

  @Test
  void noSecretOfACommandLineLeftTheHost() throws Exception {
    assertThat(Files.readString(folder.resolve("audit-events.ecs.jsonl")))
        .doesNotContain("hunter2");
    assertThat(audit.where(line -> line.at("/tasktrail/argv_masked").asBoolean()).count())
        .isGreaterThanOrEqualTo(4);
  }
}
