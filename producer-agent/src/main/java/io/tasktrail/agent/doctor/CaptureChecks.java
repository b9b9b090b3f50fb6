package io.tasktrail.agent.doctor;

import static java.util.stream.Collectors.joining;

import io.tasktrail.agent.ring.CaptureException;
import io.tasktrail.agent.ring.CaptureReport;
import io.tasktrail.event.Fact.LostOfKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The capture that `tasktrail-arm` pinned, and whether the agent may read it.
///
/// @param root the root directory, `/`
/// @param place where it is pinned
/// @param account who runs the agent
record CaptureChecks(Path root, Path place, Account account) {

  /// What the agent opens, and how.
  private static final Map<String, Integer> READ =
      Map.of(
          "ring", Account.READ + Account.WRITE,
          "reader", Account.READ + Account.WRITE,
          "counters", Account.READ,
          "meta", Account.READ,
          "snapshot", Account.READ);

  /// What keeps the programs attached; without one of them its kind of event is missing.
  private static final List<String> LINKS =
      List.of("link_fork", "link_exec", "link_exit", "link_signal");

  private static final List<String> MODULE_LINKS =
      List.of("link_module_load", "link_module_free", "link_module_request");

  /// With where modules come from.
  private static final List<String> ORIGIN_LINKS = List.of("link_module_init", "link_module_finit");

  /// Above that, a burst is likely to overflow the ring.
  private static final int FULL_PERCENT = 50;

  private static final long ROOMY_RING = 32 << 20;

  List<Check> all() {
    Check bpffs = Check.of("bpf file system", this::bpffs);
    Check armed = Check.after(bpffs, "capture armed", this::armed);
    Check rights = Check.after(armed, "rights to the capture", this::rights);
    Check readable = Check.after(rights, "capture readable", this::readable);
    return List.of(
        bpffs,
        armed,
        rights,
        Check.after(rights, "capture whole", this::whole),
        readable,
        Check.after(readable, "capture writing", this::gate),
        Check.after(readable, "ring", this::ring),
        Check.after(readable, "lost since armed", this::lost),
        Check.after(readable, "captures replaced", this::replaced),
        Check.after(readable, "read by", this::reader));
  }

  private Finding bpffs() throws IOException {
    Path parent = place.toAbsolutePath().getParent();
    Optional<Mount> mount = Mount.of(root, parent);
    if (mount.isEmpty() || !mount.get().type().equals("bpf")) {
      return Finding.fail(
          parent + " is not in a bpf file system",
          parent.equals(Path.of("/sys/fs/bpf"))
              ? "mount -t bpf -o mode=711 bpf /sys/fs/bpf (as root); tasktrail-arm does it too"
              : "set capture.pin to a folder in /sys/fs/bpf");
    }
    Optional<Path> barrier = account.barrier(place.toAbsolutePath());
    return barrier.isPresent()
        ? Finding.fail(
            account.name() + " may not pass " + barrier.get(),
            "chmod a+x " + barrier.get() + " (as root)")
        : Finding.ok("mounted at " + mount.get().point());
  }

