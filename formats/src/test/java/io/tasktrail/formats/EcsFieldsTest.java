package io.tasktrail.formats;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.tasktrail.event.AuditEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every field outside of `tasktrail.*` is one of the official list, of the type that it says.
class EcsFieldsTest {

  private static final Path LIST = Path.of("shared/data/ecs-9.4.0/generated/csv/fields.csv");

  @Test
  void everyFieldIsOneOfEcs() throws IOException {
    Optional<Path> list = list();
    if (list.isEmpty()) {
      System.out.println("skipped: no " + LIST + " beside the checkout");
    }
    assumeTrue(list.isPresent(), "no " + LIST);
    Map<String, Map<String, String>> official = read(list.get());

    for (AuditEvent event : Samples.PLAIN.all()) {
      var document =
          (ObjectNode) new JsonMapper().readTree(Formats.named("ecs").orElseThrow().format(event));
      document.remove("tasktrail");
      check("", document, official);
    }
  }

  private static void check(String path, JsonNode node, Map<String, Map<String, String>> official) {
    if (node instanceof ObjectNode object) {
      String prefix = path.isEmpty() ? "" : path + '.';
      object
          .properties()
          .forEach(member -> check(prefix + member.getKey(), member.getValue(), official));
      return;
    }
    assertThat(official).containsKey(path);
    Map<String, String> field = official.get(path);
    assertThat(node.isArray()).as(path).isEqualTo(field.get("Normalization").equals("array"));
    for (JsonNode value : node.isArray() ? node : List.of(node)) {
      assertThat(isOf(field.get("Type"), value)).as(path + ": " + value).isTrue();
    }
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "keyword", "wildcard", "match_only_text" -> value.isTextual();
      case "long" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "date" -> Instant.parse(value.textValue()) != null;
      default -> false;
    };
  }

  private static Map<String, Map<String, String>> read(Path list) throws IOException {
    CsvSchema header = CsvSchema.emptySchema().withHeader();
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper().readerForMapOf(String.class).with(header).readValues(list.toFile())) {
      return rows.readAll().stream()
          .collect(toMap(row -> row.get("Field"), Function.identity(), (first, _) -> first));
    }
  }

  private static Optional<Path> list() {
    return Stream.iterate(
            Path.of("").toAbsolutePath(), directory -> directory != null, Path::getParent)
        .map(directory -> directory.resolve(LIST))
        .filter(Files::exists)
        .findFirst();
  }
}
