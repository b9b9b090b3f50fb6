package io.tasktrail.agent.modules;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.ModuleView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Compares what the host shows with what was captured. Pure.
///
/// What it is compared with must have been captured up to that look at least: a module whose load
/// or unload is not read yet looks as if it hid.
final class RollOfModules {

  /// Bound of what is remembered: a kernel has fewer.
  static final int MODULES_MAX = ModuleRow.ROWS_MAX;

  /// Loads that were captured and not unloaded since: when.
  private final Map<ByteText, Long> captured = new HashMap<>();

  /// What the last look found, without what was captured as unloaded since.
  private final Set<ByteText> known = new HashSet<>();

  private boolean looked;

  void loaded(ByteText name, long bootNanos) {
    if (captured.size() < MODULES_MAX) {
      captured.put(name, bootNanos);
    }
  }

  void unloaded(ByteText name) {
    captured.remove(name);
    known.remove(name);
  }

  /// All modules that a look at some boot time found, or should have found; by name.
  List<Fact.ModuleSeen> compare(ModuleViews.Look look, long lookedNanos) {
    Map<ByteText, ModuleRow> rows = rows(look);
    Set<ByteText> passing = passing(look);
    Map<ByteText, Fact.ModuleSeen> all = new TreeMap<>(this::byText);
    Stream.of(rows.keySet(), look.sysfs(), capturedBefore(lookedNanos))
        .flatMap(Set::stream)
        .filter(name -> !passing.contains(name))
        .forEach(name -> all.put(name, seen(name, look, rows)));
    known.clear();
    known.addAll(all.keySet());
    looked = true;
    return new ArrayList<>(all.values());
  }

  private int byText(ByteText one, ByteText other) {
    return one.asBuffer().compareTo(other.asBuffer());
  }

  private static Map<ByteText, ModuleRow> rows(ModuleViews.Look look) {
    return Stream.of(look.before(), look.after())
        .flatMap(List::stream)
        .collect(Collectors.toMap(ModuleRow::name, Function.identity(), (_, later) -> later));
  }

  private Set<ByteText> capturedBefore(long nanos) {
    return captured.entrySet().stream()
        .filter(load -> load.getValue() < nanos)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// What came or went while one looked: it is told the next time.
  private static Set<ByteText> passing(ModuleViews.Look look) {
    Set<ByteText> before = names(look.before());
    Set<ByteText> after = names(look.after());
    Set<ByteText> passing = new HashSet<>(before);
    passing.addAll(after);
    before.retainAll(after);
    passing.removeAll(before);
    return passing;
  }

  private static Set<ByteText> names(List<ModuleRow> rows) {
    return rows.stream().map(ModuleRow::name).collect(Collectors.toCollection(HashSet::new));
  }

  private Fact.ModuleSeen seen(
      ByteText name, ModuleViews.Look look, Map<ByteText, ModuleRow> rows) {
    List<ModuleView> missing = new ArrayList<>();
    if (look.both() && !rows.containsKey(name)) {
      missing.add(ModuleView.PROC_MODULES);
    }
    if (look.both() && !look.sysfs().contains(name)) {
      missing.add(ModuleView.SYS_MODULE);
    }
    if (looked && !known.contains(name) && !captured.containsKey(name)) {
      missing.add(ModuleView.CAPTURE);
    }
    return new Fact.ModuleSeen(name, rows.containsKey(name) ? rows.get(name).taints() : 0, missing);
  }
}
