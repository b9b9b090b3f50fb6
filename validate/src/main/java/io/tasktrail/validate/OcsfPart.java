package io.tasktrail.validate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// A class or an object, with all that it extends and includes.
///
/// @param constraints `at_least_one`, `just_one`
record OcsfPart(Map<String, OcsfAttribute> attributes, JsonNode constraints) {}
