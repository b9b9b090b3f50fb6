package io.tasktrail.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import java.io.IOException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EcsFormatTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  @Test
  void anExecSaysWhatRanWithWhatAndWhere() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.only(Fact.Executed.class));

    assertThat(document)
        .isEqualTo(JSON.readTree(EcsFormatTest.class.getResourceAsStream("exec.ecs.json")));
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
  void aModuleIsNamedWithItsLoader() throws IOException {
    JsonNode document = ecs(Samples.PLAIN.only(Fact.ModuleLoaded.class));

    assertThat(document.at("/event/category/0").textValue()).isEqualTo("driver");
    assertThat(document.at("/tasktrail/module/name").textValue()).isEqualTo("sh");
    assertThat(document.at("/tasktrail/module/taints").intValue()).isEqualTo(4096);
    assertThat(document.at("/process/pid").intValue()).isEqualTo(4242);
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
      if (event.event().fact() instanceof Fact.OfTask) {
        assertThat(document.at("/process/name").textValue()).isEqualTo(name.toString());
        assertThat(document.at("/tasktrail/chain/2/comm").textValue()).isEqualTo(name.toString());
      }
    }
  }

  private static JsonNode ecs(AuditEvent event) throws IOException {
    return JSON.readTree(Formats.named("ecs").orElseThrow().format(event));
  }
}
