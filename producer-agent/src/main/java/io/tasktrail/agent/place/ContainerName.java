package io.tasktrail.agent.place;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a cgroup, if it is one that the makers of containers give to those.
///
/// @param runtime empty where the name does not say it
record ContainerName(String id, String runtime) {

  static final ContainerName NONE = new ContainerName("", "");

  private static final String ID = "([0-9a-f]{64})";

  /// Of LXC and systemd's machines: given by a human.
  private static final String NAME = "([A-Za-z0-9_.:\\\\-]{1,128})";

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("docker-" + ID + "\\.scope", "docker"),
          new Shape("(?:.*:)?docker:" + ID, "docker"),
          new Shape("cri-containerd-" + ID + "\\.scope", "containerd"),
          new Shape("(?:.*:)?cri-containerd:" + ID, "containerd"),
          new Shape("nerdctl-" + ID + "\\.scope", "containerd"),
          new Shape("crio-" + ID + "(?:\\.scope)?", "cri-o"),
          new Shape("(?:.*:)?crio:" + ID, "cri-o"),
          new Shape("libpod-" + ID + "(?:\\.scope)?", "podman"),
          new Shape("(?:.*:)?libpod:" + ID, "podman"),
          new Shape("lxc\\.payload\\." + NAME, "lxc"),
          new Shape("systemd-nspawn@" + NAME + "\\.service", "systemd-nspawn"),
          new Shape("machine-lxc\\\\x2d" + NAME + "\\.scope", "libvirt-lxc"),
          // Virtual machines are registered likewise.
          new Shape("machine-(?!(?:qemu|xen)\\\\x2d)" + NAME + "\\.scope", "systemd-nspawn"));

  private static final Pattern PLAIN = Pattern.compile(ID);
  private static final Pattern NAMED = Pattern.compile(NAME);
  private static final Pattern FARGATE = Pattern.compile("[0-9a-f]{32}-[0-9]{10}");
  private static final Pattern TASK = Pattern.compile("[0-9a-f]{32}");

  private record Shape(Pattern pattern, String runtime) {

    Shape(String pattern, String runtime) {
      this(Pattern.compile(pattern), runtime);
    }

    Optional<ContainerName> container(String name) {
      Matcher matcher = pattern.matcher(name);
      return matcher.matches()
          ? Optional.of(new ContainerName(matcher.group(1), runtime))
          : Optional.empty();
    }
  }

  /// @param parent the name of the cgroup above; empty at the top
  static Optional<ContainerName> of(String parent, String name) {
    return ofParent(parent, name)
        .or(() -> SHAPES.stream().flatMap(shape -> shape.container(name).stream()).findFirst());
  }

  private static Optional<ContainerName> ofParent(String parent, String name) {
    if (PLAIN.matcher(name).matches()) {
      return Optional.of(new ContainerName(name, parent.equals("docker") ? "docker" : ""));
    }
    boolean named =
        (parent.equals("lxc") && NAMED.matcher(name).matches())
            || (TASK.matcher(parent).matches() && FARGATE.matcher(name).matches());
    return named
        ? Optional.of(new ContainerName(name, parent.equals("lxc") ? "lxc" : ""))
        : Optional.empty();
  }
}
