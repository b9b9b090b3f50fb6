package io.tasktrail.agent.filter;

/// Where a cgroup stands: in which container and which systemd unit. Each is the outermost one of
/// its path: what a container makes within itself can't pass for a unit of the host.
///
/// @param container 64 hex digits; empty outside of containers
/// @param unit such as `sshd.service`; empty where there is none
public record UnitPlace(String container, String unit) {

  private static final int ID_DIGITS = 64;

  /// Of the path of a cgroup below the root of all cgroups.
  static UnitPlace of(String path) {
    String container = "";
    String unit = "";
    for (String part : path.split("/", -1)) {
      container = container.isEmpty() ? container(part) : container;
      unit = unit.isEmpty() && isUnit(part) ? part : unit;
    }
    return new UnitPlace(container, unit);
  }

  private static boolean isUnit(String part) {
    return part.endsWith(".service") || part.endsWith(".scope");
  }

  /// `ID`, `docker-ID.scope`, `cri-containerd-ID.scope`, `crio-ID`, `libpod-ID.scope`, …
  private static String container(String part) {
    String name = part.endsWith(".scope") ? part.substring(0, part.length() - 6) : part;
    int from = name.length() - ID_DIGITS;
    boolean fits = from == 0 || (from > 0 && name.charAt(from - 1) == '-');
    return fits && isHex(name.substring(from)) ? name.substring(from) : "";
  }

  static boolean isHex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }
}
