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
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every version of a schema that was ever released stands in `versions/N/NAME.avsc`, with samples
/// that it wrote in `NAME.hex`, one a line. Changing the contract means adding a version.
class SchemaVersionsTest {

  private static final Path VERSIONS = Path.of("src/test/resources/versions");

  static List<Mapping<?, ?>> subjects() {
    return List.of(new TaskEventMapping(), new AuditEventMapping(), new TaskHistoryMapping());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void theLatestVersionIsTheContract(Mapping<?, ?> subject) throws IOException {
    assertThat(schemas(subject).getLast())
        .as("the contract changed: add %s/N+1/%s.avsc with this schema", VERSIONS, name(subject))
        .isEqualTo(subject.schema());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void everyVersionReadsEveryOther(Mapping<?, ?> subject)
      throws IOException, SchemaValidationException {
    new SchemaValidatorBuilder()
        .mutualReadStrategy()
        .validateAll()
        .validate(subject.schema(), schemas(subject).reversed());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void samplesOfEveryVersionDecode(Mapping<?, ?> subject) throws IOException {
    for (Path version : versions()) {
      for (String hex : Files.readAllLines(version.resolve(name(subject) + ".hex"))) {
        assertThat(decode(subject, schema(version, subject), hex)).isNotNull();
      }
    }
  }

  @Test
  void samplesOfTheFirstVersionSayWhatTheySaid() throws IOException {
    Path first = VERSIONS.resolve("1");
    List<TaskEvent> said = new ArrayList<>();
    for (String hex : Files.readAllLines(first.resolve("TaskEvent.hex"))) {
      said.add(decode(new TaskEventMapping(), schema(first, new TaskEventMapping()), hex));
    }
    assertThat(said).isEqualTo(Samples.facts().stream().map(Samples::event).toList());
  }

  @Test
  void aKindThatIsNotKnownYetIsUnrecognized() throws IOException {
    Path first = VERSIONS.resolve("1");
    Schema tomorrow =
        new Schema.Parser()
            .parse(
                schema(first, new TaskEventMapping())
                    .toString()
                    .replaceFirst(
                        "\\]\\}$",
                        ",{\"name\":\"teleported\",\"type\":[\"null\",{\"type\":\"record\","
                            + "\"name\":\"Teleported\",\"fields\":[]}],\"default\":null}]}"));
    String quiet =
        HexFormat.of()
            .formatHex(BinaryCodec.taskEvents().encode(Samples.event(new Fact.Unrecognized())));
    String secondBranchOfTheLastUnion = "02";
    assertThat(decode(new TaskEventMapping(), tomorrow, quiet + secondBranchOfTheLastUnion))
        .isEqualTo(Samples.event(new Fact.Unrecognized()));
  }

  private static <D, A extends SpecificRecord> D decode(
      Mapping<D, A> mapping, Schema writer, String hex) throws IOException {
    var decoder = DecoderFactory.get().binaryDecoder(HexFormat.of().parseHex(hex), null);
    return mapping.fromAvro(
        new SpecificDatumReader<A>(writer, mapping.schema()).read(null, decoder));
  }

  private static List<Schema> schemas(Mapping<?, ?> subject) throws IOException {
    List<Schema> schemas = new ArrayList<>();
    for (Path version : versions()) {
      schemas.add(schema(version, subject));
    }
    return schemas;
  }

  private static Schema schema(Path version, Mapping<?, ?> subject) throws IOException {
    return new Schema.Parser().parse(Files.readString(version.resolve(name(subject) + ".avsc")));
  }

  private static String name(Mapping<?, ?> subject) {
    return subject.schema().getName();
  }

  private static List<Path> versions() throws IOException {
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .sorted(Comparator.comparing(path -> Integer.valueOf(path.getFileName().toString())))
          .toList();
    }
  }
}
