package io.tasktrail.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts a class or an object together: what it extends comes first, then what it includes, then
/// what it says itself; below all of it stands what the dictionary says of each attribute.
final class OcsfComposition {

  private static final String INCLUDE = "$include";
  private static final String PROFILE = "profile";

  /// A part extends another that far at most.
  private static final int DEPTH_MAX = 16;

  private final OcsfSources sources;

  OcsfComposition(OcsfSources sources) {
    this.sources = sources;
  }

  OcsfPart event(ObjectNode event) throws IOException {
    return part(event, sources.events());
  }

  OcsfPart object(ObjectNode object) throws IOException {
    return part(object, sources.objects());
  }

  private OcsfPart part(ObjectNode part, Map<String, ObjectNode> family) throws IOException {
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    JsonNode constraints = inherit(part, family, merged, 0);
    Map<String, OcsfAttribute> attributes = new LinkedHashMap<>();
    merged
        .properties()
        .forEach(it -> attributes.put(it.getKey(), attribute(it.getKey(), it.getValue())));
    return new OcsfPart(attributes, constraints);
  }

  private JsonNode inherit(
      ObjectNode part, Map<String, ObjectNode> family, ObjectNode merged, int depth)
      throws IOException {
    ObjectNode parent = family.get(part.path("extends").asText());
    JsonNode constraints = MissingNode.getInstance();
    if (parent != null && depth < DEPTH_MAX) {
      constraints = inherit(parent, family, merged, depth + 1);
    }
    add(sources.root(), "", part, merged);
    for (OcsfSources.Patch patch :
        sources.patches().getOrDefault(part.path("name").asText(), List.of())) {
      add(patch.extension(), patch.extension().getFileName() + "/", patch.part(), merged);
    }
    return part.has("constraints") ? part.get("constraints") : constraints;
  }

  private void add(Path extension, String prefix, ObjectNode part, ObjectNode merged)
      throws IOException {
    JsonNode own = part.path("attributes");
    for (JsonNode include : own.path(INCLUDE)) {
      ObjectNode profile = sources.profile(extension, include.asText());
      String name = prefix + profile.path("name").asText();
      profile
          .path("attributes")
          .properties()
          .forEach(
              it -> {
                ObjectNode attribute = it.getValue().deepCopy();
                merge(merged, it.getKey(), attribute.put(PROFILE, name));
              });
    }
    own.properties().stream()
        .filter(it -> !it.getKey().equals(INCLUDE))
        .forEach(it -> merge(merged, it.getKey(), it.getValue()));
  }

  private static void merge(ObjectNode into, String name, JsonNode value) {
    if (into.get(name) instanceof ObjectNode known && value instanceof ObjectNode more) {
      ObjectNode both = known.deepCopy();
      more.properties().forEach(it -> merge(both, it.getKey(), it.getValue()));
      into.set(name, both);
    } else {
      into.set(name, value);
    }
  }

  private OcsfAttribute attribute(String name, JsonNode own) {
    JsonNode general = sources.dictionary().path("attributes").path(name);
    ObjectNode both = JsonNodeFactory.instance.objectNode();
    general.properties().forEach(it -> merge(both, it.getKey(), it.getValue()));
    own.properties().forEach(it -> merge(both, it.getKey(), it.getValue()));
    return new OcsfAttribute(both);
  }
}
