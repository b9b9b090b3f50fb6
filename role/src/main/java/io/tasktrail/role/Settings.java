package io.tasktrail.role;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The settings of a role, all of them checked: a Java properties file, what the command line put
/// over it, and the defaults of what neither gave.
public final class Settings {

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /// Reads a file, what lies in its folder (`agent.d/*.properties` of `agent.properties`, by their
  /// names), and what is put over both. A later file wins over an earlier one.
  ///
  /// @param file absent when there is none: everything is the default
  /// @param overrides each `KEY=VALUE`, later ones win
  /// @throws Failure with every problem, each with its file and line
  public static Settings read(Declared declared, Optional<Path> file, List<String> overrides) {
    List<PropertyLine> lines = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path each : file.map(SettingsFiles::of).orElseGet(List::of)) {
      List<PropertyLine> own = PropertyLine.parse(each.toString(), textOf(each));
      noticeDuplicates(own, problems);
      lines.addAll(own);
    }
    List<PropertyLine> given =
        overrides.stream().flatMap(option -> PropertyLine.override(option).stream()).toList();
    refuseSecrets(given);
    lines.addAll(given);
    return check(declared, lines, problems);
  }

  /// Settings that come from a program.
  ///
  /// @throws Failure with every problem
  public static Settings of(Declared declared, Map<String, String> given) {
    List<PropertyLine> lines = new ArrayList<>();
    given.forEach((key, value) -> lines.add(new PropertyLine("settings", key, value)));
    return check(declared, lines, new ArrayList<>());
  }

  /// The value of one of the declared keys.
  public <T> T get(Setting<T> setting) {
    return setting.parser().parse(values.get(setting.key()));
  }

  /// Everything, the role's own defaults included, whose key is wanted: what a Kafka client gets.
  public Map<String, Object> where(Predicate<String> wanted) {
    Map<String, Object> found = new TreeMap<>(values);
    found.keySet().removeIf(wanted.negate());
    return found;
  }

  /// Every key with its value.
  Map<String, String> all() {
    return values;
  }

  /// The effective settings, a line each, secrets redacted.
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + '=' + Secrets.show(entry.getKey(), entry.getValue()))
        .collect(joining("\n"));
  }

  /// `/proc/PID/cmdline` is open to all.
  private static void refuseSecrets(List<PropertyLine> overrides) {
    overrides.stream()
        .filter(line -> Secrets.holds(line.key(), line.value()))
        .findFirst()
        .ifPresent(
            secret -> {
              throw new Failure(
                  "a secret on the command line, where every user of this host can read it",
                  secret.where() + " " + secret.key(),
                  "write it into the file of --config (chmod 600), and change it: it was shown");
            });
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (NoSuchFileException missing) {
      throw new Failure("no such settings file", file.toString(), "check --config", missing);
    } catch (IOException unreadable) {
      throw new Failure(
          "can't read the settings (" + unreadable + ")",
          file.toString(),
          "it must be a readable file in UTF-8",
          unreadable);
    }
  }

  private static void noticeDuplicates(List<PropertyLine> lines, List<String> problems) {
    Map<String, String> seen = new TreeMap<>();
    for (PropertyLine line : lines) {
      String first = seen.putIfAbsent(line.key(), line.where());
      if (first != null) {
        problems.add(line.where() + ": '" + line.key() + "' is given twice, first at " + first);
      }
    }
  }

  private static Settings check(
      Declared declared, List<PropertyLine> lines, List<String> problems) {
    Map<String, String> values = new TreeMap<>();
    for (PropertyLine line : lines) {
      problem(declared, line).ifPresent(what -> problems.add(line.where() + ": " + what));
      values.put(line.key(), line.value());
    }
    declared.own().forEach(setting -> complete(setting, values, problems));
    if (!problems.isEmpty()) {
      throw failure(problems);
    }
    return new Settings(values);
  }

  private static Optional<String> problem(Declared declared, PropertyLine line) {
    if (line.key().isEmpty()) {
      return Optional.of("not KEY=VALUE (a backslash is written twice)");
    }
    if (!declared.knows(line.key())) {
      return Optional.of("unknown key '" + line.key() + "'" + didYouMean(declared, line.key()));
    }
    return declared
        .find(line.key())
        .flatMap(setting -> setting.problem(line.value()))
        .map(what -> line.key() + ": " + what);
  }

  private static String didYouMean(Declared declared, String key) {
    return declared.like(key).map(known -> ", did you mean '" + known + "'?").orElse("");
  }

  private static void complete(
      Setting<?> setting, Map<String, String> values, List<String> problems) {
    if (values.containsKey(setting.key())) {
      return;
    }
    setting
        .fallback()
        .ifPresentOrElse(
            text -> values.put(setting.key(), text),
            () -> problems.add(setting.key() + " is missing: " + setting.meaning()));
  }

  private static Failure failure(List<String> problems) {
    return new Failure(
        problems.size() == 1 ? "a setting is wrong" : problems.size() + " settings are wrong",
        String.join("; ", problems),
        "correct the settings file or --set");
  }
}
