package io.tasktrail.loopback;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/// Everything a registry holds, as one immutable value: each change makes another. Its JSON form is
/// what is kept on disk.
///
/// @param level for subjects that have none of their own
/// @param schemas Avro's own text of each; the first has id 1, and an id never changes
/// @param subjects by name
record Registrations(
    @JsonProperty("compatibility") Compatibility level,
    List<String> schemas,
    SortedMap<String, Subject> subjects) {

  static final int MAX_SCHEMAS = 1_000;
  static final int MAX_SUBJECTS = 1_000;

  static final Registrations EMPTY =
      new Registrations(Compatibility.FULL_TRANSITIVE, List.of(), new TreeMap<>());

  Registrations {
    schemas = List.copyOf(schemas);
    subjects = Collections.unmodifiableSortedMap(new TreeMap<>(subjects));
  }

  /// One version of one subject, as the API shows it.
  record Version(String subject, int id, int version, String schema) {}

  /// One version of one subject, by name.
  record SubjectVersion(String subject, int version) {}

  /// The same with this schema as a version of the subject; the very same when it already is one.
  ///
  /// @throws RegistryError 409 when the subject's level forbids it, 50001 when it is full
  Registrations register(String name, Schema schema) {
    Subject subject = subjects.getOrDefault(name, Subject.EMPTY);
    if (subject.ids().contains(idOf(schema))) {
      return this;
    }
    List<String> breaches = breaches(name, schema, schemasOf(subject));
    if (!breaches.isEmpty()) {
      throw RegistryError.incompatible(name, levelOf(name), breaches);
    }
    Registrations known = withSchema(schema);
    return known.withSubject(name, subject.withVersion(known.idOf(schema)));
  }

  /// Why the subject's level forbids this schema after those; empty when it does not.
  List<String> breaches(String subject, Schema next, List<Schema> earlier) {
    return levelOf(subject).breaches(next, earlier);
  }

  /// 0 when no subject has it.
  int idOf(Schema schema) {
    return schemas.indexOf(schema.toString()) + 1;
  }

  String schema(int id) {
    if (id < 1 || id > schemas.size()) {
      throw RegistryError.noSchema(id);
    }
    return schemas.get(id - 1);
  }

  Version find(String subject, Schema schema) {
    int index = existing(subject).ids().indexOf(idOf(schema));
    if (index < 0) {
      throw RegistryError.noSchema();
    }
    return version(subject, index + 1);
  }

  Version latest(String subject) {
    return version(subject, existing(subject).ids().size());
  }

  Version version(String subject, int version) {
    List<Integer> ids = existing(subject).ids();
    if (version < 1 || version > ids.size()) {
      throw RegistryError.noVersion(version);
    }
    int id = ids.get(version - 1);
    return new Version(subject, id, version, schema(id));
  }

  List<Integer> versions(String subject) {
    return IntStream.rangeClosed(1, existing(subject).ids().size()).boxed().toList();
  }

  /// Those with at least one version: a subject may have a level before it has any.
  List<String> names() {
    return subjects.keySet().stream().filter(this::isRegistered).toList();
  }

  Stream<Version> all() {
    return names().stream().flatMap(name -> versions(name).stream().map(v -> version(name, v)));
  }

  List<SubjectVersion> uses(int id) {
    schema(id);
    return all()
        .filter(version -> version.id() == id)
        .map(version -> new SubjectVersion(version.subject(), version.version()))
        .toList();
  }

  /// Oldest first; none for a subject that is not there.
  List<Schema> schemasOf(String subject) {
    return schemasOf(subjects.getOrDefault(subject, Subject.EMPTY));
  }

  boolean isRegistered(String subject) {
    return !subjects.getOrDefault(subject, Subject.EMPTY).ids().isEmpty();
  }

  Compatibility levelOf(String subject) {
    Compatibility own = subjects.getOrDefault(subject, Subject.EMPTY).level();
    return own == null ? level : own;
  }

  Registrations withLevel(Compatibility changed) {
    return new Registrations(changed, schemas, subjects);
  }

  Registrations withLevel(String subject, Compatibility changed) {
    return withSubject(subject, subjects.getOrDefault(subject, Subject.EMPTY).withLevel(changed));
  }

  private List<Schema> schemasOf(Subject subject) {
    return subject.ids().stream().map(this::schema).map(AvroText::parse).toList();
  }

  private Subject existing(String name) {
    if (!isRegistered(name)) {
      throw RegistryError.noSubject(name);
    }
    return subjects.get(name);
  }

  private Registrations withSchema(Schema schema) {
    if (idOf(schema) > 0) {
      return this;
    }
    if (schemas.size() == MAX_SCHEMAS) {
      throw RegistryError.notKept("this registry is full: it holds " + MAX_SCHEMAS + " schemas");
    }
    List<String> more = new ArrayList<>(schemas);
    more.add(schema.toString());
    return new Registrations(level, more, subjects);
  }

  private Registrations withSubject(String name, Subject subject) {
    if (subjects.size() == MAX_SUBJECTS && !subjects.containsKey(name)) {
      throw RegistryError.notKept("this registry is full: it holds " + MAX_SUBJECTS + " subjects");
    }
    SortedMap<String, Subject> changed = new TreeMap<>(subjects);
    changed.put(name, subject);
    return new Registrations(level, schemas, changed);
  }
}
