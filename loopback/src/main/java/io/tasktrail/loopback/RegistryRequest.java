package io.tasktrail.loopback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/// A request, taken apart.
///
/// @param method of HTTP
/// @param path its segments, decoded
/// @param flags query parameters whose value is `true`
/// @param body as sent
record RegistryRequest(String method, List<String> path, Set<String> flags, String body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// The schema that the body holds.
  Schema schema() {
    JsonNode json = json();
    String type = json.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw RegistryError.invalidSchema("type " + type + " is not served here, AVRO alone is");
    }
    if (!json.path("references").isEmpty()) {
      throw RegistryError.invalidSchema(
          "references are not served here; send the schema with all its types in it");
    }
    return AvroText.parse(text(json, "schema"));
  }

  /// The compatibility level that the body holds.
  Compatibility compatibility() {
    return Compatibility.named(text(json(), "compatibility"));
  }

  private static String text(JsonNode json, String field) {
    if (!json.path(field).isTextual()) {
      throw RegistryError.badRequest("the body has no text field '" + field + "'");
    }
    return json.path(field).textValue();
  }

  private JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw RegistryError.badRequest("the body is not JSON: " + e.getOriginalMessage());
    }
  }
}
