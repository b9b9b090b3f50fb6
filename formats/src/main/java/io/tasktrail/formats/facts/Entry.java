package io.tasktrail.formats.facts;

import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Link;
import java.util.List;
import java.util.Optional;

/// How a lineage came in: by which login, or as which service.
///
/// Its leader is the first image that has the audit id of who logged in; of what no login started,
/// the first that init started; of init, init itself. Programs that log users in, and managers of
/// services, make that one the leader of a session, and so of a process group: a setsid(2) that
/// came later is not captured.
///
/// @param type as ECS spells it: `sshd`, `terminal`, `init`, `unknown`
public record Entry(Link leader, String type) {

  private static final int INIT = 1;

  /// The entry of a task; empty for kernel threads, and where a link that is missing might be it.
  public static Optional<Entry> of(AuditedTask task) {
    return Subject.image(task)
        .flatMap(
            image ->
                image.auid() == Credentials.UNSET
                    ? service(task.history().links())
                    : login(task.history().links()));
  }

  /// What is executed before it has no audit id, so that nobody had logged in by then.
  private static Optional<Entry> login(List<Link> links) {
    for (int i = 1; i < links.size(); i++) {
      if (links.get(i).auid() != Credentials.UNSET) {
        return follows(links, i)
            ? Optional.of(new Entry(links.get(i), type(links.get(i), links.get(i - 1))))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Entry> service(List<Link> links) {
    for (int i = 1; i < links.size(); i++) {
      if (links.get(i).task().pid() != INIT) {
        boolean byInit = links.get(i - 1).task().pid() == INIT && follows(links, i);
        return byInit ? Optional.of(new Entry(links.get(i), "init")) : Optional.empty();
      }
    }
    return links.size() > 1 ? Optional.of(new Entry(links.getLast(), "init")) : Optional.empty();
  }

  private static boolean follows(List<Link> links, int index) {
    return links.get(index - 1).ordinal() == links.get(index).ordinal() - 1;
  }

  private static String type(Link leader, Link before) {
    return switch (name(leader)) {
      case "sshd", "sshd-session" -> "sshd";
      case "systemd" -> "init";
      default -> type(before);
    };
  }

  private static String type(Link before) {
    return switch (name(before)) {
      case "sshd", "sshd-session" -> "sshd";
      case "login", "agetty", "getty" -> "terminal";
      case "systemd", "systemd-executor", "init", "cron", "crond", "atd" -> "init";
      default -> "unknown";
    };
  }

  private static String name(Link link) {
    ByteText executable = link.executable();
    return (executable.isEmpty() ? link.comm() : executable.baseName()).toString();
  }
}
