package io.tasktrail.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// OCSF: a document is of the class that its `class_uid` names.
final class OcsfSchema implements Schema {

  private static final String BASE_EVENT = "base_event";

  /// @param category its uid
  private record EventClass(OcsfPart part, int category) {}

  private final String version;
  private final Map<Integer, EventClass> classes = new HashMap<>();
  private final Map<String, OcsfPart> objects = new HashMap<>();
  private final OcsfTypes types;

  private OcsfSchema(OcsfSources sources) throws IOException {
    this.version = sources.version();
    this.types = new OcsfTypes(sources);
    OcsfComposition composition = new OcsfComposition(sources);
    for (Map.Entry<String, ObjectNode> event : sources.events().entrySet()) {
      if (event.getValue().has("uid") || event.getKey().equals(BASE_EVENT)) {
        int category = category(sources, event.getValue());
        int uid = category * 1000 + event.getValue().path("uid").asInt();
        classes.put(uid, new EventClass(composition.event(event.getValue()), category));
      }
    }
    for (Map.Entry<String, ObjectNode> object : sources.objects().entrySet()) {
      objects.put(object.getKey(), composition.object(object.getValue()));
    }
  }

  static OcsfSchema read(Path definitions) throws IOException {
    return new OcsfSchema(OcsfSources.read(definitions));
  }

  private static int category(OcsfSources sources, ObjectNode event) {
    ObjectNode part = event;
    while (part != null && !part.has("category")) {
      part = sources.events().get(part.path("extends").asText());
    }
    return part == null ? 0 : sources.categories().getOrDefault(part.get("category").asText(), 0);
  }

  @Override
  public List<Violation> violations(JsonNode document) {
    Findings findings = new Findings();
    JsonNode uid = document.path("class_uid");
    EventClass eventClass = uid.isInt() ? classes.get(uid.intValue()) : null;
    if (eventClass == null) {
      findings.add(
          "class_uid", "enum", "the number of a class: " + new TreeSet<>(classes.keySet()));
      return findings.all();
    }
    head(document, eventClass, findings);
    Set<String> profiles = new HashSet<>();
    document.at("/metadata/profiles").forEach(name -> profiles.add(name.asText()));
    new OcsfCheck(objects, types, profiles, findings).part("", document, eventClass.part());
    return findings.all();
  }

  private void head(JsonNode document, EventClass eventClass, Findings findings) {
    long uid = document.path("class_uid").asLong();
    equal("category_uid", document, eventClass.category(), findings);
    equal("type_uid", document, uid * 100 + document.path("activity_id").asLong(), findings);
    if (!document.at("/metadata/version").asText().equals(version)) {
      findings.add("metadata.version", "value", "the definitions are of " + version);
    }
  }

  private static void equal(String name, JsonNode document, long expected, Findings findings) {
    if (document.has(name) && document.path(name).asLong() != expected) {
      findings.add(name, "value", expected + ", by its class and activity");
    }
  }
}
