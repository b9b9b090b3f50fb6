package io.tasktrail.agent.place;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a cgroup, if systemd gave it to one of its units.
final class UnitName {

  /// UNIT_NAME_MAX of systemd.
  private static final int LENGTH_MAX = 255;

  private static final String LETTERS = "[A-Za-z0-9:_.@\\\\-]+";

  /// Those kinds of units that have cgroups.
  private static final Pattern UNIT =
      Pattern.compile(LETTERS + "\\.(service|scope|socket|mount|swap)");

  private static final Pattern SLICE = Pattern.compile(LETTERS + "\\.slice");
  private static final Pattern USER_MANAGER = Pattern.compile("user@[0-9]+\\.service");

  private UnitName() {}

  static Optional<String> of(String name) {
    String plain = unescaped(name);
    return plain.length() <= LENGTH_MAX && UNIT.matcher(plain).matches()
        ? Optional.of(plain)
        : Optional.empty();
  }

  static boolean isSlice(String name) {
    String plain = unescaped(name);
    return plain.length() <= LENGTH_MAX && SLICE.matcher(plain).matches();
  }

  static boolean isUserManager(String name) {
    return USER_MANAGER.matcher(name).matches();
  }

  /// systemd puts a `_` before what could be a file of the kernel's own.
  private static String unescaped(String name) {
    return name.startsWith("_") ? name.substring(1) : name;
  }
}
