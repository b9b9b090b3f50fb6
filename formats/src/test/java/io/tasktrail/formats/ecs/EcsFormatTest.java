package io.tasktrail.formats.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.History;
import io.tasktrail.event.Notice;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.formats.Formats;
import io.tasktrail.formats.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EcsFormatTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  @Test
  void anExecSaysWhatRanWithWhatAndWhere() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.newLineage());

    assertThat(document)
        .isEqualTo(JSON.readTree(EcsFormatTest.class.getResourceAsStream("exec.ecs.json")));
  }

  @Test
  void aMaskedExecNamesTheRules() throws IOException {
    AuditEvent exec = Samples.PLAIN.newLineage();
    Fact.Executed fact = (Fact.Executed) exec.event().fact();
    Arguments masked =
        fact.arguments()
            .masked(List.of(ByteText.of("mysql"), ByteText.of("-p***")), List.of("mysql"));

    JsonNode document =
        ecs(
            new AuditEvent(
                new TaskEvent(exec.event().header(), fact.with(masked)),
                exec.revision(),
                exec.notice(),
                exec.task(),
                exec.other(),
                exec.module(),
                exec.firstSeenOnHost(),
                exec.signalOrigin()));

    assertThat(document.at("/tasktrail/argv_masked").booleanValue()).isTrue();
    assertThat(document.at("/tasktrail/argv_masked_by/0").textValue()).isEqualTo("mysql");
    assertThat(document.at("/process/command_line").textValue()).isEqualTo("mysql -p***");
    assertThat(document.at("/process/args_count").longValue()).isEqualTo(100_000);
  }

  /// Each with its NUL, as `printf 'sh\\0\\0sh\\0' | sha256sum` has it.
  @Test
  void argumentsHaveADigestOfWhatIsPublished() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.newLineage());

    assertThat(document.at("/tasktrail/argv_sha256").textValue())
        .isEqualTo("01949ff52e281a8f01ed31e5576c573c011e289fc0da724de51c72b60121e8e0");
  }

  @Test
  void aForkIsOfTheChild() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.only(Fact.Forked.class));

    assertThat(document.at("/event/action").textValue()).isEqualTo("fork");
    assertThat(document.at("/process/pid").intValue()).isEqualTo(4243);
    assertThat(document.at("/process/start").textValue())
        .isEqualTo("2026-11-20T17:32:59.123456789Z");
    assertThat(document.at("/tasktrail/fork/creator/pid").intValue()).isEqualTo(4242);
    assertThat(document.at("/process/executable").textValue()).isEqualTo("sh");
  }

  @Test
  void anExitSaysItsCode() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.only(Fact.Exited.class));

    assertThat(document.at("/process/exit_code").intValue()).isEqualTo(255);
    assertThat(document.at("/process/end").textValue()).isEqualTo("2026-11-20T17:33:00.123456789Z");
    assertThat(document.at("/event/duration").longValue()).isEqualTo(2_000_000_000L);
    assertThat(document.at("/tasktrail/exit").has("signal")).isFalse();
  }

  @Test
  void aDeathSaysItsSignalAndNoCode() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.exit(OptionalInt.empty(), OptionalInt.of(11), true));

    assertThat(document.at("/process").has("exit_code")).isFalse();
    assertThat(document.at("/tasktrail/exit/signal").intValue()).isEqualTo(11);
    assertThat(document.at("/tasktrail/exit/core_dumped").booleanValue()).isTrue();
  }

  @Test
  void aLossIsAnErrorOfThePipeline() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.only(Fact.EventsLost.class));

    assertThat(document.at("/event/kind").textValue()).isEqualTo("pipeline_error");
    assertThat(document.at("/tasktrail/lost/count").intValue()).isEqualTo(10);
    assertThat(document.at("/tasktrail/lost/cpu").intValue()).isEqualTo(1);
    assertThat(document.at("/tasktrail/lost/first").intValue()).isEqualTo(10);
    assertThat(document.at("/tasktrail/lost/last").intValue()).isEqualTo(19);
    assertThat(document.at("/error/message").textValue())
        .isEqualTo("10 events of cpu 1 were lost, numbers 10 to 19: RING_FULL");
    assertThat(document.has("process")).isFalse();
  }

  @Test
  void aLossWithoutNumbersSaysHowManyAtMost() throws IOException {
    Fact missed = Fact.EventsLost.unnumbered(List.of(new Fact.LostOfKind("fork", 3)), 5, 6);

    JsonNode document = ecs(Samples.PLAIN.event(missed));

    assertThat(document.at("/tasktrail/lost/count").intValue()).isEqualTo(3);
    assertThat(document.at("/tasktrail/lost").has("first")).isFalse();
    assertThat(document.at("/error/message").textValue())
        .isEqualTo("up to 3 events were lost without numbers: RECURSION");
  }

  @Test
  void aModuleIsNamedWithItsLoader() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.only(Fact.ModuleLoaded.class));

    assertThat(document.at("/event/category/0").textValue()).isEqualTo("driver");
    assertThat(document.at("/tasktrail/module/name").textValue()).isEqualTo("sh");
    assertThat(document.at("/tasktrail/module/taints").intValue()).isEqualTo(4096);
    assertThat(document.at("/process/pid").intValue()).isEqualTo(4242);
  }

  @Test
  void anUnloadNamesWhoLoadedItAndWhen() throws IOException {
    JsonNode module = ecs(Samples.PLAIN.unload()).at("/tasktrail/module");

    assertThat(module.at("/loaded_at").textValue()).isEqualTo("2026-11-20T17:32:59.623456789Z");
    assertThat(module.at("/loaded_by/pid").intValue()).isEqualTo(77);
    assertThat(module.at("/loaded_by/history").textValue()).startsWith("comm=sh;start=");
    assertThat(module.at("/taints").intValue()).isEqualTo(4096);
  }

  @Test
  void anUnloadOfWhatASnapshotFoundNamesNoLoader() throws IOException {
    JsonNode module =
        ecs(Samples.PLAIN.unload(OptionalLong.empty(), Optional.empty())).at("/tasktrail/module");

    assertThat(module.properties()).map(Map.Entry::getKey).containsExactly("name", "taints");
  }

  @Test
  void aRefusalIsAFailureWithItsReason() throws IOException {
    JsonNode exec = ecs(Samples.PLAIN.only(Fact.ExecFailed.class));
    JsonNode load = ecs(Samples.PLAIN.only(Fact.ModuleLoadFailed.class));

    assertThat(exec.at("/event/outcome").textValue()).isEqualTo("failure");
    assertThat(exec.at("/event/type/0").textValue()).isNotEqualTo("start");
    assertThat(exec.at("/error/code").textValue()).isEqualTo("ENOENT");
    assertThat(exec.at("/tasktrail/exec/filename").textValue()).isEqualTo("sh");
    assertThat(exec.at("/tasktrail/exec/errno").intValue()).isEqualTo(2);
    assertThat(load.at("/event/outcome").textValue()).isEqualTo("failure");
    assertThat(load.at("/error/code").textValue()).isEqualTo("EKEYREJECTED");
    assertThat(load.at("/tasktrail/module/errno").intValue()).isEqualTo(129);
  }

  @Test
  void aDeathNamesItsKiller() throws IOException {
    JsonNode exit = ecs(Samples.PLAIN.killed()).at("/tasktrail/exit");

    assertThat(exit.at("/signal").intValue()).isEqualTo(9);
    assertThat(exit.at("/oom_killed").booleanValue()).isFalse();
    assertThat(exit.at("/signal_origin").textValue()).isEqualTo("task");
    JsonNode killer = exit.at("/killer");
    assertThat(killer.at("/pid").intValue()).isEqualTo(77);
    assertThat(killer.at("/entity_id").textValue())
        .isEqualTo(Samples.PLAIN.task(Samples.OTHER).id().uuid().toString());
    assertThat(killer.at("/comm").textValue()).isEqualTo("sh");
    assertThat(killer.at("/completeness").textValue()).isEqualTo("GAP");
    assertThat(killer.at("/history").textValue()).startsWith("comm=sh;start=");
    assertThat(killer.at("/parent/command_line").textValue()).isEqualTo("sh  -c");
  }

  @Test
  void aDeathForWantOfMemorySaysSo() throws IOException {
    JsonNode exit = ecs(Samples.PLAIN.killedForMemory()).at("/tasktrail/exit");

    assertThat(exit.at("/oom_killed").booleanValue()).isTrue();
    assertThat(exit.at("/signal_origin").textValue()).isEqualTo("out_of_memory");
    assertThat(exit.at("/killer/pid").intValue()).isEqualTo(77);
  }

  @Test
  void aSignalNamesItsTargetEvenIfNothingElseIsKnownOfIt() throws IOException {
    JsonNode known = ecs(Samples.PLAIN.signal());
    JsonNode unknown = ecs(Samples.PLAIN.only(Fact.Signalled.class));

    assertThat(known.at("/process/pid").intValue()).isEqualTo(4242);
    assertThat(known.at("/tasktrail/signal/number").intValue()).isEqualTo(15);
    assertThat(known.at("/tasktrail/signal/code").intValue()).isEqualTo(-6);
    assertThat(known.at("/tasktrail/signal/origin").textValue()).isEqualTo("task");
    assertThat(known.at("/tasktrail/signal/target/history").textValue()).startsWith("comm=");
    assertThat(unknown.at("/tasktrail/signal/target/pid").intValue()).isEqualTo(77);
    assertThat(unknown.at("/tasktrail/signal/target").has("history")).isFalse();
    assertThat(unknown.at("/tasktrail/signal/target/entity_id"))
        .isEqualTo(known.at("/tasktrail/signal/target/entity_id"));
  }

  @Test
  void anOrphanHasItsParentAndItsReaper() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.reparented());

    assertThat(document.at("/process/parent/pid").intValue()).isEqualTo(100);
    assertThat(document.at("/tasktrail/reaper/pid").intValue()).isEqualTo(1);
    assertThat(ecs(Samples.PLAIN.only(Fact.Exited.class)).at("/tasktrail").has("reaper")).isFalse();
  }

  @Test
  void whetherALineageIsNewIsSaidOnlyWhereItIsKnown() throws IOException {
    AuditEvent exec = Samples.PLAIN.only(Fact.Executed.class);

    assertThat(ecs(exec.seen(Optional.of(false))).at("/tasktrail/first_seen_on_host"))
        .isEqualTo(BooleanNode.FALSE);
    assertThat(ecs(exec).at("/tasktrail").has("first_seen_on_host")).isFalse();
  }

  @Test
  void whatIsNotUnderstoodIsKept() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.only(Fact.Unrecognized.class)).at("/tasktrail");

    assertThat(document.at("/unrecognized/schema").textValue()).isEqualTo("0123456789abcdef");
    assertThat(document.at("/unrecognized/original").binaryValue())
        .isEqualTo(new byte[] {'s', 'h'});
  }

  @ParameterizedTest
  @EnumSource(names = {"HISTORY_CORRECTED", "TASK_VANISHED"})
  void aNoticeSpeaksOfItsTaskAndOfNothingElse(Notice.Kind kind) throws IOException {
    AuditEvent notice = Samples.PLAIN.notice(kind);

    JsonNode document = ecs(notice);

    assertThat(document.at("/event/action").textValue())
        .isEqualTo(kind.name().toLowerCase(Locale.ROOT));
    assertThat(document.at("/event/id").textValue()).isEqualTo(notice.id().toString());
    assertThat(document.at("/process/pid").intValue()).isEqualTo(77);
    assertThat(document.at("/process").properties())
        .map(Map.Entry::getKey)
        .containsExactly(
            "entity_id", "pid", "start", "name", "parent", "executable", "args", "command_line");
    assertThat(document.at("/tasktrail").properties())
        .map(Map.Entry::getKey)
        .doesNotContain("exec", "argv_bytes", "login", "sequence");
    assertThat(document.has("user")).isFalse();
    assertThat(document.at("/event").has("sequence")).isFalse();
    assertThat(document.at("/host").has("pid_ns_ino")).isFalse();
    assertThat(document.at("/tasktrail/notice/event/id"))
        .isEqualTo(ecs(AuditEvent.of(notice.event())).at("/event/id"));
    assertThat(document.at("/tasktrail/notice/event/action").textValue()).isEqualTo("exec");
  }

  @ParameterizedTest
  @EnumSource(names = {"BOOT_ENDED", "HOST_ID_SHARED"})
  void aNoticeOfABootNamesIt(Notice.Kind kind) throws IOException {
    JsonNode document = ecs(Samples.PLAIN.notice(kind));

    assertThat(document.at("/tasktrail/notice/boot").textValue())
        .isEqualTo(Samples.OTHER_BOOT.toString());
    assertThat(document.at("/event/category/0").textValue()).isEqualTo("host");
    assertThat(document.has("process")).isFalse();
    assertThat(document.has("user")).isFalse();
  }

  @Test
  void aTaskOfWhichTheLastExecWasLostHasNoImage() throws IOException {
    AuditEvent notice = Samples.PLAIN.notice(Notice.Kind.TASK_VANISHED);
    AuditedTask task = notice.task().orElseThrow();
    History known = task.history();
    History behind = new History(known.links(), known.omitted(), 4, known.doubts());

    JsonNode document =
        ecs(AuditEvent.of(notice.event(), notice.notice().orElseThrow(), task.with(behind)));

    assertThat(document.at("/process").has("name")).isFalse();
    assertThat(document.at("/process").has("executable")).isFalse();
  }

  @Test
  void aKernelThreadIsNotCalledAsTheFirstTaskIs() throws IOException {
    AuditEvent notice = Samples.PLAIN.notice(Notice.Kind.TASK_VANISHED);
    AuditedTask task = notice.task().orElseThrow().with(History.ROOT);

    JsonNode document = ecs(AuditEvent.of(notice.event(), notice.notice().orElseThrow(), task));

    assertThat(document.at("/process").has("name")).isFalse();
  }

  @Test
  void aCorrectionKeepsTheIdAndSaysItsRevision() throws IOException {
    JsonNode first = ecs(Samples.PLAIN.only(Fact.Executed.class));
    JsonNode corrected = ecs(Samples.PLAIN.longHistory());

    assertThat(corrected.at("/event/id")).isEqualTo(first.at("/event/id"));
    assertThat(corrected.at("/tasktrail/revision").intValue()).isEqualTo(1);
    assertThat(corrected.at("/tasktrail/omitted_links").intValue()).isEqualTo(1);
    assertThat(corrected.at("/tasktrail/omitted_digest").textValue()).isEqualTo("010283");
  }

  @Test
  void bytesThatAreNotUtf8AreEscapedAndTheirFieldsNamed() throws IOException {
    ByteText name = ByteText.of(new byte[] {'a', (byte) 0xFF, 'b'});

    JsonNode document = ecs(new Samples(name).only(Fact.Executed.class));

    assertThat(document.at("/process/args/0").textValue()).isEqualTo("a\\xffb");
    assertThat(document.at("/tasktrail/non_utf8"))
        .map(JsonNode::textValue)
        .contains("process.args", "process.name", "tasktrail.chain.comm", "process.parent.name")
        .doesNotContain("tasktrail.history", "host.name");
  }

  @Test
  void textThatOnlyLooksEscapedIsNotNamed() throws IOException {
    JsonNode document = ecs(new Samples(ByteText.of("\\xff")).only(Fact.Executed.class));

    assertThat(document.at("/process/args/0").textValue()).isEqualTo("\\xff");
    assertThat(document.at("/tasktrail").has("non_utf8")).isFalse();
  }

  @Test
  void halfASurrogatePairBreaksNoDocument() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.event(new Fact.AgentStopping("a\ud800b")));

    assertThat(document.at("/event/reason").textValue()).isEqualTo("a?b");
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.formats.Hostile#names")
  void whateverANameIsItIsOneString(ByteText name) throws IOException {
    for (AuditEvent event : new Samples(name).all()) {
      JsonNode document = ecs(event);

      assertThat(document.at("/host/name").textValue()).isEqualTo(name.toString());
      if (event.task().isPresent()) {
        assertThat(document.at("/process/name").textValue()).isEqualTo(name.toString());
        JsonNode chain = document.at("/tasktrail/chain");
        assertThat(chain.get(chain.size() - 1).at("/comm").textValue()).isEqualTo(name.toString());
      }
    }
  }

  private static JsonNode ecs(AuditEvent event) throws IOException {
    return JSON.readTree(Formats.named("ecs").orElseThrow().format(event));
  }

  @Test
  void whatALoginStartedNamesItsLeader() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.loggedIn(new TaskKey(4242, 7_000_000_000L)));

    assertThat(document.at("/process/entry_leader/pid").intValue()).isEqualTo(300);
    assertThat(document.at("/process/entry_leader/name").textValue()).isEqualTo("bash");
    assertThat(document.at("/process/entry_leader/entry_meta/type").textValue()).isEqualTo("sshd");
    assertThat(document.at("/process/entry_leader/same_as_process").booleanValue()).isFalse();
    assertThat(document.at("/process/session_leader/pid").intValue()).isEqualTo(300);
    assertThat(document.at("/process").has("group_leader")).isFalse();
  }

  @Test
  void aLeaderLeadsItsGroupToo() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.loggedIn(new TaskKey(300, 3_000_000_000L)));

    for (String leader : List.of("entry_leader", "session_leader", "group_leader")) {
      assertThat(document.at("/process/" + leader + "/same_as_process").booleanValue()).isTrue();
    }
  }

  /// The parent is known by its task alone: its image is that of the history.
  @Test
  void theImageOfAParentIsAlwaysFilled() throws IOException {
    JsonNode parent =
        ecs(Samples.PLAIN.loggedIn(new TaskKey(4242, 7_000_000_000L))).at("/process/parent");

    assertThat(parent.path("executable").textValue()).isEqualTo("/usr/bin/bash");
    assertThat(parent.path("command_line").textValue()).isEqualTo("/usr/bin/bash");
    assertThat(parent.has("args")).isFalse();
  }

  @Test
  void theLeaderOfALineageWithAMissingLinkBeforeItIsNotGuessed() throws IOException {
    assertThat(ecs(Samples.PLAIN.newLineage()).at("/process").has("entry_leader")).isFalse();
  }

  @Test
  void ancestorsAreNamedByIdTheParentFirst() throws IOException {
    AuditEvent event = Samples.PLAIN.loggedIn(new TaskKey(4242, 7_000_000_000L));
    JsonNode document = JSON.readTree(Formats.named("ecs-ancestry").orElseThrow().format(event));

    assertThat(document.at("/process/Ext/ancestry")).hasSize(3);
    assertThat(document.at("/process/Ext/ancestry/0").textValue())
        .isEqualTo(document.at("/process/parent/entity_id").textValue());
    assertThat(document.at("/process/Ext/ancestry/1").textValue())
        .isEqualTo(document.at("/tasktrail/chain/2/entity_id").textValue());
    assertThat(ecs(event).at("/process").has("Ext")).isFalse();
  }
}
