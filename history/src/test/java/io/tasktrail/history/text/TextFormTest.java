package io.tasktrail.history.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.Omitted;
import io.tasktrail.event.TaskKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextFormTest {

  /// 2015-01-11T11:14:50Z, the boot of TaskTracker's own example.
  private static final long BOOTED = 1_420_974_890_000_000_000L;

  private static final History SHELL =
      history(link(1, "systemd", "/usr/lib/systemd/systemd", 0), link(2, "bash", "/bin/bash", 9));

  @Test
  void tasktrackerLeavesTheRootOut() {
    assertThat(TextForm.TASKTRACKER.of(SHELL, BOOTED))
        .isEqualTo("comm=systemd;start=20150111111450=>comm=bash;start=20150111111459");
  }

  @Test
  void taskhistoryBeginsWithTheRoot() {
    assertThat(TextForm.TASKHISTORY.of(SHELL, BOOTED))
        .isEqualTo(
            "name=swapper/0;pid=0;start=20150111111450"
                + "=>name=systemd;pid=101;start=20150111111450"
                + "=>name=bash;pid=102;start=20150111111459");
  }

  @Test
  void akariSpellsTheTime() {
    assertThat(TextForm.AKARI.of(SHELL, BOOTED))
        .isEqualTo("systemd(2015/01/11-11:14:50)=>bash(2015/01/11-11:14:59)");
  }

  @Test
  void tomoyoNamesTheDomain() {
    assertThat(TextForm.TOMOYO.of(SHELL, BOOTED))
        .isEqualTo("<kernel> /usr/lib/systemd/systemd /bin/bash");
  }

  @Test
  void aKernelThreadHasNothingButTheRoot() {
    assertThat(TextForm.TASKTRACKER.of(History.ROOT, BOOTED)).isEmpty();
    assertThat(TextForm.TASKHISTORY.of(History.ROOT, BOOTED))
        .isEqualTo("name=swapper/0;pid=0;start=20150111111450");
    assertThat(TextForm.TOMOYO.of(History.ROOT, BOOTED)).isEqualTo("<kernel>");
  }

  @Test
  void aNameCannotForgeAnEntry() {
    History hostile = history(link(1, "x=>comm=init;st", "/tmp/x=>comm=init;start=1 \\\n", 0));
    assertThat(TextForm.TASKTRACKER.of(hostile, BOOTED))
        .isEqualTo("comm=x\\075\\076comm\\075init\\073st;start=20150111111450");
    assertThat(TextForm.TOMOYO.of(hostile, BOOTED))
        .isEqualTo("<kernel> /tmp/x=>comm=init;start=1\\040\\134\\012");
  }

  @Test
  void namesKeepLettersDigitsAndFourSigns() {
    assertThat(kept(TextForm.AKARI))
        .isEqualTo("-./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");
  }

  @Test
  void pathsKeepThePrintableButSpaceAndBackslash() {
    StringBuilder printable = new StringBuilder();
    for (char c = '!'; c <= '~'; c++) {
      printable.append(c == '\\' ? "" : "" + c);
    }
    assertThat(kept(TextForm.TOMOYO)).isEqualTo(printable.toString());
  }

  @Test
  void whatFitsExactlyStays() {
    History fits = history(link(1, "a".repeat(116), "/", 0), link(2, "b".repeat(96), "/", 0));
    String whole = TextForm.AKARI.of(fits, BOOTED);
    assertThat(whole).hasSize(256);
    assertThat(TextForm.AKARI.of(fits, BOOTED, 256)).isEqualTo(whole);
    History longer = history(link(1, "a".repeat(117), "/", 0), link(2, "b".repeat(96), "/", 0));
    assertThat(TextForm.AKARI.of(longer, BOOTED, 256)).startsWith("=>bbb").hasSize(119);
  }

  @Test
  void theOldestEntriesGoWhenThereIsNoRoom() {
    List<Link> links = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      links.add(link(i, "n" + i, "/bin/n" + i, i));
    }
    History history = history(links.toArray(Link[]::new));
    assertThat(TextForm.AKARI.of(history, BOOTED, 256))
        .startsWith("=>n12(2015/01/11-11:15:02)=>n13(")
        .endsWith("=>n20(2015/01/11-11:15:10)")
        .hasSizeLessThanOrEqualTo(256);
  }

  @Test
  void theRoomOfADroppedBeginningIsUsed() {
    History history = history(link(1, "a", "/a", 0), link(2, "b", "/" + "b".repeat(252), 0));
    assertThat(TextForm.TOMOYO.of(history, BOOTED, 256)).startsWith("=> /bbb").hasSize(256);
    assertThat(TextForm.TOMOYO.of(history, BOOTED, 262)).startsWith("=> /bbb");
    assertThat(TextForm.TOMOYO.of(history, BOOTED, 265)).startsWith("<kernel> /a /bbb");
  }

  @Test
  void whatIsBeforeALeftOutMiddleGoesToo() {
    History history =
        new History(
            List.of(Link.ROOT, link(1, "a", "/a", 0), link(5, "e", "/e", 0)),
            new Omitted(3, ByteText.EMPTY),
            5,
            List.of());
    assertThat(TextForm.AKARI.of(history, BOOTED)).isEqualTo("=>e(2015/01/11-11:14:50)");
    assertThat(TextForm.TOMOYO.of(history, BOOTED)).isEqualTo("=> /e");
  }

  @Test
  void anEntryTooLongForTheTextIsNotCut() {
    History history = history(link(1, "long", "/" + "x".repeat(300), 0));
    assertThat(TextForm.TOMOYO.of(history, BOOTED, 256)).isEqualTo("=>");
  }

  @Test
  void boundsThatNoAuditRecordHasAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextForm.AKARI.of(SHELL, BOOTED, 255))
        .withMessage("a history text has 256 to 7680 bytes at most, not 255");
    assertThatIllegalArgumentException().isThrownBy(() -> TextForm.AKARI.of(SHELL, BOOTED, 7681));
    assertThat(TextForm.AKARI.of(SHELL, BOOTED, 7680)).isNotEmpty();
  }

  @Test
  void formsAreKnownByName() {
    assertThat(TextForm.named("tasktracker")).contains(TextForm.TASKTRACKER);
    assertThat(TextForm.named("TASKTRACKER")).isEmpty();
  }

  /// The bytes that a form writes as they are.
  private static String kept(TextForm form) {
    StringBuilder kept = new StringBuilder();
    for (int octet = 1; octet < 256; octet++) {
      ByteText name = ByteText.of(new byte[] {(byte) octet});
      Link link = new Link(1, TaskKey.ROOT, name, name, 0, 0, 0, LinkSource.EXECUTED);
      String text = form.of(history(link), BOOTED).replace("<kernel> ", "");
      kept.append(text.startsWith("\\") ? "" : text.substring(0, 1));
    }
    return kept.toString();
  }

  private static History history(Link... links) {
    List<Link> all = new ArrayList<>(List.of(Link.ROOT));
    all.addAll(List.of(links));
    return new History(all, Omitted.NONE, links.length, List.of());
  }

  private static Link link(int ordinal, String comm, String executable, long seconds) {
    return new Link(
        ordinal,
        new TaskKey(100 + ordinal, 1),
        ByteText.of(comm),
        ByteText.of(executable),
        0,
        0,
        seconds * 1_000_000_000,
        LinkSource.EXECUTED);
  }
}
