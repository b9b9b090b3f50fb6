package io.tasktrail.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every version of a schema that was ever released stands in `versions/N/NAME.avsc`, with samples
/// that it wrote in `NAME.hex`, one a line. Changing the contract means adding a version:
/// [VersionOfToday] writes it.
class SchemaVersionsTest {

  static final Path VERSIONS = Path.of("src/test/resources/versions");

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Subject#all")
  void theLatestVersionIsTheContract(Subject<?> subject) throws IOException {
    assertThat(schema(versionsOf(subject).getLast(), subject))
        .as("the contract changed: add %s/N+1/%s.avsc with this schema", VERSIONS, subject)
        .isEqualTo(subject.schema());
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Subject#all")
  void everyVersionReadsEveryOther(Subject<?> subject)
      throws IOException, SchemaValidationException {
    List<Schema> schemas = new ArrayList<>();
    for (Path version : versionsOf(subject)) {
      schemas.addFirst(schema(version, subject));
    }
    new SchemaValidatorBuilder()
        .mutualReadStrategy()
        .validateAll()
        .validate(subject.schema(), schemas);
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Subject#all")
  void samplesOfEveryVersionDecode(Subject<?> subject) throws IOException {
    for (Path version : versionsOf(subject)) {
      for (byte[] sample : samples(version, subject)) {
        assertThat(subject.decode(schema(version, subject), sample)).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Subject#all")
  <D> void samplesOfTodayDecodeInEveryVersion(Subject<D> subject) throws IOException {
    for (Path version : versionsOf(subject)) {
      Schema reader = schema(version, subject);
      for (D sample : subject.samples()) {
        byte[] payload = subject.codecs().get().encode(sample);
        Foreign written = new Foreign(subject.schema(), payload, 0, payload.length);
        assertThat(new Resolution(subject.schema(), reader).read(written))
            .isInstanceOfSatisfying(
                GenericRecord.class, record -> assertThat(record.getSchema()).isEqualTo(reader));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Subject#all")
  <D> void samplesOfTheLatestVersionSayWhatTheySaid(Subject<D> subject) throws IOException {
    Path latest = versionsOf(subject).getLast();
    List<D> said = new ArrayList<>();
    for (byte[] sample : samples(latest, subject)) {
      said.add(subject.decode(schema(latest, subject), sample));
    }
    assertThat(said).isEqualTo(subject.samples());
  }

  @Test
  void eventsOfTheFirstVersionSayWhatTheySaid() throws IOException {
    Subject<TaskEvent> subject = Subject.taskEvents();
    Path first = VERSIONS.resolve("1");
    List<Fact> said = new ArrayList<>();
    for (byte[] sample : samples(first, subject)) {
      said.add(subject.decode(schema(first, subject), sample).fact());
    }
    assertThat(said).isEqualTo(Samples.facts().subList(0, said.size())).hasSize(12);
  }

  private static List<byte[]> samples(Path version, Subject<?> subject) throws IOException {
    return Files.readAllLines(version.resolve(subject + ".hex")).stream()
        .map(HexFormat.of()::parseHex)
        .toList();
  }

  private static Schema schema(Path version, Subject<?> subject) throws IOException {
    return new Schema.Parser().parse(Files.readString(version.resolve(subject + ".avsc")));
  }

  private static List<Path> versionsOf(Subject<?> subject) throws IOException {
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .filter(version -> Files.exists(version.resolve(subject + ".avsc")))
          .sorted(Comparator.comparing(path -> Integer.valueOf(path.getFileName().toString())))
          .toList();
    }
  }
}
