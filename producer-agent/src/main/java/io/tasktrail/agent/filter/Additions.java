package io.tasktrail.agent.filter;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/// What is told whatever the rules say, because a user asked for it while the agent ran: processes
/// with their descendants, and containers. Immutable.
///
/// @param processes in the order in which they were added
/// @param containers beginnings of ids
public record Additions(Set<ProcessMark> processes, Set<String> containers) {

  /// Bound of either.
  public static final int EACH_MAX = 256;

  /// Nothing was added.
  public static final Additions NONE = new Additions(Set.of(), Set.of());

  private static final int ID_DIGITS_MIN = 4;
  private static final int ID_DIGITS_MAX = 64;

  public Additions {
    processes = Collections.unmodifiableSet(new LinkedHashSet<>(processes));
    containers = Collections.unmodifiableSet(new LinkedHashSet<>(containers));
  }

  /// The beginning of the id of a container.
  ///
  /// @throws IllegalArgumentException if it can't be one
  public static String containerId(String text) {
    if (text.length() < ID_DIGITS_MIN || text.length() > ID_DIGITS_MAX || !isHex(text)) {
      throw new IllegalArgumentException(
          "the id of a container is given by %d to %d of 0-9 and a-f"
              .formatted(ID_DIGITS_MIN, ID_DIGITS_MAX));
    }
    return text;
  }

  /// The same and one more.
  ///
  /// @throws IllegalArgumentException if there are too many
  public Additions with(ProcessMark process) {
    return new Additions(changed(processes, set -> set.add(process)), containers);
  }

  /// The same without the processes of a pid.
  public Additions without(int pid) {
    return new Additions(
        changed(processes, set -> set.removeIf(each -> each.pid() == pid)), containers);
  }

  /// The same and one more.
  ///
  /// @throws IllegalArgumentException if there are too many, or it can't be one
  public Additions withContainer(String id) {
    String checked = containerId(id);
    return new Additions(processes, changed(containers, set -> set.add(checked)));
  }

  /// The same without a container.
  public Additions withoutContainer(String id) {
    return new Additions(processes, changed(containers, set -> set.remove(id)));
  }

  private static <E> Set<E> changed(Set<E> some, Consumer<Set<E>> change) {
    Set<E> changed = new LinkedHashSet<>(some);
    change.accept(changed);
    if (changed.size() > EACH_MAX) {
      throw new IllegalArgumentException(
          "there are " + EACH_MAX + " already; remove one that is not needed");
    }
    return changed;
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /// Whether one of the containers is meant.
  boolean hasContainer(String id) {
    return !id.isEmpty() && containers.stream().anyMatch(id::startsWith);
  }
}
