package io.tasktrail.agent.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.ModuleView;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RollOfModulesTest {

  private static final long LOOKED = 100;

  private final RollOfModules roll = new RollOfModules();

  private static List<ModuleRow> rows(String... names) {
    return Stream.of(names).map(name -> new ModuleRow(ByteText.of(name), 0)).toList();
  }

  private static Set<ByteText> names(String... names) {
    return Stream.of(names).map(ByteText::of).collect(Collectors.toSet());
  }

  private static ModuleViews.Look look(String... names) {
    return new ModuleViews.Look(rows(names), names(names), rows(names), true);
  }

  private static Fact.ModuleSeen seen(String name, ModuleView... missingFrom) {
    return new Fact.ModuleSeen(ByteText.of(name), 0, List.of(missingFrom));
  }

  private void load(String name, long nanos) {
    roll.loaded(ByteText.of(name), nanos);
  }

  @Test
  void allThatIsThereIsSeen() {
    assertThat(roll.compare(look("ext4", "dummy"), LOOKED))
        .containsExactly(seen("dummy"), seen("ext4"));
  }

  @Test
  void whatWasCapturedAndIsShownNowhereHides() {
    load("rootkit", 50);

    assertThat(roll.compare(look("ext4"), LOOKED))
        .containsExactly(
            seen("ext4"), seen("rootkit", ModuleView.PROC_MODULES, ModuleView.SYS_MODULE));
  }

  @Test
  void oneViewMayLackWhatTheOtherHas() {
    ModuleViews.Look look =
        new ModuleViews.Look(rows("a", "both"), names("b", "both"), rows("a", "both"), true);

    assertThat(roll.compare(look, LOOKED))
        .containsExactly(
            seen("a", ModuleView.SYS_MODULE), seen("b", ModuleView.PROC_MODULES), seen("both"));
  }

  @Test
  void whatCameWithoutACapturedLoadIsSaidToHave() {
    roll.compare(look("ext4"), LOOKED);
    load("dummy", 150);

    assertThat(roll.compare(look("ext4", "dummy", "uncaptured"), 200))
        .containsExactly(seen("dummy"), seen("ext4"), seen("uncaptured", ModuleView.CAPTURE));
  }

  @Test
  void whatWasUnloadedDoesNotHide() {
    load("dummy", 50);
    roll.unloaded(ByteText.of("dummy"));

    assertThat(roll.compare(look("ext4"), LOOKED)).containsExactly(seen("ext4"));
  }

  @Test
  void whatWasLoadedAfterTheLookDoesNotHide() {
    load("dummy", LOOKED + 1);

    assertThat(roll.compare(look("ext4"), LOOKED)).containsExactly(seen("ext4"));
  }

  @Test
  void whatComesWhileOneLooksIsLeftToTheNextTime() {
    ModuleViews.Look look =
        new ModuleViews.Look(rows("ext4"), names("ext4"), rows("ext4", "coming"), true);

    assertThat(roll.compare(look, LOOKED)).containsExactly(seen("ext4"));
  }

  @Test
  void viewThatCanNotBeReadLacksNothing() {
    load("dummy", 50);
    ModuleViews.Look look = new ModuleViews.Look(rows("ext4"), Set.of(), rows("ext4"), false);

    assertThat(roll.compare(look, LOOKED)).containsExactly(seen("dummy"), seen("ext4"));
  }
}
