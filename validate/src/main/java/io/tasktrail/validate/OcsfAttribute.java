package io.tasktrail.validate;

import com.fasterxml.jackson.databind.JsonNode;

/// An attribute of a class or of an object, all that is said of it being merged.
///
/// @param definition `type`, `is_array`, `requirement`, `enum`, …
record OcsfAttribute(JsonNode definition) {

  String type() {
    return definition.path("type").asText();
  }

  boolean isArray() {
    return definition.path("is_array").asBoolean();
  }

  boolean isRequired() {
    return definition.path("requirement").asText().equals("required");
  }

  boolean isDeprecated() {
    return definition.has("@deprecated");
  }

  /// The profile by which it is there; empty where it is there anyway.
  String profile() {
    return definition.path("profile").asText("");
  }

  /// Whether a number is one of those that are named.
  boolean allows(JsonNode value) {
    JsonNode names = definition.path("enum");
    return names.isMissingNode() || names.has(value.asText());
  }
}
