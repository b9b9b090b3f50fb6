package io.tasktrail.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FormTest {

  private static final long SEED = 20_261_120;
  private static final int RECORDS = 2000;

  @Test
  void everyKindHasItsFieldAndItsSample() {
    List<String> fields =
        Contract.TASK_EVENT.getFields().stream()
            .dropWhile(field -> !field.name().equals("actor"))
            .skip(1)
            .map(Schema.Field::name)
            .toList();
    List<String> kinds =
        kinds(Fact.class)
            .filter(kind -> kind != Fact.Unrecognized.class)
            .map(FormTest::fieldName)
            .toList();
    assertThat(fields).containsExactlyInAnyOrderElementsOf(kinds);
    assertThat(Samples.facts())
        .extracting(fact -> fieldName(fact.getClass()))
        .hasSameElementsAs(kinds);
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Subject#all")
  <D> void aSampleComesBackAsItWas(Subject<D> subject) {
    BinaryCodec<D> codec = subject.codecs().get();
    for (D sample : subject.samples()) {
      assertThat(codec.decode(codec.encode(sample))).isEqualTo(sample);
    }
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Subject#all")
  <D> void aSampleIsWrittenAsAvroWritesIt(Subject<D> subject) {
    for (D sample : subject.samples()) {
      assertWrittenAsByAvro(subject, sample);
    }
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Subject#all")
  <D> void anyRecordIsWrittenAsAvroWritesItAndComesBackAsItWas(Subject<D> subject) {
    RandomRecords random = new RandomRecords(SEED);
    BinaryCodec<D> codec = subject.codecs().get();
    for (int i = 0; i < RECORDS; i++) {
      D record = subject.random().apply(random);
      assertWrittenAsByAvro(subject, record);
      assertThat(codec.decode(codec.encode(record))).as("seed %d, %d", SEED, i).isEqualTo(record);
    }
  }

  private static <D> void assertWrittenAsByAvro(Subject<D> subject, D record) {
    GenericRecord avros = GenericView.of(subject.schema(), record);
    byte[] payload = subject.codecs().get().encode(record);
    assertThat(payload).as("%s", record).isEqualTo(Resolution.bytes(subject.schema(), avros));
    assertThat(
            new Resolution(subject.schema(), subject.schema())
                .read(new Foreign(subject.schema(), payload, 0, payload.length)))
        .isEqualTo(avros);
  }

  @Test
  void anEventOfOurOwnSchemaWithoutAnyKindIsUnrecognizedWithItsBytes() {
    BinaryCodec<TaskEvent> codec = BinaryCodec.taskEvents();
    byte[] bytes = codec.encode(Samples.event(new Fact.Unrecognized(7, ByteText.EMPTY)));
    assertThat(codec.decode(bytes).fact())
        .isEqualTo(
            new Fact.Unrecognized(Contract.fingerprint(Contract.TASK_EVENT), ByteText.of(bytes)));
  }

  @Test
  void aPayloadMayStandAmongOtherBytes() {
    BinaryCodec<TaskHistory> codec = BinaryCodec.taskHistories();
    TaskHistory task = Samples.taskHistories().getLast();
    byte[] row = codec.encode(new byte[] {7, 8}, task);
    assertThat(row).startsWith(7, 8).endsWith(codec.encode(task));
    byte[] within = Arrays.copyOf(row, row.length + 3);
    assertThat(codec.decode(within, 2, row.length - 2)).isEqualTo(task);
  }

  @Test
  void anArrayMayComeInSeveralBlocksWithTheirSizes() {
    AvroOutput out = new AvroOutput();
    out.number(-2);
    out.number(4);
    List.of("a", "b").forEach(out::text);
    out.number(1);
    out.text("c");
    out.number(0);
    AvroInput in = new AvroInput();
    in.open(out.toBytes(), 0, out.toBytes().length);
    assertThat(in.list(AvroInput::string)).containsExactly("a", "b", "c");
    in.close();
  }

  @Test
  void aRecordThatMadeTheBufferGrowLeavesNoTrace() {
    BinaryCodec<TaskEvent> codec = BinaryCodec.taskEvents();
    byte[] huge = new byte[2 * AvroOutput.KEPT_BYTES_MAX];
    TaskEvent large = Samples.event(new Fact.ModuleSeen(ByteText.of(huge), 1));
    TaskEvent small = Samples.events().getFirst();
    byte[] before = codec.encode(small);
    assertThat(codec.decode(codec.encode(large))).isEqualTo(large);
    assertThat(codec.encode(small)).isEqualTo(before);
  }

  @Test
  void twoKindsInOneEventAreMalformed() {
    BinaryCodec<TaskEvent> codec = BinaryCodec.taskEvents();
    byte[] one = codec.encode(Samples.event(new Fact.SnapshotStarted()));
    int nextKind = one.length - 12;
    byte[] two = Arrays.copyOf(one, one.length + 1);
    two[nextKind] = 2;
    assertThatThrownBy(() -> codec.decode(two))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("two kinds");
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(FormTest::kinds)
        : Stream.of(type);
  }

  private static String fieldName(Class<?> kind) {
    return GenericView.snake(kind.getSimpleName());
  }
}