  private Finding armed() {
    if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      return Finding.fail(
          "no capture is armed at " + place + ": nothing is being recorded",
          "tasktrail-arm --pin " + place + " --group GROUP-OF-THE-AGENT (as root)");
    }
    return Files.exists(place)
        ? Finding.ok("at " + place)
        : Finding.fail(
            place + " leads to a capture that is gone: nothing is being recorded",
            "tasktrail-arm --pin " + place + " --group GROUP-OF-THE-AGENT (as root)");
  }

  private Finding rights() throws IOException {
    if (account.isRoot()) {
      return Finding.ok("root may; for the user who runs the agent, give --user NAME");
    }
    Path dir = place.toRealPath();
    if (!account.may(dir, Account.PASS)) {
      return denied(dir);
    }
    for (Map.Entry<String, Integer> each : READ.entrySet()) {
      Path pin = dir.resolve(each.getKey());
      if (Files.exists(pin) && !account.may(pin, each.getValue())) {
        return denied(pin);
      }
    }
    return Finding.ok(account.name() + " may read it, by group " + groupOf(dir));
  }

  private Finding denied(Path what) throws IOException {
    String group = groupOf(what);
    boolean rootsAlone = group.equals("root");
    return Finding.fail(
        account.name() + " may not open " + what + ", only the group " + group + " may",
        rootsAlone
            ? "tasktrail-arm --pin " + place + " --replace --group GROUP-OF-THE-AGENT (as root)"
            : "usermod --append --groups " + group + " " + account.name() + " (as root)");
  }

  private static String groupOf(Path file) throws IOException {
    return Files.getAttribute(file, "posix:group").toString();
  }

  private Finding whole() throws IOException {
    List<String> needed = new ArrayList<>(READ.keySet());
    needed.addAll(LINKS);
    needed.addAll(moduleLinks());
    List<String> missing = missing(needed);
    return missing.isEmpty()
        ? Finding.ok("all " + needed.size() + " pins are there")
        : Finding.fail(
            "somebody removed "
                + String.join(", ", missing)
                + ": events are no longer recorded, or no longer read",
            rearm());
  }

  /// What lacks a pin that agents open is read no more: replaced, it would be in their way.
  private String rearm() throws IOException {
    String arm = "tasktrail-arm --pin " + place;
    return missing(READ.keySet()).isEmpty()
        ? arm + " --replace (as root)"
        : arm
            + " --remove && "
            + arm
            + " --group "
            + groupOf(place.toRealPath())
            + " (as root; what was not read yet is lost)";
  }

  private List<String> moduleLinks() {
    try {
      return switch (running().meta().modules()) {
        case NONE -> List.of();
        case NAMES -> MODULE_LINKS;
        case ORIGINS -> Stream.of(MODULE_LINKS, ORIGIN_LINKS).flatMap(List::stream).toList();
      };
    } catch (CaptureException unreadable) {
      return List.of();
    }
  }

  private List<String> missing(Collection<String> names) throws IOException {
    Path dir = place.toRealPath();
    return names.stream().filter(name -> !Files.exists(dir.resolve(name))).sorted().toList();
  }

  private Finding readable() throws IOException {
    if (!missing(READ.keySet()).isEmpty()) {
      return Finding.skip("needs that capture whole is in order");
    }
    try {
      CaptureReport running = running();
      return Finding.ok(
          "armed by tasktrail-arm "
              + running.meta().version()
              + " ("
              + running.meta().how()
              + "), generation "
              + running.meta().generation());
    } catch (CaptureException unreadable) {
      return Finding.fail(
          unreadable.getMessage(),
          "tasktrail-arm --pin " + place + " --status (as root) tells more about it");
    }
  }

  private Finding gate() {
    return running()
        .open()
        .map(
            open ->
                open
                    ? Finding.ok("the programs record")
                    : Finding.fail(
                        "the programs are told to record nothing",
                        "tasktrail-arm --pin " + place + " --replace (as root)"))
        .orElseGet(() -> Finding.skip("only root may look at that"));
  }

  private Finding ring() {
    return fullness(running());
  }

  private Finding fullness(CaptureReport capture) {
    long percent = 100 * capture.usedBytes() / capture.meta().ringBytes();
    String found = percent + " % of " + (capture.meta().ringBytes() >> 10) + " kB wait to be read";
    return percent < FULL_PERCENT
        ? Finding.ok(found)
        : Finding.warn(
            found + "; when it is full, events are lost",
            capture.reader().isEmpty()
                ? "start the agent: tasktrail agent --config agent.properties"
                : "see what the agent logs: Kafka or the spool do not take the events");
  }

  private Finding lost() {
    CaptureReport running = running();
    List<LostOfKind> missed = running.missed().orElse(List.of());
    if (running.lost().isEmpty() && missed.isEmpty()) {
      return Finding.ok("nothing");
    }
    return Finding.warn(
        told(running.lost(), " did not fit into the ring")
            + told(missed, " were passed over by the kernel")
            + " since it was armed; the agent publishes that as EventsLost",
        running.lost().isEmpty()
            ? "nothing to do, unless it goes on"
            : "if it goes on: tasktrail-arm --pin "
                + place
                + " --replace --ring "
                + Math.max(ROOMY_RING, 2 * running.meta().ringBytes())
                + " (as root)");
  }

  private static String told(List<LostOfKind> lost, String how) {
    return lost.isEmpty()
        ? ""
        : lost.stream()
            .map(each -> each.count() + " " + each.kind())
            .collect(joining(", ", "", how));
  }

  private Finding replaced() {
    List<CaptureReport> waiting =
        reports().stream().filter(each -> each.retired() && !each.done()).toList();
    return waiting.isEmpty()
        ? Finding.ok("none waits to be read to its end")
        : Finding.warn(
            waiting.size() + " replaced, and not yet read to the end",
            waiting.getFirst().reader().isEmpty()
                ? "start the agent, which reads them first: tasktrail agent"
                : "wait: " + waiting.getFirst().reader().get() + " reads them");
  }

  private Finding reader() {
    return reports().stream()
        .flatMap(each -> each.reader().stream())
        .findFirst()
        .map(Finding::ok)
        .orElseGet(
            () ->
                Finding.warn(
                    "no agent reads it now: events wait in the ring",
                    "tasktrail agent --config agent.properties"));
  }

  private CaptureReport running() {
    return reports().getLast();
  }

  private List<CaptureReport> reports() {
    return CaptureReport.at(place);
  }
}
