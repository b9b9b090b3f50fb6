package io.tasktrail.agent.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.Actor;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.ModuleView;
import io.tasktrail.event.TaskKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleWatchTest {

  private static final Actor INSMOD =
      new Actor(new TaskKey(7, 7), 3, ByteText.of("insmod"), new Credentials(0, 0, 0, 0, 0, 0));
  private static final ByteText EXT4 = ByteText.of("ext4");
  private static final ByteText ROOTKIT = ByteText.of("rootkit");
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private List<ModuleRow> rows = List.of(new ModuleRow(EXT4, 0));
  private final ModuleWatch watch =
      new ModuleWatch(
          Path.of("/"), () -> new ModuleViews.Look(rows, Set.of(EXT4), List.copyOf(rows), true));

  /// Two turns: one looks, the next one compares.
  private List<Fact> told(long nowNanos) {
    watch.doWork(nowNanos, true);
    watch.doWork(nowNanos + 1, true);
    List<Fact> told = new ArrayList<>();
    while (watch.hasNext()) {
      told.add(watch.next());
    }
    return told;
  }

  @Test
  void allAreToldWhenTheAgentBegins() {
    watch.ask(5);

    assertThat(told(10)).containsExactly(new Fact.ModuleSeen(EXT4, 0));
    assertThat(told(MINUTE + 10)).isEmpty();
  }

  @Test
  void allAreToldWithASnapshotThatAnAgentBegan() {
    watch.ask(5);
    told(10);
    watch.read(new Fact.SnapshotStarted(), 4, 20);
    assertThat(told(20)).isEmpty();
    watch.read(new Fact.SnapshotStarted(), 25, 30);

    assertThat(told(30)).containsExactly(new Fact.ModuleSeen(EXT4, 0));
  }

  @Test
  void nothingIsComparedBeforeWhatIsCapturedIsRead() {
    watch.ask(5);
    watch.doWork(10, true);
    watch.doWork(11, false);

    assertThat(watch.hasNext()).isFalse();
  }

  @Test
  void whatHidesIsToldOnce() {
    watch.ask(5);
    told(10);
    watch.read(new Fact.ModuleLoaded(INSMOD, ROOTKIT, 0), 20, 21);

    assertThat(told(MINUTE + 10))
        .containsExactly(
            new Fact.ModuleSeen(
                ROOTKIT, 0, List.of(ModuleView.PROC_MODULES, ModuleView.SYS_MODULE)));
    assertThat(told(2 * MINUTE + 10)).isEmpty();
  }
}
