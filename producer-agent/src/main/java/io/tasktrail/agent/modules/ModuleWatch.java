package io.tasktrail.agent.modules;

import io.tasktrail.agent.digest.FileDigests;
import io.tasktrail.event.Fact;
import io.tasktrail.event.ModuleOrigin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/// What the agent adds to what is captured of modules: the digest of a module's file, and which
/// modules there are.
///
/// All of them are told when an agent begins and after each snapshot that follows a loss; else only
/// what one view has and another lacks, once. Not for use by several threads at once.
///
///     asked, or a minute is over ──look──▶ everything captured till then is read ──compare──▶ told
public final class ModuleWatch {

  private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

  private final ModuleViews views;
  private final FileDigests digests;
  private final RollOfModules roll = new RollOfModules();
  private final Queue<Fact> untold = new ArrayDeque<>();
  private Set<Fact.ModuleSeen> told = Set.of();
  private Optional<ModuleViews.Look> look = Optional.empty();
  private long lookedNanos;
  private long askedNanos;
  private boolean asked;

  /// @param root the root directory, `/`
  public ModuleWatch(Path root, ModuleViews views) {
    this.views = views;
    this.digests = new FileDigests(root);
  }

  /// All modules are to be told.
  public void ask(long nowNanos) {
    asked = true;
    askedNanos = nowNanos;
  }

  /// Something was captured.
  ///
  /// @return what is to be published of it
  public Fact read(Fact fact, long bootNanos, long nowNanos) {
    return switch (fact) {
      case Fact.ModuleLoaded load -> {
        roll.loaded(load.name(), bootNanos);
        yield new Fact.ModuleLoaded(
            load.actor(),
            load.name(),
            load.taints(),
            hashed(load.origin(), load.actor().credentials().euid(), nowNanos));
      }
      case Fact.ModuleLoadFailed failed ->
          new Fact.ModuleLoadFailed(
              failed.actor(),
              failed.name(),
              failed.errno(),
              hashed(failed.origin(), failed.actor().credentials().euid(), nowNanos));
      case Fact.ModuleUnloaded unload -> {
        roll.unloaded(unload.name());
        yield unload;
      }
      case Fact.SnapshotStarted started -> {
        if (bootNanos > askedNanos) {
          ask(nowNanos);
        }
        yield started;
      }
      default -> fact;
    };
  }

  /// Only of what root gave to the kernel: whoever else is refused could give a file that holds up
  /// whoever opens it.
  private ModuleOrigin hashed(ModuleOrigin origin, long euid, long nowNanos) {
    return euid == 0
        ? origin.hashed(
            digests.of(
                new FileDigests.Named(origin.path(), origin.device(), origin.inode(), 0), nowNanos))
        : origin;
  }

  /// One turn.
  ///
  /// @param upToDate whether everything captured before this turn is read
  public void doWork(long nowNanos, boolean upToDate) {
    if (look.isPresent() && upToDate) {
      compare(look.get());
      look = Optional.empty();
    } else if (look.isEmpty() && (asked || nowNanos - lookedNanos >= INTERVAL_NANOS)) {
      lookedNanos = nowNanos;
      look = Optional.of(views.look());
    }
  }

  private void compare(ModuleViews.Look seen) {
    List<Fact.ModuleSeen> all = roll.compare(seen, lookedNanos);
    Set<Fact.ModuleSeen> odd = new HashSet<>();
    all.stream().filter(each -> !each.missingFrom().isEmpty()).forEach(odd::add);
    all.stream()
        .filter(each -> asked || (odd.contains(each) && !told.contains(each)))
        .forEach(untold::add);
    told = odd;
    asked = false;
  }

  /// Whether there is something to tell.
  public boolean hasNext() {
    return !untold.isEmpty();
  }

  /// What is to be told next.
  public Fact next() {
    return untold.remove();
  }
}
