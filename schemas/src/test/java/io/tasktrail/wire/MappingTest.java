package io.tasktrail.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MappingTest {

  @Test
  void everyKindHasItsFieldAndItsSample() {
    List<String> fields =
        io.tasktrail.avro.TaskEvent.getClassSchema().getFields().stream()
            .dropWhile(field -> !field.name().equals("actor"))
            .skip(1)
            .map(Schema.Field::name)
            .toList();
    List<String> kinds =
        kinds(Fact.class)
            .filter(kind -> kind != Fact.Unrecognized.class)
            .map(MappingTest::fieldName)
            .toList();
    assertThat(fields).containsExactlyInAnyOrderElementsOf(kinds);
    assertThat(Samples.facts())
        .extracting(fact -> fieldName(fact.getClass()))
        .containsExactlyInAnyOrderElementsOf(kinds);
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Samples#facts")
  void anEventComesBackAsItWas(Fact fact) {
    BinaryCodec<TaskEvent> codec = BinaryCodec.taskEvents();
    assertThat(codec.decode(codec.encode(Samples.event(fact)))).isEqualTo(Samples.event(fact));
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Samples#facts")
  void anAuditEventComesBackAsItWas(Fact fact) {
    BinaryCodec<AuditEvent> codec = BinaryCodec.auditEvents();
    assertThat(codec.decode(codec.encode(Samples.auditEvent(fact))))
        .isEqualTo(Samples.auditEvent(fact));
  }

  @Test
  void aTaskComesBackAsItWas() {
    BinaryCodec<TaskHistory> codec = BinaryCodec.taskHistories();
    assertThat(codec.decode(codec.encode(Samples.taskHistory()))).isEqualTo(Samples.taskHistory());
  }

  @Test
  void anEventWithoutAnyKindIsUnrecognized() {
    BinaryCodec<TaskEvent> codec = BinaryCodec.taskEvents();
    assertThat(codec.decode(codec.encode(Samples.event(new Fact.Unrecognized()))).fact())
        .isEqualTo(new Fact.Unrecognized());
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(MappingTest::kinds)
        : Stream.of(type);
  }

  private static String fieldName(Class<?> kind) {
    return kind.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
