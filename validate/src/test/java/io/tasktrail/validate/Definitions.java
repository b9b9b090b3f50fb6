package io.tasktrail.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Small definitions, as a release spells its own.
final class Definitions {

  private Definitions() {}

  static Path ecs(Path directory) throws IOException {
    return write(
        directory,
        "generated/csv/fields.csv",
        """
        ECS_Version,Indexed,Field_Set,Field,Type,Level,Normalization,Example,Description
        9.9.9,true,base,@timestamp,date,core,,,"When, exactly"
        9.9.9,true,ecs,ecs.version,keyword,core,,,Which
        9.9.9,true,event,event.kind,keyword,core,,,Kind
        9.9.9,true,event,event.category,keyword,core,array,,Category
        9.9.9,true,event,event.type,keyword,core,array,,Type
        9.9.9,true,process,process.pid,long,core,,,Pid
        """);
  }

  static Path ocsf(Path directory) throws IOException {
    write(directory, "version.json", "{'version': '9.9.9'}");
    write(directory, "categories.json", "{'attributes': {'things': {'uid': 3}}}");
    write(
        directory,
        "dictionary.json",
        """
        {'attributes': {
          'class_uid': {'type': 'integer_t'},
          'category_uid': {'type': 'integer_t'},
          'type_uid': {'type': 'long_t'},
          'activity_id': {'type': 'integer_t', 'enum': {'0': {}, '99': {}}},
          'metadata': {'type': 'metadata'},
          'profiles': {'type': 'string_t', 'is_array': true},
          'version': {'type': 'string_t'},
          'thing': {'type': 'thing'},
          'name': {'type': 'string_t'},
          'uid': {'type': 'string_t'},
          'port': {'type': 'port_t'},
          'color': {'type': 'string_t'},
          'hidden': {'type': 'string_t'},
          'weight': {'type': 'integer_t'},
          'unmapped': {'type': 'object'}},
         'types': {'attributes': {
          'string_t': {}, 'integer_t': {}, 'long_t': {},
          'port_t': {'type': 'integer_t', 'range': [0, 65535]}}}}
        """);
    write(
        directory,
        "events/base_event.json",
        """
        {'name': 'base_event', 'attributes': {
          'class_uid': {'requirement': 'required', 'enum': {'0': {}}},
          'category_uid': {'requirement': 'required', 'enum': {'0': {}}},
          'type_uid': {'requirement': 'required'},
          'activity_id': {'requirement': 'required'},
          'metadata': {'requirement': 'required'},
          'unmapped': {'requirement': 'optional'}}}
        """);
    write(
        directory,
        "events/things.json",
        """
        {'name': 'things', 'uid': 2, 'category': 'things', 'extends': 'base_event', 'attributes': {
          '$include': ['profiles/heavy.json'],
          'activity_id': {'enum': {'1': {}}},
          'thing': {'requirement': 'required'}}}
        """);
    write(
        directory,
        "profiles/heavy.json",
        "{'name': 'heavy', 'attributes': {'weight': {'requirement': 'required'}}}");
    write(
        directory,
        "objects/entity.json",
        """
        {'name': '_entity', 'attributes': {'name': {}, 'uid': {}},
         'constraints': {'at_least_one': ['name', 'uid']}}
        """);
    write(
        directory,
        "objects/thing.json",
        """
        {'name': 'thing', 'extends': '_entity', 'attributes': {
          'port': {}, 'hidden': {'@deprecated': {}}}}
        """);
    write(
        directory,
        "objects/metadata.json",
        """
        {'name': 'metadata', 'attributes': {
          'version': {'requirement': 'required'}, 'profiles': {}}}
        """);
    write(
        directory,
        "extensions/paint/objects/thing.json",
        """
        {'extends': 'thing', 'attributes': {'$include': ['profiles/painted.json']}}
        """);
    return write(
        directory,
        "extensions/paint/profiles/painted.json",
        "{'name': 'painted', 'attributes': {'color': {}}}");
  }

  private static Path write(Path directory, String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name.endsWith(".json") ? text.replace('\'', '"') : text);
    return directory;
  }
}
