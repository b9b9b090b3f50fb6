package io.tasktrail.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// ECS: which fields there are and of which types, by the official list, and the words that
/// [EcsCategories] allows.
///
/// ECS leaves room for fields of one's own: the field set `tasktrail`, and `process.Ext`, whose
/// capital says that it is custom. What is within them is not looked at.
final class EcsSchema implements Schema {

  private static final List<String> PLACES =
      List.of("generated/csv/fields.csv", "csv/fields.csv", "fields.csv");
  private static final List<String> OWN = List.of("tasktrail", "process.Ext");
  private static final List<String> REQUIRED = List.of("@timestamp", "ecs.version");

  /// @param isArray whether the field holds an array, by its normalization
  private record Field(String type, boolean isArray) {}

  private final Map<String, Field> fields;
  private final String version;

  private EcsSchema(Map<String, Field> fields, String version) {
    this.fields = fields;
    this.version = version;
  }

  static EcsSchema read(Path definitions) throws IOException {
    Path list =
        PLACES.stream()
            .map(definitions::resolve)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    new FileNotFoundException(
                        definitions + ": no generated/csv/fields.csv, as a release of ECS has"));
    Map<String, Field> fields = new HashMap<>();
    String version = "";
    CsvSchema header = CsvSchema.emptySchema().withHeader();
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper().readerForMapOf(String.class).with(header).readValues(list.toFile())) {
      while (rows.hasNext()) {
        Map<String, String> row = rows.next();
        version = row.getOrDefault("ECS_Version", version);
        fields.putIfAbsent(
            row.get("Field"), new Field(row.get("Type"), "array".equals(row.get("Normalization"))));
      }
    }
    return new EcsSchema(fields, version);
  }

  @Override
  public List<Violation> violations(JsonNode document) {
    Findings findings = new Findings();
    check("", document, findings);
    for (String name : REQUIRED) {
      if (document.at("/" + name.replace('.', '/')).isMissingNode()) {
        findings.add(name, "required", "each document has it");
      }
    }
    JsonNode said = document.at("/ecs/version");
    if (said.isTextual() && !said.textValue().equals(version)) {
      findings.add("ecs.version", "value", "the definitions are of " + version);
    }
    EcsCategories.check(document.path("event"), findings);
    return findings.all();
  }

  private void check(String path, JsonNode node, Findings findings) {
    if (OWN.contains(path)) {
      return;
    }
    Field field = fields.get(path);
    if (node instanceof ObjectNode object && (field == null || holdsFields(path, field))) {
      members(path, object, findings);
    } else if (field == null) {
      findings.add(path, "unknown", "no field of ECS " + version + ": own ones are in tasktrail.*");
    } else {
      value(path, node, field, findings);
    }
  }

  private boolean holdsFields(String path, Field field) {
    return field.type().equals("object")
        && fields.keySet().stream().anyMatch(name -> name.startsWith(path + '.'));
  }

  private void members(String path, ObjectNode object, Findings findings) {
    boolean isKnown =
        path.isEmpty()
            || fields.containsKey(path)
            || fields.keySet().stream().anyMatch(name -> name.startsWith(path + '.'));
    if (!isKnown) {
      findings.add(path, "unknown", "no field set of ECS " + version);
      return;
    }
    object
        .properties()
        .forEach(it -> check(Findings.member(path, it.getKey()), it.getValue(), findings));
  }

  private static void value(String path, JsonNode node, Field field, Findings findings) {
    if (node.isArray() != field.isArray()) {
      findings.add(path, "array", field.isArray() ? "an array is expected" : "one value, no array");
    }
    Stream<JsonNode> values = node.isArray() ? node.valueStream() : Stream.of(node);
    values
        .filter(value -> !EcsType.holds(field.type(), value))
        .forEach(value -> findings.add(path, "type", "not of type " + field.type()));
  }
}
