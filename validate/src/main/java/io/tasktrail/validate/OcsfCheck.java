package io.tasktrail.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// One document against the parts that it consists of.
///
/// @param profiles that the document says it uses
record OcsfCheck(
    Map<String, OcsfPart> objects, OcsfTypes types, Set<String> profiles, Findings findings) {

  /// What OCSF lets hold anything.
  private static final String ANY = "object";

  /// They depend on the class, and are looked at there.
  private static final Set<String> OF_CLASS = Set.of("class_uid", "category_uid");

  void part(String path, JsonNode node, OcsfPart part) {
    node.properties().forEach(it -> member(path, it.getKey(), it.getValue(), part));
    part.attributes()
        .forEach(
            (name, attribute) -> {
              if (attribute.isRequired() && isThere(attribute) && !node.has(name)) {
                findings.add(Findings.member(path, name), "required", "must be there");
              }
            });
    constraint(path, node, part, "at_least_one", 1, Integer.MAX_VALUE);
    constraint(path, node, part, "just_one", 1, 1);
  }

  private void member(String outer, String name, JsonNode value, OcsfPart part) {
    String path = Findings.member(outer, name);
    OcsfAttribute attribute = part.attributes().get(name);
    if (attribute == null) {
      findings.add(path, "unknown", "no attribute of OCSF there: own ones are in unmapped");
      return;
    }
    if (!isThere(attribute)) {
      findings.add(path, "profile", "needs " + attribute.profile() + " in metadata.profiles");
    }
    if (attribute.isDeprecated()) {
      findings.add(path, "deprecated", "no longer to be written");
    }
    if (!attribute.isArray()) {
      value(path, value, attribute);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        value(path + '[' + i + ']', value.get(i), attribute);
      }
    } else {
      findings.add(path, "array", "an array is expected");
    }
  }

  private boolean isThere(OcsfAttribute attribute) {
    return attribute.profile().isEmpty() || profiles.contains(attribute.profile());
  }

  private void value(String path, JsonNode value, OcsfAttribute attribute) {
    if (types.has(attribute.type())) {
      Optional<String> wrong = types.wrong(attribute.type(), value);
      wrong.ifPresent(what -> findings.add(path, "type", what));
      if (wrong.isEmpty() && !OF_CLASS.contains(path) && !attribute.allows(value)) {
        findings.add(path, "enum", "no value that has a name: " + value);
      }
    } else if (!(value instanceof ObjectNode)) {
      findings.add(path, "type", "an object is expected: " + attribute.type());
    } else if (!attribute.type().equals(ANY)) {
      Optional.ofNullable(objects.get(attribute.type()))
          .ifPresentOrElse(
              part -> part(path, value, part),
              () -> findings.add(path, "type", "no definition of " + attribute.type()));
    }
  }

  private void constraint(
      String path, JsonNode node, OcsfPart part, String rule, int least, int most) {
    JsonNode names = part.constraints().path(rule);
    if (names.isEmpty()) {
      return;
    }
    long present =
        StreamSupport.stream(names.spliterator(), false)
            .filter(name -> node.has(name.asText()))
            .count();
    if (present < least || present > most) {
      String all =
          StreamSupport.stream(names.spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(", "));
      findings.add(path, rule, "of " + all);
    }
  }
}
