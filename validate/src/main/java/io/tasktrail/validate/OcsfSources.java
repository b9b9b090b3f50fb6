package io.tasktrail.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The sources of an OCSF release, as they are published: parts that extend and include each other.
///
/// @param root where they are
/// @param events by name
/// @param objects by name
/// @param patches what extensions add to objects of others, by the name of the object
record OcsfSources(
    Path root,
    String version,
    ObjectNode dictionary,
    Map<String, Integer> categories,
    Map<String, ObjectNode> events,
    Map<String, ObjectNode> objects,
    Map<String, List<Patch>> patches) {

  /// A part of an extension.
  ///
  /// @param extension directory of it, which its includes are relative to
  record Patch(Path extension, ObjectNode part) {}

  private static final JsonMapper JSON = new JsonMapper();

  static OcsfSources read(Path root) throws IOException {
    if (!Files.isRegularFile(root.resolve("dictionary.json"))) {
      throw new FileNotFoundException(
          root + ": no dictionary.json, as a release of ocsf-schema has");
    }
    OcsfSources sources =
        new OcsfSources(
            root,
            object(root.resolve("version.json")).path("version").asText(),
            object(root.resolve("dictionary.json")),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>());
    object(root.resolve("categories.json"))
        .path("attributes")
        .properties()
        .forEach(it -> sources.categories.put(it.getKey(), it.getValue().path("uid").asInt()));
    for (Path file : below(root.resolve("events"))) {
      ObjectNode event = object(file);
      sources.events.put(event.path("name").asText(), event);
    }
    for (Path file : below(root.resolve("objects"))) {
      ObjectNode object = object(file);
      sources.objects.put(object.path("name").asText(), object);
    }
    sources.extensions();
    return sources;
  }

  private void extensions() throws IOException {
    for (Path file : below(root.resolve("extensions"))) {
      if (file.getParent().endsWith("objects")) {
        ObjectNode part = object(file);
        Path extension = file.getParent().getParent();
        if (part.has("name")) {
          objects.put(part.path("name").asText(), part);
        } else {
          patches
              .computeIfAbsent(part.path("extends").asText(), _ -> new ArrayList<>())
              .add(new Patch(extension, part));
        }
      }
    }
  }

  /// A profile, which a part includes by the path of its file.
  ///
  /// @param extension of the part, or the root
  ObjectNode profile(Path extension, String include) throws IOException {
    Path own = extension.resolve(include);
    return object(Files.isRegularFile(own) ? own : root.resolve(include));
  }

  private static List<Path> below(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static ObjectNode object(Path file) throws IOException {
    JsonNode read = JSON.readTree(file.toFile());
    if (read instanceof ObjectNode object) {
      return object;
    }
    throw new IOException(file + ": no JSON object");
  }
}
