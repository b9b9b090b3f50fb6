package io.tasktrail.validate;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/// The types of Elasticsearch that ECS uses, as JSON has them: strictly, where Elasticsearch would
/// convert.
final class EcsType {

  private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:.*");

  private EcsType() {}

  static boolean holds(String type, JsonNode value) {
    return switch (type) {
      case "keyword", "constant_keyword", "wildcard", "match_only_text" -> value.isTextual();
      case "long" -> value.isIntegralNumber() && value.canConvertToLong();
      case "integer" -> value.isIntegralNumber() && value.canConvertToInt();
      case "float", "double", "scaled_float" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "date" -> value.isTextual() && isDate(value.textValue());
      case "ip" -> value.isTextual() && ADDRESS.matcher(value.textValue()).matches();
      case "object", "nested", "flattened", "geo_point" -> value.isObject();
      default -> false;
    };
  }

  private static boolean isDate(String text) {
    try {
      return Instant.parse(text) != null;
    } catch (DateTimeParseException none) {
      return false;
    }
  }
}
