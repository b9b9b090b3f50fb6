package io.tasktrail.validate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/// The words by which ECS sorts events. The official list of fields does not have them: they stand
/// in the reference,
/// <https://www.elastic.co/docs/reference/ecs/ecs-category-field-values-reference>.
final class EcsCategories {

  private static final Set<String> KINDS =
      Set.of(
          "alert", "asset", "enrichment", "event", "metric", "pipeline_error", "signal", "state");

  private static final Set<String> OUTCOMES = Set.of("failure", "success", "unknown");

  private static final Set<String> TYPES =
      Set.of(
          "access",
          "admin",
          "allowed",
          "change",
          "connection",
          "creation",
          "deletion",
          "denied",
          "device",
          "end",
          "error",
          "group",
          "indicator",
          "info",
          "installation",
          "protocol",
          "start",
          "user");

  /// Of the categories that speak of hosts, the types that are expected with them.
  private static final Map<String, Set<String>> EXPECTED =
      Map.of(
          "authentication", Set.of("start", "end", "info"),
          "configuration", Set.of("access", "change", "creation", "deletion", "info"),
          "driver", Set.of("change", "end", "info", "start"),
          "file", Set.of("access", "change", "creation", "deletion", "info"),
          "host", Set.of("access", "change", "end", "info", "start"),
          "iam", Set.of("admin", "change", "creation", "deletion", "group", "info", "user"),
          "library", Set.of("start"),
          "package", Set.of("access", "change", "deletion", "info", "installation", "start"),
          "process", Set.of("access", "change", "end", "info", "start"),
          "session", Set.of("start", "end", "info"));

  /// The others, which come with types that are not looked at here.
  private static final Set<String> MORE =
      Set.of(
          "api",
          "database",
          "email",
          "intrusion_detection",
          "malware",
          "network",
          "registry",
          "threat",
          "vulnerability",
          "web");

  private EcsCategories() {}

  static void check(JsonNode event, Findings findings) {
    word("event.kind", event.path("kind"), KINDS, findings);
    word("event.outcome", event.path("outcome"), OUTCOMES, findings);
    event.path("type").forEach(type -> word("event.type", type, TYPES, findings));
    for (JsonNode category : event.path("category")) {
      Set<String> types = EXPECTED.get(category.asText());
      if (types != null) {
        event.path("type").forEach(type -> expected(category, type, types, findings));
      } else {
        word("event.category", category, MORE, findings);
      }
    }
  }

  private static void word(String path, JsonNode value, Set<String> allowed, Findings findings) {
    if (!value.isMissingNode() && !allowed.contains(value.asText())) {
      findings.add(path, "enum", "one of " + String.join(", ", allowed.stream().sorted().toList()));
    }
  }

  private static void expected(
      JsonNode category, JsonNode type, Set<String> types, Findings findings) {
    if (!types.contains(type.asText())) {
      String words = String.join(", ", types.stream().sorted().toList());
      findings.add("event.type", "enum", "with category " + category.asText() + " one of " + words);
    }
  }
}
