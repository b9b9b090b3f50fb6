package io.tasktrail.validate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The data types of the dictionary: text, numbers, and what is one of these with a bound.
final class OcsfTypes {

  private final JsonNode types;
  private final Map<String, Pattern> patterns = new HashMap<>();

  OcsfTypes(OcsfSources sources) {
    this.types = sources.dictionary().path("types").path("attributes");
  }

  boolean has(String type) {
    return types.has(type);
  }

  /// What is wrong with a value; empty where nothing is.
  Optional<String> wrong(String type, JsonNode value) {
    JsonNode definition = types.path(type);
    String base = definition.path("type").asText(type);
    if (!isOf(base, value)) {
      return Optional.of("not of type " + type);
    }
    if (definition.has("regex") && !matches(type, definition, value)) {
      return Optional.of("not as a value of type " + type + " is spelled");
    }
    if (definition.has("max_len") && value.asText().length() > definition.get("max_len").asInt()) {
      return Optional.of("longer than the " + definition.get("max_len") + " of type " + type);
    }
    if (definition.has("range")
        && (value.asLong() < definition.at("/range/0").asLong()
            || value.asLong() > definition.at("/range/1").asLong())) {
      return Optional.of("not within " + definition.get("range"));
    }
    return Optional.empty();
  }

  private static boolean isOf(String base, JsonNode value) {
    return switch (base) {
      case "string_t" -> value.isTextual();
      case "integer_t" -> value.isIntegralNumber() && value.canConvertToInt();
      case "long_t" -> value.isIntegralNumber() && value.canConvertToLong();
      case "float_t" -> value.isNumber();
      case "boolean_t" -> value.isBoolean();
      case "json_t" -> true;
      default -> false;
    };
  }

  private boolean matches(String type, JsonNode definition, JsonNode value) {
    return patterns
        .computeIfAbsent(type, _ -> Pattern.compile(definition.get("regex").asText()))
        .matcher(value.asText())
        .find();
  }
}
