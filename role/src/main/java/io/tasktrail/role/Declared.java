package io.tasktrail.role;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The keys that a role understands: its own, and the names of others' settings that it passes
/// through as they are. Any other key is an error.
public final class Declared {

  /// Beginnings of the names that Kafka's clients and Confluent's serializers understand beside
  /// those that they list.
  public static final List<String> CONNECTION_PREFIXES =
      List.of("schema.registry.", "basic.auth.", "bearer.auth.", "ssl.", "sasl.", "security.");

  private final List<Setting<?>> own;
  private final Set<String> names;
  private final Set<String> prefixes;

  private Declared(List<Setting<?>> own, Set<String> names, Set<String> prefixes) {
    this.own = List.copyOf(own);
    this.names = new TreeSet<>(names);
    this.prefixes = new TreeSet<>(prefixes);
  }

  /// A role's own keys, in the order in which they are told to users.
  public static Declared of(List<? extends Setting<?>> own) {
    return new Declared(new ArrayList<>(own), Set.of(), Set.of());
  }

  /// Others' names besides, such as those of `ConsumerConfig`.
  public Declared passing(Collection<String> more) {
    Set<String> all = new TreeSet<>(names);
    all.addAll(more);
    return new Declared(own, all, prefixes);
  }

  /// All names with one of these beginnings besides.
  public Declared passingPrefixes(Collection<String> more) {
    Set<String> all = new TreeSet<>(prefixes);
    all.addAll(more);
    return new Declared(own, names, all);
  }

  /// The role's own keys.
  public List<Setting<?>> own() {
    return own;
  }

  /// Whether a key belongs to somebody else and is only passed through.
  Predicate<String> foreign() {
    return key -> names.contains(key) || prefixes.stream().anyMatch(key::startsWith);
  }

  Optional<Setting<?>> find(String key) {
    return own.stream().filter(setting -> setting.key().equals(key)).findFirst();
  }

  /// Whether a key is the role's own or is passed through.
  public boolean knows(String key) {
    return find(key).isPresent() || foreign().test(key);
  }

  /// The known key that is most like an unknown one, where any is like it.
  public Optional<String> like(String key) {
    Set<String> known = new TreeSet<>(names);
    own.forEach(setting -> known.add(setting.key()));
    return Likeness.closest(key, known);
  }
}
